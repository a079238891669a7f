"""A document of a meeting."""

from typing import Any

from django import forms

from assemblies.papers.models import Document
from partnership.files.uploads import UploadField
from partnership.ui.forms import PortalForm

KINDS = "PDF, Word, PowerPoint, Excel, OpenDocument, a picture or CSV, at most 20 MB."


class DocumentForm(PortalForm):
    title = forms.CharField(label="Title", max_length=200, help_text="People see this instead of the file name.")
    kind = forms.ChoiceField(
        label="Kind",
        choices=Document.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of document"},
    )
    submit_label = "Save"


CLOSED: dict[str, Any] = {
    "label": "It is closed to the public",
    "required": False,
    "help_text": "Tick this if the public must not read it. You give the ground on the next page.",
}


class NewDocumentForm(DocumentForm):
    file = UploadField(label="File", help_text=KINDS)
    closed = forms.BooleanField(**CLOSED)
    submit_label = "Upload"


class ReplaceForm(PortalForm):
    file = UploadField(label="New file", help_text=KINDS)
    submit_label = "Replace the document"

    def __init__(self, *args, for_chair: bool = False, **kwargs) -> None:
        """With `for_chair` the button says that the chair decides when people see it."""
        if for_chair:
            self.submit_label = "Send it to the chair"
        super().__init__(*args, **kwargs)
