"""Whether a meeting takes registrations at a moment, and the words for it when it does not."""

from datetime import datetime

from assemblies.models import Invitation, Meeting
from partnership import dates
from partnership.refusals import Refusal


def closed_because(meeting: Meeting, now: datetime) -> str:
    """Why nobody may register now, as a sentence; empty when they may."""
    return over_because(meeting, now) or _outside_its_time(meeting, now)


def over_because(meeting: Meeting, now: datetime) -> str:
    """Why nothing about a registration changes any more, as a sentence; empty while it may."""
    state = meeting.State
    if meeting.state == state.CANCELLED:
        return "This meeting has been cancelled, so nobody can register or change anything."
    if meeting.state == state.DRAFT:
        return "This meeting is not published yet."
    if meeting.state in (state.HELD, state.CLOSED) or now >= meeting.ends_at:
        return "This meeting has taken place, so nobody can register or change anything."
    if now >= meeting.starts_at:
        return "The meeting has started, so nobody can register or change anything."
    return ""


def _outside_its_time(meeting: Meeting, now: datetime) -> str:
    if meeting.registration_opens_at and now < meeting.registration_opens_at:
        return f"Registration opens on {dates.moment(meeting.registration_opens_at)}."
    if meeting.registration_closes_at and now >= meeting.registration_closes_at:
        return f"Registration closed on {dates.moment(meeting.registration_closes_at)}."
    return ""


def refuse_if_closed(meeting: Meeting, now: datetime) -> None:
    """Raises Refusal with the reason when nobody may register now."""
    reason = closed_because(meeting, now)
    if reason:
        raise Refusal(reason)


def refuse_if_over(meeting: Meeting, now: datetime) -> None:
    """Raises Refusal once the meeting has started or been cancelled: nothing about a registration changes then."""
    reason = over_because(meeting, now)
    if reason:
        raise Refusal(reason)


def refuse_uninvited(meeting: Meeting, address: str, invitation: Invitation | None) -> None:
    """Raises Refusal at a meeting by invitation, unless an invitation was sent to this address."""
    if not meeting.by_invitation or (invitation and invitation.meeting_id == meeting.pk):
        return
    if not Invitation.objects.filter(meeting=meeting, email=address, sent_at__isnull=False).exists():
        raise Refusal("This meeting is by invitation. Use the link in your invitation, or ask the organisers for one.")
