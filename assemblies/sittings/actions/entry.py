"""Something is entered in the record of a meeting, once, however often it is sent."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assemblies.follow_up.actions import follow_up
from assemblies.follow_up.models import FollowUp
from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history
from assemblies.papers.actions import withholding
from assemblies.papers.models import AgendaItem, WithheldPapers
from assemblies.questions.actions import question as questions
from assemblies.questions.models import Question
from assemblies.sittings import order_of_business, picture
from assemblies.sittings.entry_checks import check, kept
from assemblies.sittings.entry_kinds import Mitigation, Sits
from assemblies.sittings.models import Entry, Sitting
from assemblies.sittings.new_entry import NewEntry
from assemblies.sittings.rules import may_record
from partnership.accounts.models import User
from partnership.boards.models import Appointment
from partnership.refusals import Refusal

DECLARED = "They declared an interest in it at the meeting."
WAITS_AT_MOST = timedelta(hours=12)  # an entry may have waited so long on a phone without a connection


@transaction.atomic
def enter(
    *, sitting: Sitting, by, kind: str, key: UUID, item: AgendaItem | None = None, seat=None, board=None,
    facts: dict | None = None, said_at: datetime | None = None, now: datetime | None = None,
) -> Entry:  # fmt: skip
    """Adds an entry and returns it; with a key that was sent before, the entry that it made then.

    `said_at`: when it was entered, by the clock of the phone; one that cannot be is replaced by now. Raises Refusal where the
    record or the rules say no, and for who may not record.
    """
    now = now or timezone.now()
    row = Sitting.objects.locked().get(pk=sitting.pk)
    if same := Entry.objects.filter(key=key).select_related("by", "item", "seat", "board").first():
        return _its_own(same, row, (kind, seat, board), item, facts or {})
    if not may_record(by, row.meeting):
        raise Refusal("You no longer record this meeting. Ask staff, or the chair.")
    if not row.is_open:
        raise Refusal("The meeting has ended, and its record with it. What was wrong is corrected in the minutes.")
    if row.meeting.state == Meeting.State.CANCELLED and kind != Entry.Kind.UNDO:
        raise Refusal("This meeting was cancelled: nothing more is entered in its record.")
    order = order_of_business.read(row.meeting)
    place = order.place_of(item.pk) if item else 0
    if item and not place:
        raise Refusal("This item is not on the agenda that is published. Open the page again.")
    now_stands = picture.fold(order, row.entries.select_related("by"))
    new = NewEntry(kind, place, order.seats.get(seat.pk) if seat else None, board, facts or {})
    if seat and new.seat is None:
        raise Refusal("That seat is not on a board of this meeting.")
    check(new, now_stands)
    row.newest += 1
    row.save(update_fields=["newest"])
    entry = Entry.objects.create(
        sitting=row, number=row.newest, key=key, kind=kind, item=item, seat=new.seat, board=board, facts=kept(new, now_stands),
        said_at=_believable(said_at, row, now), recorded_at=now, by=by,
    )  # fmt: skip
    _follow(entry, now_stands, now)
    return entry


def _follow(entry: Entry, stood: picture.Picture, now: datetime) -> None:
    """What an entry brings about at once, beside the record."""
    match entry.kind:
        case Entry.Kind.ACTION:
            _assign(entry, stood.order, now)
        case Entry.Kind.QUESTION:
            asked = Question.objects.get(pk=entry.facts["question"])
            questions.mark_asked(
                question=asked, by=entry.by, answer_given=entry.facts["answer"], key=entry.key, now=now
            )
        case Entry.Kind.UNDO:
            _call_off(entry, stood, now)
        case Entry.Kind.INTEREST if entry.facts["mitigation"] == Mitigation.PAPERS_WITHHELD:
            _withhold(entry, stood, now)


def _its_own(same: Entry, sitting: Sitting, of: tuple[Any, ...], item, facts: dict) -> Entry:
    """The entry that was made under the key, where just that is sent again. Raises Refusal where something else is: a page that
    was left and opened again in the browser brings its old key with other answers."""
    alike = same.sitting_id == sitting.pk and (same.kind, same.seat, same.board) == of
    rows = {each.pk if each else None for each in (item, same.item)}
    if alike and len(rows) > 1:  # the row of a newer agenda
        root_of = agenda_history.roots(sitting.meeting)
        rows = {root_of.get(pk) if pk else None for pk in rows}
    if not alike or len(rows) > 1 or any(same.facts.get(name) != value for name, value in facts.items()):
        raise Refusal("This was entered for something else. Open the page again.")
    return same


def _believable(said_at: datetime | None, sitting: Sitting, now: datetime) -> datetime:
    """A phone's clock may be wrong: neither later than now nor from before the record was opened."""
    earliest = max(sitting.started_at, now - WAITS_AT_MOST)
    return said_at if said_at and earliest <= said_at <= now else now


