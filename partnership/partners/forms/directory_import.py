"""A file of organisations."""

from django import forms

from partnership.ui.forms import PortalForm
from partnership.ui.sheets.refused import MOST_BYTES, MOST_ROWS


class DirectoryUploadForm(PortalForm):
    """Takes a file of any name. What it is, the bytes say, when the action reads them."""

    submit_label = "Read the file"
    file = forms.FileField(
        label="CSV or Excel file",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
        help_text=f"At most 10 MB and {MOST_ROWS:,} rows. Nothing changes until you have checked what we read",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty: choose a file with something in it",
            "max_length": "The name of the file is too long: give it a shorter one",
        },
        max_length=200,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB: split it into smaller files")
        return file
