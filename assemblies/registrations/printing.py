"""What is printed, as tagged PDFs: badges to cut out and the attendance sheet for the door."""

from django.db.models import QuerySet

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import Registration
from partnership import dates
from partnership.files.pdf import compile_pdf


def _people(people: QuerySet[Registration]) -> list[dict]:
    return [
        {"name": person.name, "organisation": person.organisation, "place": person.place.name if person.place else ""}
        for person in people.select_related("place").order_by("name", "email")
    ]


def badges(meeting: Meeting) -> bytes:
    """Badges of 90 × 55 mm, ten to a sheet of A4, for everybody with a place in the room."""
    people = _people(meeting.registrations.coming().filter(attendance=Registration.Attendance.IN_PERSON))
    return compile_pdf("registrations/print/badges", {"meeting": meeting.title, "people": people})


def attendance_sheet(meeting: Meeting) -> bytes:
    """The list for the door: name, organisation, place and a box to tick."""
    when = dates.span(meeting.starts_at, meeting.ends_at)
    return compile_pdf(
        "registrations/print/attendance",
        {"meeting": meeting.title, "when": when, "people": _people(meeting.registrations.coming())},
    )
