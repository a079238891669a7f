"""The record of a meeting is opened when it begins, and ends with it: what was decided then stands in the register."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from assemblies.decisions.actions import decision as decisions
from assemblies.follow_up.actions import reminder
from assemblies.forward_plan.actions import planned_item
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaVersion, ReportVersion
from assemblies.sittings import order_of_business, picture
from assemblies.sittings.entry_kinds import Outcome
from assemblies.sittings.models import Sitting
from assemblies.sittings.picture import Picture, Recorded
from partnership import audit, dates, states
from partnership.refusals import Refusal

EARLY = timedelta(hours=2)  # so long before the start the record may be opened: people arrive, apologies come in


@transaction.atomic
def start(*, meeting: Meeting, by, now: datetime | None = None) -> Sitting:
    """Opens the record of the meeting and returns it; twice, it is the same.

    Raises Refusal for a meeting that is not published, without a published agenda, or that is still far off.
    """
    now = now or timezone.now()
    row = Meeting.objects.locked().get(pk=meeting.pk)
    if same := Sitting.objects.filter(meeting=row).first():
        return same
    if row.state not in (Meeting.State.PUBLISHED, Meeting.State.HELD):
        raise Refusal(f"This meeting is {row.get_state_display()}, so it has no record.")
    if now < row.starts_at - EARLY:
        raise Refusal(
            f"The meeting starts on {dates.moment(row.starts_at)}. Its record can be opened two hours before."
        )
    if not AgendaVersion.objects.published().filter(meeting=row).exists():
        raise Refusal("Publish the agenda first: the record follows it item by item.")
    sitting = Sitting.objects.create(meeting=row, started_at=now, started_by=by)
    audit.record(by=by, verb="sitting.started", subject=sitting)
    return sitting


@transaction.atomic
def end(*, sitting: Sitting, by, now: datetime | None = None) -> Sitting:
    """Ends the meeting: what was decided stands in the register, who took something on is told, and the record is closed.

    What was put off or deferred waits on the plan of its board again. Twice, it has ended. Raises Refusal while items are open,
    and names them.
    """
    now = now or timezone.now()
    row = Sitting.objects.locked().get(pk=sitting.pk)
    if not row.is_open:
        return row
    stands = picture.fold(order_of_business.read(row.meeting), row.entries.select_related("by"))
    cancelled = row.meeting.state == Meeting.State.CANCELLED
    if not cancelled and (left := stands.open_items()):
        names = ", ".join(f"{item.number}. {item.title}" for item in left)
        raise Refusal(f"The meeting cannot end yet. These items are still open: {names}.")
    states.move(row, Sitting.State.ENDED, ended_at=now, ended_by=by)
    Meeting.objects.filter(pk=row.meeting_id).update(ended_at=now)
    for decided in sorted(stands.outcomes):
        _decide(row, stands, decided, by, now)
    for place in sorted({*stands.done, *(place for place, _, _ in stands.outcomes)}):
        _wait_again(stands, place, by, now)
    reminder.tell_owners(meeting=row.meeting, by=by, now=now)
    audit.record(by=by, verb="sitting.ended", subject=row, decisions=len(stands.outcomes))
    return row


def _decide(row: Sitting, stands: Picture, decided: tuple[int, int, int], by, now: datetime) -> None:
    """One outcome, as the register holds it: on the version of the report that was put when it was entered."""
    place, board_pk, number = decided
    item, board = stands.order.items[place - 1], stands.order.board(board_pk)
    said = stands.outcomes[decided]
    facts = said.facts
    report = ReportVersion.objects.filter(pk=facts["report"]).first() if facts["report"] else None
    put = order_of_business.as_put(report.recommendations.get(number=number).text) if report else ""
    decisions.record(
        by=by, board=board, meeting=row.meeting, item=item.row, title=item.title, outcome=facts["outcome"],
        text=_decided(facts, put or item.title), recommendation_number=number or None, recommendation=put,
        reasons=facts.get("reasons", ""),
        report_version=report, closure=item.closure,
        mover=_name(stands, facts.get("mover"), place), seconder=_name(stands, facts.get("seconder"), place),
        votes=_votes(stands, place, said), interests=_interests(stands, place, board),
        key=uuid5(row.meeting.uid, f"{place}:{board_pk}:{number}"), now=now,
    )  # fmt: skip


def _decided(facts: dict[str, Any], put: str) -> str:
    """What was decided: the text as amended, or else what was put."""
    as_put = facts["outcome"] in (Outcome.AGREED, Outcome.NOT_AGREED)
    return put if as_put else facts.get("text") or put


def _name(stands: Picture, seat_pk: int | None, place: int) -> str:
    seat = stands.order.seats.get(seat_pk) if seat_pk else None
    how = stands.attends(seat, place) if seat else None
    return how.name if how else ""


def _votes(stands: Picture, place: int, said: Recorded) -> list[tuple[Any, str, str, bool]]:
    cast = [(int(seat_pk), vote, False) for seat_pk, vote in said.facts.get("votes", {}).items()]
    if casting := said.facts.get("casting"):
        cast.append((said.facts["casting_by"], casting, True))
    return [
        (stands.order.seats[pk], _name(stands, pk, place) or stands.order.seats[pk].title, vote, is_casting)
        for pk, vote, is_casting in cast
    ]


def _interests(stands: Picture, place: int, board) -> list[dict[str, Any]]:
    return [
        {
            "seat": said.seat,
            "name": said.name,
            "nature": said.facts["nature"],
            "is_withheld": said.facts["withheld"],
            "mitigation": said.facts["mitigation"],
            "dispensation": _dispensation(said.facts),
        }
        for said in stands.interests.get(place, [])
        if said.seat and said.seat.board_id == board.pk
    ]


def _dispensation(facts: dict[str, Any]) -> str:
    if not facts.get("dispensation_by"):
        return ""
    return f"Dispensation by {facts['dispensation_by']} until {dates.day(datetime.fromisoformat(facts['dispensation_until']))}"


def _wait_again(stands: Picture, place: int, by, now: datetime) -> None:
    """An item that was put off, or all of whose questions were deferred, goes back to the plan of its board."""
    item = stands.order.items[place - 1]
    planned = item.row.planned if item.row else None
    if planned is None or planned.withdrawn_at or planned.meeting_id != stands.order.meeting:
        return  # it waits already, or goes to another meeting
    put_off, outcomes = stands.put_off(place), {each.facts["outcome"] for each in stands.outcomes_of(place)}
    if not put_off and outcomes != {Outcome.DEFERRED}:
        return
    because = put_off.facts["because"] if put_off else "Deferred by the meeting."
    try:
        planned_item.move(item=planned, by=by, meeting=None, reason=because, now=now)
    except Refusal:
        return  # its topic waits at the board already
