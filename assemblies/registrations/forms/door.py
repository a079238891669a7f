from django import forms

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import ExitQuestion, Registration
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


class ExitAnswersForm(PortalForm):
    """A box for each exit question. One page, one minute."""

    submit_label = "Send my answers"
    mark_optional = False

    def __init__(self, *args, questions: list[ExitQuestion], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"question_{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                label=question.text, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
            )
            self._speak(self.fields[name])

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name, "").strip() for name in self.questions):
            raise forms.ValidationError("Answer at least one question, in a few words")
        return cleaned

    def texts(self) -> dict[ExitQuestion, str]:
        """What was answered to each question."""
        return {question: self.cleaned_data.get(name, "") for name, question in self.questions.items()}
