from django import forms

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration
from partnership.ui.fields import NameField, organisation_name
from partnership.ui.forms import PortalForm, SearchForm
from places.footprint.models import Place


class FindPersonForm(SearchForm):
    """Narrows the attendance list on the day: part of a name, an organisation or an address."""

    q = forms.CharField(max_length=100, required=False, strip=True)


class FilterRegistrationsForm(SearchForm):
    """Narrows the list of registrations."""

    q = forms.CharField(max_length=100, required=False, strip=True)
    state = forms.ChoiceField(choices=[("", "Any state"), *Registration.State.choices], required=False)
    place = forms.ModelChoiceField(Place.objects.none(), required=False, empty_label="Any place", to_field_name="slug")

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(meeting_places__meeting=meeting)


class WalkInForm(PortalForm):
    """Somebody who came without a place."""

    submit_label = "Check them in"

    name = NameField(label="Full name")
    email = forms.EmailField(
        label="Email address", help_text="We use it once, to send a thank you and the exit questions"
    )
    organisation = forms.CharField(max_length=200, required=False, validators=[organisation_name])
    role = forms.CharField(max_length=120, required=False)
    place = forms.ModelChoiceField(Place.objects.none(), required=False, empty_label="No place given")

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.filter(meeting_places__meeting=meeting)
