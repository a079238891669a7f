from uuid import uuid4

from crispy_forms_gds.layout import Button
from django import forms

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Meeting
from partnership.ui.forms import PortalForm, SearchForm
from places.footprint.models import Place


class SubmitOnceForm(PortalForm):
    """A button that does its work once, however often it is submitted: the key was made with the page."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class SendForm(SubmitOnceForm):
    """The button says how many people it sends to."""

    def __init__(self, *args, people: int, **kwargs) -> None:
        self.submit_label = f"Send to {people:,} {'person' if people == 1 else 'people'}"
        super().__init__(*args, **kwargs)


class TestForm(SubmitOnceForm):
    """A test to oneself: beside the page's main action, so a quieter button."""

    submit_label = ""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Button.secondary("", "Send a test to myself"))


class ChaseForm(SubmitOnceForm):
    """Ask those who have not answered."""

    submit_label = "Ask them now"

    again = forms.BooleanField(required=False)

    def __init__(self, *args, lately: int = 0, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = f"{lately:,} {'person' if lately == 1 else 'people'}"
        self.fields["again"].label = f"Also ask {people} we emailed within the last day"
        if not lately:
            del self.fields["again"]


class FilterInvitationsForm(SearchForm):
    """Narrows the list of invitations."""

    q = forms.CharField(max_length=100, required=False, strip=True)
    state = forms.ChoiceField(
        choices=[("", "Any"), *Invitation.Standing.choices, ("unanswered", "anyone who has not answered")],
        required=False,
    )
    place = forms.ModelChoiceField(Place.objects.none(), required=False, empty_label="Any place", to_field_name="slug")

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(lists__meeting=meeting).order_by("name")


class SendAgainForm(SubmitOnceForm):
    """The address, to be put right where it was mistyped."""

    submit_label = "Send again"

    email = forms.EmailField(label="Email address", help_text="Correct it if it was mistyped")
    field_order = ["email", "key"]


class DeclineForm(PortalForm):
    submit_label = "I cannot come"
