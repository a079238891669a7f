"""How a meeting is named where it stands among others: by its title and its day, since many have the same title."""

from datetime import datetime

from django.urls import reverse

from assemblies.meetings.models import Meeting
from partnership.dates import day, short_day

WHICH = {"meeting": "meeting__title", "slug": "meeting__slug", "starts_at": "meeting__starts_at"}  # of a row's meeting


def on_its_day(title: str, starts_at: datetime) -> str:
    """Returns "Partnership Assembly, 17 September 2020"."""
    return f"{title}, {short_day(starts_at)}"


def caption(meeting: Meeting) -> str:
    """Returns "Partnership Assembly, Thursday 17 September 2020", for above the heading of a page about a part of it."""
    return f"{meeting.title}, {day(meeting.starts_at)}"


def manage_trail(meeting: Meeting) -> list[tuple[str, str]]:
    """The pages above one that manages part of the meeting, as people come to it: words and address of each."""
    return [
        ("Meetings", reverse("meetings")),
        (on_its_day(meeting.title, meeting.starts_at), meeting.get_absolute_url()),
        ("Manage", meeting.manage_url),
    ]
