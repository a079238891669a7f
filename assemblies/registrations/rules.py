"""When people are checked in and given a badge, and who may see what came from people's calendars."""

from datetime import date

import rules
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.accounts.rules import is_partnership_staff


@rules.predicate
def is_organiser(user, meeting) -> bool:
    """One of the staff who are named as its organisers. Source: DOMAIN §3: only they see access and dietary answers."""
    return meeting.organisers.staff().filter(pk=user.pk).exists()


rules.add_perm("registrations.read_calendar_replies", is_partnership_staff)
rules.add_perm("registrations.see_needs", is_organiser)


def no_check_in_because(meeting: Meeting, today: date) -> str:
    """Why nobody can be checked in today, in words; "" where people can: from the day of the meeting, in a room."""
    opens = timezone.localdate(meeting.starts_at)
    if not meeting.has_room:
        return "This meeting is online, so there is nobody to check in."
    if meeting.state not in (Meeting.State.PUBLISHED, Meeting.State.HELD):
        return f"This meeting is {meeting.get_state_display()}, so nobody can be checked in."
    if today < opens:
        return f"You can check people in on the day of the meeting, {dates.day(opens)}."
    return ""
