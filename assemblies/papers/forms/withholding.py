"""Who does not read the closed papers of an item, and why."""

from django import forms

from assemblies.meetings.models import Meeting
from assemblies.papers import withheld
from partnership.accounts.models import User
from partnership.ui.forms import PortalForm


class WithholdForm(PortalForm):
    item = forms.TypedChoiceField(
        label="Item", coerce=int, error_messages={"required": "Select the item whose papers are withheld"}
    )
    person = forms.ModelChoiceField(
        label="Who does not read them",
        queryset=User.objects.none(),
        empty_label="Select a member",
        help_text="Who holds a seat on a board that meets, or deputises. Not who chairs one: they prepare the papers.",
        error_messages={"required": "Select who does not read the papers"},
    )
    because = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="They read this, and so do the chairs and staff; nobody else. Do not repeat anything from the papers.",
        error_messages={"required": "Say why they are withheld: the member reads this"},
    )
    submit_label = "Withhold the papers"

    def __init__(self, *args, meeting: Meeting, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in withheld.items_of(meeting, by)}
        choices = [(pk, f"{item.position}. {item.title}") for pk, item in self.items.items()]
        self.fields["item"].choices = [("", "Select an item"), *choices]
        self.fields["person"].queryset = withheld.members_of(meeting)
