from django import forms

from assemblies.meetings.models import Meeting
from partnership.accounts.models import User
from partnership.ui.forms import PortalForm


class OrganisersForm(PortalForm):
    """Which staff organise a meeting."""

    submit_label = "Save"
    people = forms.ModelMultipleChoiceField(
        label="Staff who organise this meeting",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="They see the access and dietary needs of people who come.",
        error_messages={"required": "Choose at least one person"},
    )

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, initial={"people": meeting.organisers.all()}, **kwargs)
        self.fields["people"].queryset = User.objects.staff()
