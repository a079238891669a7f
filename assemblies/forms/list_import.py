"""A file with people."""

from django import forms

from assemblies.imports import CHOICES, MOST_BYTES
from partnership.ui.forms import PortalForm


class UploadForm(PortalForm):
    """Takes a file of any name. What it is, the bytes say, when the action reads them."""

    submit_label = "Read the file"
    file = forms.FileField(
        label="CSV or Excel file",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
        help_text="At most 10 MB and 20,000 rows. Nothing is added until you have checked what we read.",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty: choose a file with people in it",
            "max_length": "The name of the file is too long: give it a shorter one",
        },
        max_length=200,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 10 MB: split it into smaller files")
        return file


class ColumnsForm(PortalForm):
    """What each column of a file holds. Which choices go together is the reader's rule."""

    submit_label = ""

    def __init__(self, columns: list[dict], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for column in columns:
            self.fields[f"column_{column['column']}"] = forms.ChoiceField(
                label=column["called"],
                choices=CHOICES.items(),
                initial=column["what"],
                help_text=f"For example: {'; '.join(column['sample'])}" if column["sample"] else "",
                error_messages={
                    "required": f"Say what “{column['called']}” holds",
                    "invalid_choice": f"Choose what “{column['called']}” holds from the list",
                },
            )

    @property
    def chosen(self) -> dict[int, str]:
        return {int(name.removeprefix("column_")): what for name, what in self.cleaned_data.items()}
