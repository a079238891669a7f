"""What a person says of themselves when they register, and what they need."""

from dataclasses import dataclass

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Needs, Registration
from partnership.partners.models import Partner
from places.footprint.models import Place

OF_THE_PERSON = ("name", "organisation", "partner", "kind", "role", "photo_consent")
NEEDS = ("access", "language", "access_other", "dietary", "expenses")


@dataclass(frozen=True, kw_only=True)
class RegistrationDetails:
    """The answers to the questions of a registration. Access, dietary and expense answers are kept apart, in Needs."""

    email: str
    name: str
    organisation: str = ""
    partner: Partner | None = None
    kind: str = ""
    role: str = ""
    place: Place | None = None
    attendance: str = ""
    photo_consent: bool = False
    access: tuple[str, ...] = ()
    language: str = ""
    access_other: str = ""
    dietary: str = ""
    expenses: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The email address as it identifies a person."""
        return self.email.strip().lower()


def apply(registration: Registration, details: RegistrationDetails) -> None:
    """Write the answers on the registration, unsaved; not the place they come from, which their place at the meeting
    may depend on."""
    for name in OF_THE_PERSON:
        setattr(registration, name, getattr(details, name))
    registration.attendance = attendance(registration.meeting, details)


def attendance(meeting: Meeting, details: RegistrationDetails) -> str:
    """How they attend: their choice where the meeting is hybrid, the only way there is where it is not."""
    only: dict[str, Registration.Attendance] = {
        Meeting.Format.IN_PERSON: Registration.Attendance.IN_PERSON,
        Meeting.Format.ONLINE: Registration.Attendance.ONLINE,
    }
    return only.get(meeting.format) or details.attendance or Registration.Attendance.IN_PERSON


def keep_needs(registration: Registration, details: RegistrationDetails) -> None:
    """Keep what they need in a separate row; no row where they need nothing. Meals only for those in the room."""
    answers = {name: getattr(details, name) for name in NEEDS}
    answers |= {"access": list(details.access), "expenses": list(details.expenses)}
    if registration.attendance == Registration.Attendance.ONLINE:
        answers["dietary"] = ""
    if any(answers.values()):
        needs = Needs(registration=registration, **answers)
        Needs.objects.bulk_create(
            [needs], update_conflicts=True, unique_fields=["registration"], update_fields=list(NEEDS)
        )
    else:
        Needs.objects.filter(registration=registration).delete()
