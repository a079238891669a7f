"""Views on their way up and reports on their way back: what the voluntary sector's representative asked, all invented."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion
from assemblies.voice.actions import call as calls
from assemblies.voice.actions import input_mark, report_back, report_correction
from assemblies.voice.actions.report_back import Outcome
from assemblies.voice.models import CallForViews, MemberRun, PartnerAnswer, TopicView
from partnership import states
from partnership.accounts.models import User
from partnership.boards.models import Board, Seat
from partnership.demonstration import assembly, bodies, who

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


def load(people: dict[str, User], boards: dict[str, Board], coming: Meeting) -> None:
    """One round that is complete, one whose report is due, and one that is open and waits for the member's answer."""
    board, holder = boards[bodies.ASSEMBLY_HOST], people[who.REPRESENTATIVE]
    seat = board.seats.get(appointments__holder=holder)
    done = _meeting(board, people, 33)
    report_on = _meeting(board, people, 5)
    for meeting in (done, report_on):
        call = _ask(meeting, seat, holder, items=calls.items_in_sight(meeting), before=12)
        _answer(call, two_of_three=True)
        states.move(meeting, Meeting.State.HELD)
    _report(done, seat, holder)
    question = "Should every partner give its staff an hour a month to help a community group?"
    closes_at = assembly.at(timezone.localdate() + timedelta(days=14), "17:00")
    call = calls.open_call(
        meeting=coming, seat=seat, by=holder, key=uuid4(), closes_at=closes_at, question=question,
        words="Tell me what it would change for the people you work with.",
    )  # fmt: skip
    _answer(call, two_of_three=False, leave_out=people[who.MEMBER])


def _meeting(board: Board, people: dict[str, User], days_ago: int) -> Meeting:
    day = timezone.localdate() - timedelta(days=days_ago)
    day -= timedelta(days=max(0, day.weekday() - 4))  # boards do not meet at weekends
    meeting = Meeting.objects.create(
        title="Partnership Board in public",
        slug=f"partnership-board-{day:%d-%B-%Y}".lower(),
        kind=Meeting.Kind.BOARD,
        board=board,
        summary="The board meets in public. Illustrative: this meeting is invented.",
        starts_at=assembly.at(day, "14:00"),
        ends_at=assembly.at(day, "16:00"),
        state=Meeting.State.PUBLISHED,
        published_at=assembly.at(day - timedelta(days=30), "09:00"),
        created_by=people[who.STAFF],
        illustrative=True,
    )
    version = AgendaVersion.objects.create(
        meeting=meeting,
        number=1,
        state=AgendaVersion.State.PUBLISHED,
        due_on=board.latest_day_to_publish(day),
        published_at=assembly.at(day - timedelta(days=20), "09:00"),
        published_by=people[who.CHAIR],
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(version=version, position=position, title=title, purpose=purpose, summary=summary)
        for position, (title, purpose, summary) in enumerate(ITEMS, start=1)
    )
    return meeting


def _ask(meeting: Meeting, seat: Seat, holder: User, *, items: list[AgendaItem], before: int) -> CallForViews:
    """Opened as many days before the meeting as `before`; its mails are long past and never leave."""
    when = meeting.starts_at - timedelta(days=before)
    call = calls.open_call(
        meeting=meeting, seat=seat, by=holder, key=uuid4(), items=items, words="What would make this work for you?",
        closes_at=meeting.starts_at - timedelta(days=2), now=when,
    )  # fmt: skip
    MemberRun.objects.filter(call=call).update(**_long_ago(when))
    return call


def _long_ago(when: datetime) -> dict[str, object]:
    """Of a run whose mails left weeks ago, so that none leaves now."""
    return {"started_at": when, "finished_at": when, "queued": F("total")}


def _answer(call: CallForViews, *, two_of_three: bool, leave_out: User | None = None) -> None:
    """Answers of every third partner, or of two in three, as their invented members gave them."""
    partners = call.asked.exclude(memberships__user=leave_out) if leave_out else call.asked.all()
    topics = list(call.topics.all())
    for number, partner in enumerate(partners.order_by("name")):
        if (number % 3 < 2) is not two_of_three:
            continue
        answer = PartnerAnswer.objects.create(
            call=call, partner=partner, named=number % 2 == 0, given_at=call.opened_at + timedelta(hours=number)
        )
        views = [TopicView(answer=answer, topic=topic) for topic in topics]
        for place, view in enumerate(views):
            view.stance, view.words = SAID[(number + 2 * place + number // 5) % len(SAID)]
        TopicView.objects.bulk_create(views)


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
    MemberRun.objects.filter(report=made).update(**_long_ago(when))
    later = when + timedelta(days=2)
    corrected = report_correction.correct(
        report=made, by=holder, text=REPORT.replace("ten days", "fourteen days"), outcomes=outcomes, seen=0, now=later,
        note="Volunteers are paid back within fourteen days, not ten. I had misheard it.",
    )  # fmt: skip
    MemberRun.objects.filter(correction=corrected).update(**_long_ago(later))
    how = "An evening route was added. Carers and volunteers had asked for it."
    input_mark.mark(item=first, by=holder, seat=seat, how=how, now=when)
