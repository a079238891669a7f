"""Meetings as they were recorded, item by item: two of 2020, and one that is under way when the demonstration is loaded.

No public paper says who came or what was decided. So who sits there is invented, and each outcome says that it is illustrative.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda, classification, withholding
from assemblies.papers.models import AgendaItem
from assemblies.sittings import order_of_business
from assemblies.sittings.actions import entry as entries
from assemblies.sittings.actions import practice
from assemblies.sittings.actions import sitting as sittings
from assemblies.sittings.models import Sitting
from partnership.accounts.models import User
from partnership.boards.actions import board as boards
from partnership.boards.actions import seat as seats
from partnership.boards.models import Appointment, Board, Seat
from partnership.demonstration import board_meeting, organisations, purpose_of, who
from partnership.partners.models import Partner
from partnership.partners.models.partner import Sector

SOUTHWARK, LEEDS = "Southwark Health and Wellbeing Board", "Leeds Partnership Executive Group"
NEIGHBOURHOOD = "Illustrative neighbourhood board"
WHY = "Illustrative: no public paper says what was decided, or why."
# board: seat, holder, sector; the holders are invented
MEMBERS: dict[str, list[tuple[str, str, str]]] = {
    SOUTHWARK: [
        ("Councillor nominated by the leader", "Nasreen Malik", Sector.COUNCIL),
        ("Director of public health", "Piotr Zielinski", Sector.COUNCIL),
        ("Director of adult services", "Joy Mensah", Sector.COUNCIL),
        ("Director of children’s services", "Callum Reid", Sector.COUNCIL),
        ("Healthwatch", "Esther Quaye", Sector.VCFSE),
        ("NHS commissioner", "Hugh Larkin", Sector.NHS),
    ],
    LEEDS: [
        ("Council", "Dinah Foxley", Sector.COUNCIL),
        ("NHS trusts", "Sunita Rao", Sector.NHS),
        ("Third sector", "Bea Whitlock", Sector.VCFSE),
    ],
    NEIGHBOURHOOD: [
        ("Voluntary sector", who.MEMBER, Sector.VCFSE),
        ("Council", "Nasreen Malik", Sector.COUNCIL),
        ("NHS", "Hugh Larkin", Sector.NHS),
        ("Healthwatch", "Esther Quaye", Sector.VCFSE),
    ],
}
NOMINATING = {  # of the group in Leeds: whose seat each is
    "Council": "Leeds City Council",
    "NHS trusts": organisations.LEEDS_TRUST,
    "Third sector": "Forum Central",
}
QUORUM = {SOUTHWARK: {"quorum_one_in": 3}, LEEDS: {"quorum_number": 2}}
BEGAN, LASTS = timedelta(minutes=25), timedelta(hours=2)
UNDER_WAY = [
    ("Welcome and apologies", "information", "Ruth Adeyemi"),
    ("Minutes of the last meeting", "decision", "Ruth Adeyemi"),
    ("Warm spaces this winter", "decision", "Nasreen Malik"),
    ("How long people wait for a walk-in clinic", "discussion", "Hugh Larkin"),
    ("Any other business", "information", ""),
]
ROOM, ROOM_IN_PUBLIC = "What the landlord of the community room asks", "A community room"


def seat_members(people: dict[str, User], found: dict[str, Board]) -> None:
    """Adds the seats of 2020 to the two boards, with invented holders."""
    for name in (SOUTHWARK, LEEDS):
        boards.change(board=found[name], by=people[who.STAFF], **QUORUM[name])
        _seat(people, found[name], found[name].starts_on or date(2020, 1, 1))


def _seat(people: dict[str, User], board: Board, since: date) -> None:
    for title, name, sector in MEMBERS[board.name]:
        nominating = NOMINATING.get(title) if board.name == LEEDS else None
        partner = Partner.objects.get(name=nominating) if nominating else None
        seat = seats.add(board=board, by=people[who.STAFF], title=title, sector=sector, nominating_partner=partner)
        seats.appoint(
            seat=seat, holder=_person(people, name), by=people[who.STAFF], route=Appointment.Route.APPOINTED,
            starts_on=since, in_post=True,
        )  # fmt: skip


def _person(people: dict[str, User], name: str) -> User:
    """Somebody invented; an account of their own where they have none."""
    if name not in people:
        people[name] = User.objects.create_user(who.address(name), name=name)
    return people[name]


class Book:
    """The record of a meeting in the hands of somebody who keeps it, minute by minute."""

    def __init__(self, meeting: Meeting, by: User, now: datetime) -> None:
        self.by, self.now = by, now
        self.sitting: Sitting = sittings.start(meeting=meeting, by=by, now=now)
        self.order = order_of_business.read(meeting)
        self.board = meeting.board

    def enter(self, kind: str, item: AgendaItem | None = None, /, *, seat: Seat | None = None, **facts: Any) -> None:
        self.now += timedelta(minutes=1)
        entries.enter(
            sitting=self.sitting, by=self.by, kind=kind, key=uuid4(), item=item, seat=seat, board=self.board, facts=facts,
            said_at=self.now, now=self.now,
        )  # fmt: skip

    def present(self, *, online: bool, apologies: str = "", substitute: str = "") -> None:
        """Everybody who holds a seat is there, but who sends apologies; a substitute sits for one."""
        for seat in self.order.seats_of(self.board):
            name = str(seat.holders[0].holder) if seat.holders else ""
            status = "online" if online else "room"
            if not name:
                continue
            self.enter(
                "attendance",
                seat=seat,
                status="apologies" if name in (apologies, substitute) else status,
                name=name,
                sits="holder",
            )
            if name == substitute:
                self.enter("attendance", seat=seat, status=status, name="Ann Pryce", sits="substitute")

    def outcome(self, item: AgendaItem, outcome: str, number: int = 0, **facts: Any) -> None:
        given: dict[str, Any] = {
            "recommendation": number,
            "text": "",
            "reasons": WHY,
            "votes": {},
            "mover": None,
            "seconder": None,
            "casting": "",
        }
        self.enter("outcome", item, outcome=outcome, **given | facts)


def record_of_2020(meeting: Meeting, staff: User) -> None:
    """What the board of 14 September 2020 may have said on its report: it met online, as the law let it then."""
    book = Book(meeting, staff, meeting.starts_at)
    book.present(online=True, apologies="Callum Reid", substitute="Joy Mensah")
    chair = next(seat for seat in book.order.seats_of(book.board) if seat.is_chair)
    book.enter("presides", seat=chair, name=f"{chair.holders[0].holder}")
    for business in book.order.items:
        item = business.row
        assert item is not None
        book.enter("item", item)
        healthwatch = next(seat for seat in book.order.seats_of(book.board) if seat.title == "Healthwatch")
        book.enter(
            "interest", item, seat=healthwatch, kind="registrable", nature="Her organisation may be asked to help. Illustrative.",
            withheld=False, mitigation="note", dispensation_by="", dispensation_until="",
        )  # fmt: skip
        for name in ("Sam Hepplewhite", "Hayley Ormandy"):
            book.enter("speaker", item, name=name)
        book.enter("note", item, text="The board asked how progress will be shown to residents. Illustrative.")
        for put in business.puts(book.board):
            book.outcome(
                item, "amended", put.number, text=f"{put.text} Progress is shown to residents each year. Illustrative."
            )
        book.enter("done", item, how="taken", because="")
    sittings.end(sitting=book.sitting, by=staff, now=book.now)
    for planned in meeting.planned_items.live():
        planned_item.say_result(item=planned, by=staff, result=f"{planned.result} {WHY}", now=book.now)


def record_of_executive_group(meeting: Meeting, staff: User) -> None:
    """The executive group of 20 May 2020: whether its purpose still stands, and four strands towards one plan."""
    book = Book(meeting, staff, meeting.starts_at)
    book.present(online=True)
    for business in book.order.items:
        item = business.row
        assert item is not None
        book.enter("item", item)
        if business.is_for_decision:
            book.outcome(item, "amended", text=purpose_of.DECIDED)
        else:
            book.enter(
                "note",
                item,
                text="Each strand named who leads it. Who else might be missed was asked of all. Illustrative.",
            )
        book.enter("done", item, how="taken", because="")
    sittings.end(sitting=book.sitting, by=staff, now=book.now)


def under_way(people: dict[str, User]) -> Meeting:
    """Adds a board, all of it invented, whose meeting began a little while ago and is at its third item."""
    staff, now = people[who.STAFF], timezone.now()
    board = boards.add(
        by=staff, name=NEIGHBOURHOOD, kind=Board.Kind.EXECUTIVE, starts_on=date(2024, 4, 1), regime=Board.Regime.OWN_TERMS,
        purpose="Decides on small sums for one neighbourhood. Illustrative.", quorum_number=3, illustrative=True,
    )  # fmt: skip
    chair = seats.add(board=board, by=staff, title="Chair", is_chair=True)
    since = date(2024, 4, 1)
    seats.appoint(
        seat=chair,
        holder=people[who.OTHER_CHAIR],
        by=staff,
        route=Appointment.Route.APPOINTED,
        starts_on=since,
        in_post=True,
    )
    _seat(people, board, since)
    practice.set_practice(board=board, by=staff, names_movers=True, has_casting_vote=True)
    meeting = _meeting_under_way(board, staff, now)
    _withhold_room(meeting, people)
    _take_two_items(meeting, people[who.OTHER_CHAIR], now)
    return meeting


def _meeting_under_way(board: Board, staff: User, now: datetime) -> Meeting:
    starts_at = now - BEGAN
    due = timezone.make_aware(datetime.combine(board.latest_day_to_publish(timezone.localdate(starts_at)), time(10)))
    facts = board_meeting.IN_PUBLIC | {"title": "Neighbourhood board in public"}
    meeting = board_meeting.add(
        board, staff, timezone.localdate(starts_at), published_at=due - timedelta(days=7), start="10:00", end="12:00",
        slug="neighbourhood-board-under-way", format=Meeting.Format.HYBRID, venue_name="Community hall (illustrative)",
        venue_address="Mill Street", venue_access="Level entrance and a hearing loop.",
        joining_link="https://meet.example.org/board", **facts,
    )  # fmt: skip
    # Staff would have planned it for this hour; no page plans a meeting that has started.
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=starts_at, ends_at=starts_at + LASTS)
    meeting.refresh_from_db()
    items = [{"title": title, "purpose": purpose, "presenter": presenter} for title, purpose, presenter in UNDER_WAY]
    topic = topics.add(board=board, by=staff, title=ROOM, about="Illustrative.", illustrative=True)
    room = planned_item.plan(
        topic=topic, board=board, by=staff, meeting=meeting, purpose="decision", role="decisive", lead=None, needs_report=False,
        now=due,
    )  # fmt: skip
    ground = SaidOfBoard(board, "own", "The rent is still being talked about. Illustrative.")
    classification.classify(
        thing=room, by=staff, said=Said((ground,), ROOM_IN_PUBLIC, timezone.localdate() + timedelta(days=90))
    )
    board_meeting.write_agenda(meeting, staff, items[:-1], minutes=15)
    agenda.fill_from_plan(meeting=meeting, by=staff)
    last: dict[str, Any] = items[-1] | {"summary": "", "documents": ()}
    agenda.write_item(meeting=meeting, by=staff, item=None, starts_at=starts_at + timedelta(minutes=100), **last)
    board_meeting.publish_agenda(meeting, due)
    return meeting


def _withhold_room(meeting: Meeting, people: dict[str, User]) -> None:
    """A member with an interest reads of the closed item what everybody reads, and why."""
    room = meeting.agenda_versions.published().get().items.get(title=ROOM)
    because = "Your organisation has asked the same landlord for a room. Illustrative."
    withholding.withhold(
        meeting=meeting, item=room, person=people[who.MEMBER], by=people[who.OTHER_CHAIR], because=because
    )


def _take_two_items(meeting: Meeting, chair: User, now: datetime) -> None:
    book = Book(meeting, chair, meeting.starts_at)
    book.present(online=False, apologies="Esther Quaye")
    seat = next(seat for seat in book.order.seats_of(book.board) if seat.is_chair)
    book.enter("presides", seat=seat, name=str(chair))
    book.enter("guest", name="Jo Marlow", role="Clerk (illustrative)")
    welcome, minutes, warm = (business.row for business in book.order.items[:3])
    assert welcome
    assert minutes
    assert warm
    book.enter("item", welcome)
    book.enter("done", welcome, how="taken", because="")
    book.enter("item", minutes)
    movers = [each.pk for each in book.order.seats_of(book.board) if each.holders][:2]
    book.outcome(minutes, "agreed", mover=movers[0], seconder=movers[1], reasons="")
    book.enter("item", warm)
    book.enter("speaker", warm, name="Nasreen Malik")
