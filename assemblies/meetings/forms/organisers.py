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
    shown = forms.ModelMultipleChoiceField(
        label="Those who organised it when the page was opened",
        queryset=User.objects.none(),
        widget=forms.MultipleHiddenInput,
        required=False,
    )

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        named = meeting.organisers.all()
        super().__init__(*args, initial={"people": named, "shown": named}, **kwargs)
        self.fields["people"].queryset = User.objects.staff()
        self.fields["shown"].queryset = User.objects.all()
