"""Views on their way up and reports on their way back: what the voluntary sector's representative asked, all invented."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.papers.models import AgendaItem
from assemblies.voice.actions import call as calls
from assemblies.voice.actions import input_mark, partner_answer, report_back, report_correction
from assemblies.voice.actions.partner_answer import View
from assemblies.voice.actions.report_back import Outcome
from assemblies.voice.models import CallForViews, MemberRun
from partnership.accounts.models import User
from partnership.boards.models import Board, Seat
from partnership.demonstration import board_meeting, bodies, who
from partnership.demonstration.days import at, from_today, meeting_day_until
from partnership.partners.models import Membership

ITEMS = [
    ("Transport to appointments", "decision", "Two routes are proposed, and how volunteers are paid back."),
    ("Who is asked before a service moves", "discussion", ""),
]
SAID = [
    ("support", "It would let people keep appointments that they miss today."),
    ("changes", "Pay volunteers back within a week. Many cannot wait for a month."),
    ("support", ""),
    ("concerns", "Nobody asked the villages without a bus."),
    ("none", ""),
    ("changes", "Run the evening route too: carers come after work."),
]
REPORT = """The board agreed the routes, **with an evening run added** because so many of you asked for it.

Volunteers will be paid back within ten days. We asked for a week; the finance team will say in spring whether it can."""


def load(people: dict[str, User], boards: dict[str, Board]) -> None:
    """One round that is complete, and one whose report is due."""
    board, holder = boards[bodies.ASSEMBLY_HOST], people[who.REPRESENTATIVE]
    seat = _seat(board, holder)
    done, report_on = _meeting(board, people[who.STAFF], 33), _meeting(board, people[who.STAFF], 5)
    for meeting in (done, report_on):
        call = _ask(meeting, seat, holder, items=calls.items_in_sight(meeting), before=12)
        _answer(call, two_of_three=True)
        meetings.hold(meeting=meeting, by=people[who.STAFF])
    _report(done, seat, holder)


def ahead(people: dict[str, User], boards: dict[str, Board], coming: Meeting) -> None:
    """One round that is open, about the coming assembly, and waits for the member's answer."""
    holder = people[who.REPRESENTATIVE]
    call = calls.open_call(
        meeting=coming, seat=_seat(boards[bodies.ASSEMBLY_HOST], holder), by=holder, key=uuid4(),
        closes_at=from_today(14, "17:00"),
        question="Should every partner give its staff an hour a month to help a community group?",
        words="Tell me what it would change for the people you work with.",
    )  # fmt: skip
    _answer(call, two_of_three=False, leave_out=people[who.MEMBER])


def _seat(board: Board, holder: User) -> Seat:
    return board.seats.get(appointments__holder=holder)


def _meeting(board: Board, staff: User, days_ago: int) -> Meeting:
    day = meeting_day_until(timezone.localdate() - timedelta(days=days_ago))
    meeting = board_meeting.add(
        board, staff, day, published_at=at(day - timedelta(days=30), "09:00"), start="14:00", end="16:00",
        **board_meeting.IN_PUBLIC, **board_meeting.ONLINE,
    )  # fmt: skip
    items = [{"title": title, "purpose": purpose, "summary": summary} for title, purpose, summary in ITEMS]
    board_meeting.write_agenda(meeting, staff, items, minutes=30)
    board_meeting.publish_agenda(meeting, at(day - timedelta(days=20), "09:00"))
    return meeting


def _ask(meeting: Meeting, seat: Seat, holder: User, *, items: list[AgendaItem], before: int) -> CallForViews:
    """Opened as many days before the meeting as `before`; its emails are long past and never leave."""
    when = meeting.starts_at - timedelta(days=before)
    call = calls.open_call(
        meeting=meeting, seat=seat, by=holder, key=uuid4(), items=items, words="What would make this work for you?",
        closes_at=meeting.starts_at - timedelta(days=2), now=when,
    )  # fmt: skip
    _told(when, call=call)
    return call


def _told(when: datetime, **what) -> None:
    """Their emails left then, and none leaves now: only a worker writes how far it has come, as it queues them."""
    MemberRun.objects.filter(**what).update(started_at=when, finished_at=when, queued=F("total"))


def _answer(call: CallForViews, *, two_of_three: bool, leave_out: User | None = None) -> None:
    """Every third partner, or two in three, answer: one of their people for each, an hour after the one before."""
    asked = call.asked.exclude(memberships__user=leave_out) if leave_out else call.asked.all()
    people = Membership.objects.accepted().filter(partner__in=asked).select_related("user", "partner")
    by = {membership.partner: membership.user for membership in people.order_by("partner__name", "-pk")}
    topics = list(call.topics.all())
    for number, (partner, person) in enumerate(by.items()):
        if (number % 3 < 2) is not two_of_three:
            continue
        views = {
            topic: View(*SAID[(number + 2 * place + number // 5) % len(SAID)]) for place, topic in enumerate(topics)
        }
        when = min(call.opened_at + timedelta(hours=number), timezone.now())
        partner_answer.give(
            call=call, partner=partner, by=person, views=views, named=number % 2 == 0, seen=0, now=when
        )  # fmt: skip


def _report(meeting: Meeting, seat: Seat, holder: User) -> None:
    first, second = calls.items_in_sight(meeting)
    outcomes = [
        Outcome(first.title, "Agreed, with an evening route.", first),
        Outcome(second.title, "Talked about; it comes back in spring.", second),
    ]
    when = meeting.ends_at + timedelta(days=5)
    made = report_back.report(
        meeting=meeting, seat=seat, by=holder, text=REPORT, outcomes=outcomes, public=True, now=when
    )
    _told(when, report=made)
    later = when + timedelta(days=2)
    corrected = report_correction.correct(
        report=made, by=holder, text=REPORT.replace("ten days", "fourteen days"), outcomes=outcomes, seen=0, now=later,
        note="Volunteers are paid back within fourteen days, not ten. I had misheard it.",
    )  # fmt: skip
    _told(later, correction=corrected)
    how = "An evening route was added. Carers and volunteers had asked for it."
    input_mark.mark(item=first, by=holder, seat=seat, how=how, now=when)
