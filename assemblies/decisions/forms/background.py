"""A background paper of a decision, and whose ground closes one."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile

from assemblies.closures.forms.closure import CLOSED, ClosureForm
from partnership.boards.models import Board
from partnership.files import safely
from partnership.files.kinds import PDF
from partnership.files.uploads import UploadField
from partnership.refusals import Refusal
from partnership.ui.forms import PortalForm

MOST_SECONDS = 15  # of checking a PDF: a browser waits for it


class BackgroundPaperForm(PortalForm):
    """A web address or a PDF, which is checked before it is published."""

    submit_label = "Publish this paper"
    title = forms.CharField(label="Title", max_length=200)
    url = forms.URLField(
        label="Web address", max_length=500, required=False, assume_scheme="https",
        help_text="Where everybody can read it.",
    )  # fmt: skip
    file = UploadField(label="Or a file", required=False, kinds=(PDF,), help_text="A PDF, at most 20 MB.")

    def clean_file(self) -> Any:
        """The file as it is published: without what acts or hides. A PDF that misleads or is damaged is refused."""
        file: Any = self.cleaned_data["file"]
        if not file:
            return None
        try:
            found = safely.check_pdf(file.read(), seconds=MOST_SECONDS)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        file.seek(0)
        if found.clean is None:
            return file
        clean: Any = ContentFile(found.clean, name=file.name)
        clean.kind = file.kind
        return clean

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("url")) == bool(cleaned.get("file")):
            self.add_error("url", "Enter a web address, or choose a file: one of them")
        return cleaned


class ChooseBoardForm(PortalForm):
    """Whose grounds a decision is closed on."""

    form_method = "get"
    submit_label = "Continue"
    board = forms.ModelChoiceField(
        Board.objects.none(),
        to_field_name="slug",
        label="Under the rules of which board is it closed?",
        help_text="For a council’s officer, a board that meets under the council’s rules. It decides which grounds there are.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.to_choose()


class GroundForm(ClosureForm):
    """The ground of a decision that is closed already."""

    submit_label = "Save the ground"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].widget = forms.HiddenInput()
        self.initial["who"] = CLOSED
        self.helper.layout.fields[1] = self.helper.layout.fields[1].reveals[CLOSED]
        self.helper.layout.fields.insert(0, "who")
