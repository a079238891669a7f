"""What an old paper is called, and who may read it."""

from typing import Any

from django import forms

from assemblies.past_papers.file_names.kinds import Kind
from partnership.ui.forms import PortalForm

EVERYBODY, MEMBERS = "everybody", "members"
READERS = [
    (EVERYBODY, "Everybody"),
    (MEMBERS, "Members of the board and staff alone"),
]


def readers_field(label: str = "Who may read it", **kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=READERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who may read it"},
        **kwargs,
    )


class PastPaperForm(PortalForm):
    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=Kind.choices)
    readers = readers_field(help_text="A change holds at once.")
    submit_label = "Save"

    @property
    def facts(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        said = self.cleaned_data
        return {"title": said["title"], "kind": said["kind"], "members_only": said["readers"] == MEMBERS}
