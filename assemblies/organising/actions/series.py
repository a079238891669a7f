"""A series of meetings: made all at once as drafts, and changed for one of them, for later ones or for all to come."""

from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import models, transaction
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.organising import coherence, series_dates
from assemblies.organising.actions import meeting as meetings
from assemblies.organising.models import MeetingSeries, SeriesMeeting
from assemblies.organising.models.series import MOST_DATES
from partnership import audit, dates
from partnership.boards.models import Board
from partnership.refusals import Refusal

OF_EACH_MEETING = ("kind", "format", "venue_name", "by_invitation")


class Scope(models.TextChoices):
    THIS = "this", "This meeting"
    LATER = "later", "This meeting and later ones"
    ALL = "all", "All meetings of the series to come"


class Changed(NamedTuple):
    """Drafts that were changed or deleted, and published meetings that were not: people know them, so each is moved or
    cancelled by itself."""

    changed: list[Meeting]
    left: list[Meeting]


def problem(series: MeetingSeries) -> tuple[str, str] | None:
    """What is wrong with the dates of a series: the question it is about, and words; None where they can be made."""
    found = series_dates.occasions(series)
    if len(found) > MOST_DATES:
        return (
            "until",
            f"That is more than {MOST_DATES} dates. Enter an earlier last day, or make a second series later.",
        )
    days = [each.day for each in found if each.day]
    if not days:
        return "starts_on", "There is no date to make a meeting on. Check the first and last day."
    for day in days:
        start, end = series_dates.times(series, day)
        if start is None or end is None:
            return "start_time", _gap(day)
        one = Meeting(board=series.board, title=series.title, starts_at=start, ends_at=end)
        wrong = next(coherence.problems(one, {}), None)
        if wrong:
            return "starts_on", wrong.message
    return None


@transaction.atomic
def make(*, board: Board, by, uid: UUID, seen: str, facts_of_each: dict[str, Any], **rule: Any) -> MeetingSeries:
    """Makes a draft meeting on each day the rule means; returns the series. Submitted twice, it is made once.

    `facts_of_each` are facts of every meeting. Raises Refusal where the dates are not those that were `seen`, where there
    are too many or none, and where a meeting does not fit its board: then nothing is made.
    """
    Board.objects.select_for_update(no_key=True).get(pk=board.pk)  # two submissions, one after the other
    made = MeetingSeries.objects.filter(uid=uid, created_by=by).first()
    if made:
        return made
    series = MeetingSeries(board=board, uid=uid, created_by=by, **rule)
    wrong = problem(series)
    if wrong:
        raise Refusal(wrong[1], wrong[0])
    if seen != series_dates.fingerprint(series):
        raise Refusal("The dates have changed since you saw them. Look at them again below.")
    series.save()
    for occasion in series_dates.occasions(series):
        if occasion.day:
            start, end = series_dates.times(series, occasion.day)
            one = meetings.create(
                by=by, uid=uuid5(uid, occasion.meant_on.isoformat()), board=board, title=series.title, starts_at=start,
                ends_at=end, slug=coherence.free_slug(f"{series.title} {occasion.day:%d %B %Y}"), **facts_of_each,
            )  # fmt: skip
            SeriesMeeting.objects.create(series=series, meeting=one, meant_on=occasion.meant_on)
    audit.record(by=by, verb="series.made", subject=series, board=str(board), meetings=series.made.count())
    return series


@transaction.atomic
def change(*, meeting: Meeting, by, scope: str, now: datetime | None = None, **facts: Any) -> Changed:
    """Gives the drafts in scope what differs from this meeting: `title`, `venue_name`, `venue_address`, the `boards` that meet
    in common, and the clock times `start_time` and `end_time`, each meeting on its own day.

    Published meetings are left: moving one tells people, so that is done for each. Raises Refusal, and changes
    nothing, where a meeting would not fit together.
    """
    facts = _what_differs(meeting, facts)
    done = Changed([], [])
    if not facts:
        return done
    rows = in_scope(meeting, scope, now or timezone.now())
    for each in Meeting.objects.locked().filter(pk__in=[row.pk for row in rows]).order_by("starts_at", "pk"):
        if each.state == Meeting.State.DRAFT:
            done.changed.append(meetings.edit(meeting=each, by=by, revision=each.revision, **_facts_of(each, facts)))
        else:
            done.left.append(each)
    series = meeting.in_series.series
    audit.record(
        by=by, verb="series.changed", subject=series, fields=sorted(facts), meetings=len(done.changed), scope=scope,
        left_alone=len(done.left),
    )  # fmt: skip
    return done


@transaction.atomic
def delete_drafts(*, meeting: Meeting, by, scope: str, now: datetime | None = None) -> Changed:
    """Deletes the drafts in scope; what was planned for them waits on the forward plan again. Published meetings are left."""
    done, series = Changed([], []), meeting.in_series.series
    for each in in_scope(meeting, scope, now or timezone.now()):
        if each.state == Meeting.State.DRAFT:
            meetings.delete_draft(meeting=each, by=by)
            done.changed.append(each)
        else:
            done.left.append(each)
    audit.record(
        by=by, verb="series.drafts_deleted", subject=series, meetings=len(done.changed), scope=scope,
        left_alone=len(done.left),
    )  # fmt: skip
    return done


def in_scope(meeting: Meeting, scope: str, now: datetime) -> list[Meeting]:
    """The meetings of the series to come that a change is for."""
    rows = meeting.in_series.series.made.to_come(now).select_related("meeting")
    found = [row.meeting for row in rows]
    if scope == Scope.THIS:
        return [each for each in found if each.pk == meeting.pk]
    if scope == Scope.LATER:
        return [each for each in found if each.starts_at >= meeting.starts_at]
    return found


def clock_of(moment: datetime) -> time:
    """The time on the clock, in the portal's zone."""
    return timezone.localtime(moment).time().replace(second=0, microsecond=0)


def _what_differs(meeting: Meeting, facts: dict[str, Any]) -> dict[str, Any]:
    stands = {"start_time": clock_of(meeting.starts_at), "end_time": clock_of(meeting.ends_at)}
    facts = {name: list(value) if name == "boards" else value for name, value in facts.items()}
    if {each.pk for each in facts.get("boards", [])} == {each.pk for each in boards_of(meeting)[1:]}:
        facts.pop("boards", None)
    return {name: value for name, value in facts.items() if stands.get(name, getattr(meeting, name, None)) != value}


def _facts_of(meeting: Meeting, facts: dict[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in facts.items() if not name.endswith("_time")}
    for name, field in (("start_time", "starts_at"), ("end_time", "ends_at")):
        if name in facts:
            day = timezone.localdate(getattr(meeting, field))
            given[field] = series_dates.moment(day, facts[name])
            if given[field] is None:
                raise Refusal(_gap(day), name)
    return given


def _gap(day: date) -> str:
    return f"The clocks go forward on {dates.day(day)}, and this time does not exist on that day."
