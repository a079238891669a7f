"""The breadcrumbs above the pages that manage a meeting."""

from django import template

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import manage_trail

register = template.Library()


@register.simple_tag
def trail_to_manage(meeting: Meeting, words: str = "", address: str = "") -> list[tuple[str, str]]:
    """The words and addresses of the pages above one that manages part of the meeting, and of one more that is below those."""
    return [*manage_trail(meeting), *([(words, address)] if words else [])]
