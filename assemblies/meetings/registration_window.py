"""When people can register for a meeting: why not now, and how that reads on its page."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.refusals import Refusal


class Closed(Enum):
    """Why nobody can register at a moment; where several hold, the first of them is said."""

    CANCELLED = auto()
    DRAFT = auto()
    TAKEN_PLACE = auto()
    STARTED = auto()
    NOT_OPEN_YET = auto()
    DEADLINE_PASSED = auto()


CAN_STILL_CHANGE = {Closed.NOT_OPEN_YET, Closed.DEADLINE_PASSED}  # whoever has registered can
REFUSALS = {
    Closed.CANCELLED: "This meeting has been cancelled, so nobody can register or change anything.",
    Closed.DRAFT: "This meeting is not published yet.",
    Closed.TAKEN_PLACE: "This meeting has taken place, so nobody can register or change anything.",
    Closed.STARTED: "The meeting has started, so nobody can register or change anything.",
}
ON_THE_PAGE = {
    Closed.CANCELLED: "This meeting is cancelled. You do not need to do anything.",
    Closed.TAKEN_PLACE: "This meeting has taken place.",
    Closed.STARTED: "The meeting has started. Registration is closed.",
}


def why_closed(meeting: Meeting, now: datetime) -> Closed | None:
    """Why nobody can register for the meeting at `now`; None when people can. The one rule: everything else asks here."""
    state, opens, closes = meeting.state, meeting.registration_opens_at, meeting.registration_closes_at
    reasons = {
        Closed.CANCELLED: state == Meeting.State.CANCELLED,
        Closed.DRAFT: state == Meeting.State.DRAFT,
        Closed.TAKEN_PLACE: meeting.is_over_at(now),
        Closed.STARTED: now >= meeting.starts_at,
        Closed.NOT_OPEN_YET: opens is not None and now < opens,
        Closed.DEADLINE_PASSED: closes is not None and now >= closes,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def closed_because(meeting: Meeting, now: datetime) -> str:
    """Why nobody may register now, as a sentence; empty when they may."""
    return _sentence(meeting, why_closed(meeting, now), REFUSALS)


def over_because(meeting: Meeting, now: datetime) -> str:
    """Why nothing about a registration changes any more, as a sentence; empty while it may."""
    why = why_closed(meeting, now)
    return "" if why in CAN_STILL_CHANGE else _sentence(meeting, why, REFUSALS)


def refuse_if_closed(meeting: Meeting, now: datetime) -> None:
    """Raises Refusal with the reason when nobody may register now."""
    if reason := closed_because(meeting, now):
        raise Refusal(reason)


def refuse_if_over(meeting: Meeting, now: datetime) -> None:
    """Raises Refusal once the meeting has started, or is off: nothing about a registration changes then."""
    if reason := over_because(meeting, now):
        raise Refusal(reason)


def _sentence(meeting: Meeting, why: Closed | None, words: dict[Closed, str]) -> str:
    if why is None:
        return ""
    if why is Closed.NOT_OPEN_YET:
        assert meeting.registration_opens_at is not None
        return f"Registration opens on {dates.moment(meeting.registration_opens_at)}."
    if why is Closed.DEADLINE_PASSED:
        assert meeting.registration_closes_at is not None
        return f"Registration closed on {dates.moment(meeting.registration_closes_at)}."
    return words.get(why) or REFUSALS.get(why, "")


@dataclass(frozen=True)
class RegistrationWords:
    """A sentence, and what a button to the form says; no button when nobody can register now."""

    text: str
    button: str = ""


def registration_words(meeting: Meeting, now: datetime | None = None) -> RegistrationWords:
    """Returns whether people can register at `now`, in words for the meeting's page. At a meeting by invitation they
    use their personal link."""
    why = why_closed(meeting, now or timezone.now())
    if why:
        return RegistrationWords(_sentence(meeting, why, ON_THE_PAGE))
    closes = meeting.registration_closes_at
    until = f"until {dates.moment(closes)}" if closes else "until the meeting starts"
    if meeting.by_invitation:
        return RegistrationWords(f"By invitation. Answer with the link in your invitation, {until}.")
    if meeting.full:
        text = f"Every place is taken. You can join the waiting list {until}."
        return RegistrationWords(f"{text} We will email you when a place is free.", "Join the waiting list")
    return RegistrationWords(f"Registration is open {until}.", "Register")


def turning_points(meeting: Meeting) -> list[datetime | None]:
    """Returns the moments at which what the meeting's page says changes by itself."""
    return [
        meeting.registration_opens_at,
        meeting.registration_closes_at,
        meeting.starts_at,
        meeting.ends_at,
        meeting.exit_questions_open_at,
    ]
