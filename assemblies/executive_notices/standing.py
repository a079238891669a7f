"""Whether a key decision or a private meeting has the notice that the law asks for, and what can still be published.

Pure rules on days and hours. Source: DOMAIN §2; regulations 5 and 9 to 11 of the Local Authorities (Executive Arrangements)
(Meetings and Access to Information) (England) Regulations 2012. 28 clear days, by default calendar days, which is a setting of
the board; 5 clear days after the notice to the scrutiny chair, and for the second notice, counted in working days.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import timezone

from assemblies.executive_notices.notice_kinds import Kind
from partnership import dates
from partnership.boards.clear_days import DayKind, latest_time_to_publish
from partnership.boards.regimes import EXECUTIVE


class Rule(NamedTuple):
    """How a board counts: the kind of day of its 28-day notices, the hour at which a last day ends, added bank holidays."""

    day_kind: DayKind
    publish_by: time
    holidays: Collection[date] = ()


class Published(NamedTuple):
    """A notice as it was published, and the days that it names."""

    kind: str
    at: datetime
    first_on: date
    last_on: date


class LastMoments(NamedTuple):
    """Until when the 28-day notice, and what needs 5 clear days, may be published."""

    first: datetime
    second: datetime


class Standing(NamedTuple):
    """How it stands: by which notice it is in order (None where it is not), what to publish next (None where nothing is
    missing), and until when. `may_go_out`: whether an agenda with it may be published."""

    held_by: str | None
    next: Kind | None
    until: datetime | None
    may_go_out: bool


def last_moments(meeting_day: date, rule: Rule) -> LastMoments:
    """For 14 September 2026: Sunday 16 August, and Friday 4 September, each at the board's hour."""
    first = latest_time_to_publish(
        meeting_day, EXECUTIVE.notice_days, rule.day_kind, rule.publish_by, also=rule.holidays
    )
    second = latest_time_to_publish(
        meeting_day, EXECUTIVE.second_days, EXECUTIVE.second_kind, rule.publish_by, also=rule.holidays
    )
    return LastMoments(first, second)


def of_key_decision(starts_at: datetime, rule: Rule, published: Iterable[Published], now: datetime) -> Standing:
    """28 clear days' notice; where that is impracticable the notice to the scrutiny chair, 5 clear days before; where that is
    impracticable too the scrutiny chair's agreement that it is urgent."""
    day, last = timezone.localdate(starts_at), last_moments(timezone.localdate(starts_at), rule)
    in_time = {Kind.KEY: last.first, Kind.KEY_SCRUTINY: last.second, Kind.KEY_URGENT: starts_at}
    holding = _holding(published, day, in_time)
    for kind in in_time:
        if kind in holding:
            return Standing(kind, None, None, may_go_out=True)
    kind = next((each for each, until in in_time.items() if now <= until), Kind.KEY_URGENT)
    return Standing(None, kind, in_time[kind], may_go_out=False)


def of_private_meeting(starts_at: datetime, rule: Rule, published: Iterable[Published], now: datetime) -> Standing:
    """28 clear days' notice and a second notice 5 clear days before; otherwise the scrutiny chair's agreement.

    An agenda may go out between the two notices, as long as the second can still come in time.
    """
    day, last = timezone.localdate(starts_at), last_moments(timezone.localdate(starts_at), rule)
    in_time = {Kind.PRIVATE: last.first, Kind.PRIVATE_SECOND: last.second, Kind.PRIVATE_URGENT: starts_at}
    holding = _holding(published, day, in_time)
    if Kind.PRIVATE_URGENT in holding:
        return Standing(Kind.PRIVATE_URGENT, None, None, may_go_out=True)
    if {Kind.PRIVATE, Kind.PRIVATE_SECOND} <= holding:
        return Standing(Kind.PRIVATE_SECOND, None, None, may_go_out=True)
    if Kind.PRIVATE in holding and now <= last.second:
        return Standing(None, Kind.PRIVATE_SECOND, last.second, may_go_out=True)
    if Kind.PRIVATE not in holding and now <= last.first:
        return Standing(None, Kind.PRIVATE, last.first, may_go_out=False)
    return Standing(None, Kind.PRIVATE_URGENT, starts_at, may_go_out=False)


def why_not(kind: Kind, starts_at: datetime, rule: Rule, published: Iterable[Published], now: datetime) -> str:
    """Why a notice of the kind cannot be published now, in words; "" where it can.

    What the law allows only where it is impracticable to give longer notice waits until that is so.
    """
    if now >= starts_at:
        return "The meeting has started."
    last = last_moments(timezone.localdate(starts_at), rule)
    for days, kinds, until in (
        (EXECUTIVE.notice_days, (Kind.KEY, Kind.PRIVATE), last.first),
        (EXECUTIVE.second_days, (Kind.KEY_SCRUTINY, Kind.PRIVATE_SECOND), last.second),
    ):
        if kind in kinds and now > until:
            return f"It is too late for {days} clear days: the last moment was {dates.moment(until)}."
    return _too_early(kind, last, of_private_meeting(starts_at, rule, published, now), now)


def _too_early(kind: Kind, last: LastMoments, private: Standing, now: datetime) -> str:
    """Why what comes first has to be published first, in words; "" where its time is over."""
    if kind == Kind.PRIVATE_SECOND and private.next in (Kind.PRIVATE, Kind.PRIVATE_URGENT):
        return "There was no notice 28 clear days before, so there can be no second one."
    waits_until = {Kind.KEY_SCRUTINY: last.first, Kind.KEY_URGENT: last.second}.get(kind)
    if kind == Kind.PRIVATE_URGENT and private.next in (Kind.PRIVATE, Kind.PRIVATE_SECOND):
        waits_until = private.until
    if waits_until is None or now > waits_until:
        return ""
    return f"There is still time for the notice that comes before it, until {dates.moment(waits_until)}: publish that."


def _holding(published: Iterable[Published], day: date, in_time: dict[Kind, datetime]) -> set[str]:
    """The kinds of which a notice names the day and came in time."""
    return {
        each.kind
        for each in published
        if each.kind in in_time and each.first_on <= day <= each.last_on and each.at <= in_time[Kind(each.kind)]
    }
