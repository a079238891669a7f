"""A document of a meeting."""

from django import forms

from assemblies.models import Document
from partnership.ui.forms import PortalForm
from partnership.ui.uploads import UploadField

KINDS = "PDF, Word, PowerPoint, Excel, OpenDocument, a picture or CSV, at most 20 MB."


class DocumentForm(PortalForm):
    title = forms.CharField(
        label="Title", max_length=200, help_text="People read this instead of the name of the file."
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=Document.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of document"},
    )
    submit_label = "Save"


class NewDocumentForm(DocumentForm):
    file = UploadField(label="File", help_text=KINDS)
    submit_label = "Upload"


class ReplaceForm(PortalForm):
    file = UploadField(label="New file", help_text=KINDS)
    submit_label = "Replace the document"
