"""The questions of a registration. Only those that apply to the meeting are asked; what does not apply is not kept."""

from collections.abc import Iterable

from crispy_forms_gds.layout import HTML, Field, Layout, Size
from django import forms
from django.conf import settings
from django.db.models import prefetch_related_objects

from assemblies.meetings.models import Meeting
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Needs, Registration
from partnership import dates
from partnership.partners.models import Partner
from partnership.ui.fields import NameField, organisation_name
from partnership.ui.forms import PortalForm
from partnership.ui.revealing import Revealing

NONE_OF_THESE = "none"
OTHER = ("other", "Something else")


# Beside the questions that they concern
PRIVACY = HTML(
    '<p class="govuk-body">Your answers help us to make it possible for you to take part. '
    '<a class="govuk-link" href="{% url "privacy" %}">How we look after what you tell us</a>.</p>'
)
PRIVACY_OF_PHOTOGRAPHS = HTML(
    '<p class="govuk-body">You can change your mind: '
    '<a class="govuk-link" href="{% url "privacy" %}">photographs and your privacy</a>.</p>'
)


def heading(words: str) -> HTML:
    return HTML(f'<h2 class="govuk-heading-m">{words}</h2>')


class RegistrationForm(PortalForm):
    """Asks a person who they are, how they take part and what they need. `address` is given where it is known."""

    submit_label = "Register"

    name = NameField(
        label="Full name",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name"},
    )
    email = forms.EmailField(
        label="Email address",
        help_text="We will send you a link to confirm it, and everything you need for the meeting.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Enter your email address"},
    )
    organisation = forms.CharField(
        max_length=200,
        validators=[organisation_name],
        required=False,
        label="Organisation",
        help_text="The organisation or group you are coming as a member of.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    role = forms.CharField(
        max_length=120,
        required=False,
        label="Your role there",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    place = forms.ChoiceField(label="Your place", help_text="Where you live or work.")
    attendance = forms.ChoiceField(
        label="How will you take part?",
        choices=Registration.Attendance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you will come in person or online"},
    )
    dietary = forms.CharField(max_length=300, required=False, label="Dietary needs", help_text="Include any allergies.")
    access = forms.MultipleChoiceField(
        required=False,
        label="What do you need in order to take part?",
        help_text="You do not have to answer. Only the staff who organise the meeting see this. "
        f"We delete it {dates.how_long(settings.NEEDS_KEPT_DAYS)} after the meeting.",
        choices=[*Needs.Access.choices, OTHER],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.CharField(max_length=80, required=False, label="Which language?")
    access_other = forms.CharField(
        max_length=1000, required=False, label="What else do you need?", widget=forms.Textarea(attrs={"rows": 3})
    )
    expenses = forms.MultipleChoiceField(
        required=False,
        label="Would you like help with expenses?",
        choices=Needs.Expense.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    photo_consent = forms.BooleanField(
        required=False, label="I am happy to be in photographs or recordings that are published"
    )

    def __init__(self, *args, meeting: Meeting, address: str = "", **kwargs) -> None:
        self.meeting, self.address = meeting, address
        prefetch_related_objects([meeting], "meeting_places__place")
        self.places = {str(part.place_id): part.place for part in meeting.meeting_places.all()}
        super().__init__(*args, **kwargs)
        for name in ("language", "access_other", "access", "expenses"):
            self.fields[name].label = self.fields[name].label.removesuffix(" (optional)")
        self._ask_only_what_applies()
        self.helper.layout = self._layout()

    def _ask_only_what_applies(self) -> None:
        unasked = []
        if self.address:
            unasked.append("email")
        if self.places:
            choices = [("", "Select your place"), *((key, place.name) for key, place in self.places.items())]
            self.fields["place"].choices = [*choices, (NONE_OF_THESE, "None of these, or all of them")]
        else:
            unasked.append("place")
        if self.meeting.format != Meeting.Format.HYBRID:
            unasked.append("attendance")
        if not self.meeting.has_room:
            unasked.append("dietary")
            self._leave_out("access", Needs.IN_A_ROOM)
            self._leave_out("expenses", [Needs.Expense.TRAVEL])
        for name in unasked:
            del self.fields[name]

    def _leave_out(self, name: str, values: Iterable[str]) -> None:
        """Offers the question without these answers, but for those that the person has given already."""
        given = self.initial.get(name) or []
        field = self.fields[name]
        field.choices = [choice for choice in field.choices if choice[0] not in values or choice[0] in given]

    def _layout(self) -> Layout:
        asked = self.fields
        about = [name for name in ("name", "email", "organisation", "role", "place") if name in asked]
        parts = [heading("About you"), *(Field(name) for name in about)]
        if "attendance" in asked:
            parts += [heading("Taking part"), Revealing("attendance", in_person="dietary")]
        parts += [heading("Access and support"), PRIVACY]
        parts.append(Revealing("access", interpreter="language", other="access_other"))
        if "dietary" in asked and "attendance" not in asked:
            parts.append(Field("dietary"))
        parts.append(Field.checkboxes("expenses", legend_size=Size.SMALL))
        return Layout(*parts, heading("Photographs"), Field("photo_consent"), PRIVACY_OF_PHOTOGRAPHS)

    def clean(self) -> dict:
        given = super().clean()
        access = given.get("access", [])
        self._drop_unless("interpreter" in access, "language", "Enter the language you need an interpreter for")
        self._drop_unless("other" in access, "access_other", "Enter what else you need")
        self._drop_unless(given.get("attendance") != Registration.Attendance.ONLINE, "dietary")
        return given

    def _drop_unless(self, applies: bool, name: str, required: str = "") -> None:
        """Forget an answer, right or wrong, to a question that does not apply."""
        if not applies:
            self.cleaned_data[name] = ""
            self.errors.pop(name, None)
        elif required and not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, required)

    def details(self) -> RegistrationDetails:
        """Returns the answers, once they are valid; an organisation of the directory is recognised by its name."""
        given = dict(self.cleaned_data)
        partner = Partner.objects.named(given["organisation"]) if given["organisation"] else None
        return RegistrationDetails(
            email=self.address or given["email"],
            name=given["name"],
            organisation=given["organisation"],
            partner=partner,
            kind=partner.kind if partner else self.initial.get("kind", ""),
            role=given["role"],
            place=self.places.get(given.get("place", "")),
            attendance=given.get("attendance", ""),
            photo_consent=given["photo_consent"],
            access=tuple(given["access"]),
            language=given["language"],
            access_other=given["access_other"],
            dietary=given.get("dietary", ""),
            expenses=tuple(given["expenses"]),
        )


class ChangeForm(RegistrationForm):
    """The same questions, with the answers given before."""

    submit_label = "Save changes"


class LinksForm(PortalForm):
    """Asks for an address, to email it the links of its registrations."""

    submit_label = "Send me my links"

    email = forms.EmailField(
        label="Email address",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": "Enter your email address"},
    )


def initial_of(registration: Registration) -> dict:
    """Returns a registration's answers as the form starts with them."""
    needs = Needs.objects.filter(registration=registration).first() or Needs()
    return {
        "name": registration.name,
        "organisation": registration.organisation,
        "kind": registration.kind,
        "role": registration.role,
        "place": registration.place_id or NONE_OF_THESE,
        "attendance": registration.attendance,
        "photo_consent": registration.photo_consent,
        "access": needs.access,
        "language": needs.language,
        "access_other": needs.access_other,
        "dietary": needs.dietary,
        "expenses": needs.expenses,
    }
