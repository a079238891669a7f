"""Which sheet of a workbook is read."""

from django import forms

from partnership.files.models import Preview
from partnership.ui.forms import PortalForm


class SheetForm(PortalForm):
    submit_label = ""
    sheet = forms.ChoiceField(label="Sheet to read")

    def __init__(self, preview: Preview, *args, **kwargs) -> None:
        super().__init__(*args, initial={"sheet": preview.sheet}, **kwargs)
        self.fields["sheet"].choices = [(each, each) for each in (preview.sheet, *preview.other_sheets)]


def sheet_form(preview: Preview, data=None) -> SheetForm | None:
    """The form to choose another sheet; None where there is no other, or the file is no longer kept."""
    return SheetForm(preview, data) if preview.other_sheets and preview.keeps_file else None
