"""What is printed, as tagged PDFs: badges to cut out, the attendance sheet for the door, a summary of views."""

import json
from pathlib import Path

from django.conf import settings

from assemblies.models import CallForViews, Meeting, Registration
from partnership import dates


def _compile(name: str, data: dict) -> bytes:
    import typst  # costs 40 MB of memory: only the process that prints pays for it

    source = Path(settings.BASE_DIR) / "templates" / "print" / f"{name}.typ"
    return typst.compile(source.read_bytes(), sys_inputs={"data": json.dumps(data)}, pdf_standards="ua-1")


def _people(meeting: Meeting) -> list[dict]:
    people = meeting.registrations.filter(state__in=[Registration.State.REGISTERED, Registration.State.ATTENDED])
    return [
        {"name": person.name, "organisation": person.organisation, "place": person.place.name if person.place else ""}
        for person in people.select_related("place").order_by("name", "email")
    ]


def badges(meeting: Meeting) -> bytes:
    """Badges of 90 × 55 mm, ten to a sheet of A4, for everybody with a place."""
    return _compile("badges", {"meeting": meeting.title, "people": _people(meeting)})


def attendance_sheet(meeting: Meeting) -> bytes:
    """The list for the door: name, organisation, place and a box to tick."""
    when = dates.span(meeting.starts_at, meeting.ends_at)
    return _compile("attendance", {"meeting": meeting.title, "when": when, "people": _people(meeting)})


def summary(call: CallForViews, title: str, text: str) -> bytes:
    """What members said on one topic of a call for views, as its representative put it: a paper for the meeting."""
    lines = [{"bullet": line.startswith("- "), "text": line.removeprefix("- ")} for line in text.splitlines()]
    return _compile(
        "summary",
        {
            "title": title,
            "seat": str(call.seat),
            "meeting": f"{call.meeting.title}, {dates.day(call.meeting.starts_at)}",
            "lines": [line for line in lines if line["text"].strip()],
        },
    )