def _withhold(entry: Entry, stands: picture.Picture, now: datetime) -> None:
    """The papers of a closed item are withheld at once from who sits in the seat: its holder, or the deputy who came. A
    substitute has no papers here, and of an item that is open there is nothing to withhold. Raises Refusal for people who
    prepare the papers.
    """
    item = stands.order.item(stands.order.place_of(entry.item_id))
    term = entry.seat.holders[0] if entry.seat and entry.seat.holders else None
    if item is None or item.closure is None or term is None:
        return
    how = stands.attends(entry.seat, item.place)
    person = _of_term(term, how.sits if how else Sits.HOLDER)
    if person:
        withholding.withhold(
            meeting=entry.sitting.meeting, item=entry.item, person=person, by=entry.by, because=DECLARED, now=now
        )


def _of_term(term: Appointment, sits: str) -> User | None:
    """Who sits so: the holder, or the deputy; of a substitute only the name is known."""
    if sits == Sits.DEPUTY:
        return term.deputy
    return term.holder if sits == Sits.HOLDER else None


def _call_off(undo: Entry, stood: picture.Picture, now: datetime) -> None:
    """Where an action is taken back, nobody has it to do; where an interest is, what was withheld for it is lifted, unless they
    declared another. Raises Refusal for an action that is done already."""
    taken_back = undo.sitting.entries.get(number=undo.facts["entry"])
    if taken_back.kind == Entry.Kind.INTEREST and not _declared_another(taken_back, stood):
        _lift(taken_back, undo, stood, now)
    for row in FollowUp.objects.filter(key=taken_back.key).exclude(state=FollowUp.State.DROPPED):
        if row.state == FollowUp.State.DONE:
            raise Refusal("This action is done already, so it stays on the record. Open it again first.")
        follow_up.drop(follow_up=row, by=undo.by, because="It was taken back from the record of the meeting.", now=now)


def _lift(interest: Entry, undo: Entry, stood: picture.Picture, now: datetime) -> None:
    """What was withheld for this interest, or for one before it in the same item."""
    place = stood.order.place_of(interest.item_id)
    theirs = undo.sitting.entries.filter(
        kind=Entry.Kind.INTEREST, seat=interest.seat, facts__name=interest.facts["name"]
    )
    for each in WithheldPapers.objects.in_force().filter(
        meeting=undo.sitting.meeting_id, withheld_at__in=theirs.values("recorded_at")
    ):
        if stood.order.place_of(each.item_id) == place:
            withholding.lift(withheld=each, by=undo.by, now=now)


def _declared_another(interest: Entry, stood: picture.Picture) -> bool:
    """Whether the same person's papers are withheld for another interest in the item."""
    place = stood.order.place_of(interest.item_id)
    return any(
        each.number != interest.number
        and (each.name, each.facts["mitigation"]) == (interest.facts["name"], Mitigation.PAPERS_WITHHELD)
        for each in stood.interests.get(place, [])
    )


def _assign(entry: Entry, order: order_of_business.OrderOfBusiness, now: datetime) -> None:
    """An action is a row of its own at once, on the list of who took it on; they are told when the meeting has ended."""
    item = order.item(order.place_of(entry.item_id))
    board = entry.board or order.boards[0]
    follow_up.assign(
        by=entry.by, board=board, meeting=entry.sitting.meeting, item=entry.item, text=entry.facts["text"],
        owner=User.objects.get(pk=entry.facts["owner"]), due_on=date.fromisoformat(entry.facts["due_on"]), key=entry.key,
        closure=item.closed_by if item else None, now=now,
    )  # fmt: skip
