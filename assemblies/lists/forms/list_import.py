"""A file with people."""

from collections.abc import Sequence

from django import forms

from assemblies.lists.import_people.columns import CHOICES
from partnership.files.uploads import TableField
from partnership.ui.forms import PortalForm


class UploadForm(PortalForm):
    submit_label = "Read the file"
    file = TableField(then="Nothing is added until you have checked what we read.")


class ColumnsForm(PortalForm):
    """What each column of a file holds. Which choices go together is the reader's rule."""

    submit_label = ""

    def __init__(self, columns: Sequence[dict], *args, **kwargs) -> None:
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
