"""What the calendar part of an email says, for the page that shows the email before it is sent."""

from typing import Any

from icalendar import Calendar

from partnership import dates


def calendar_facts(text: str) -> list[tuple[str, str]]:
    """Returns pairs of a heading and what the calendar entry says under it; none where an email has no entry."""
    if not text:
        return []
    event: Any = Calendar.from_ical(text).events[0]
    rows = [
        ("Title", str(event["SUMMARY"])),
        ("When", dates.span(event["DTSTART"].dt, event["DTEND"].dt)),
        ("Where", str(event.get("LOCATION", ""))),
        ("From", str(event["ORGANIZER"]).removeprefix("mailto:")),
        ("Links back to", str(event.get("URL", ""))),
    ]
    return [(name, value) for name, value in rows if value]
