"""The purpose of the Leeds group of March 2020, in our own words after its public paper of May 2020, which asks whether all of it
is still valid. What its member organisations answered is invented, and so is the version that followed."""

from datetime import date, timedelta
from uuid import uuid4

from assemblies.decisions.models import Decision
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.purpose.actions import purpose_round, purpose_version
from assemblies.purpose.actions.purpose_version import Line
from assemblies.purpose.models import PurposeVersion
from assemblies.voice.actions import partner_answer
from assemblies.voice.actions.partner_answer import View
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration.days import at
from partnership.partners.actions import membership
from partnership.partners.models import Partner

AGREED_ON = date(2020, 3, 31)  # in March: the paper names no day
SOURCE = "Partnership Executive Group, paper of 20 May 2020, in our own words. It was agreed in March; the paper gives no day."
OPENING = (
    "We are here to narrow unfair gaps in health, by sharing the way we work and how we treat one another, so that health and "
    "care act together and put people first. We do this by:"
)
LINES = [
    "Keeping to three principles: people come first, we do what we say, and all of us are one team for Leeds",
    "Listening to residents and staff, and working alongside them",
    "Thinking again about how care reaches a person, so that it feels like one service from start to end",
    "Keeping the city’s three main goals in sight, and leading for the city before our own organisation",
    "Taking charge together of results, data, efficiency, quality and money wherever these hold care back",
    "Clearing obstacles inside partners and between them, using every opening, and doing nothing twice",
    "Following one plan for change, in which what is urgent today serves what matters in ten years",
    "Agreeing what we say for the city, and all of us saying it",
    "Using our joint weight in the region and with national bodies",
]
# line, counted from one: how an organisation would change it
COUNCIL = {2: "Say that we also tell people what followed (illustrative)"}
SECTOR = {
    2: "Add the people who use no service at all (illustrative)",
    9: "Say what for: fair funding for every part of the city (illustrative)",
}
TRUST: dict[int, str] = {}
ANSWERED = [  # seat, days after it was asked, whether it may be quoted by name, what it would change
    ("Council", 2, True, COUNCIL),
    ("Third sector", 4, True, SECTOR),
    ("NHS trusts", 8, False, TRUST),
]
REWORDED = {
    2: "Listening to residents and staff, also those who use no service, and telling them what followed",
    9: "Using our joint weight in the region and with national bodies, for fair funding of every part of the city",
}
ASKED_BEFORE, CLOSES_BEFORE = timedelta(days=15), timedelta(days=3)
WORDS = "Much has changed since March. Which lines still hold? Illustrative: these answers are invented."
DECIDED = "Seven lines stand as they are. Line 2 and line 9 say more, as members asked. Illustrative."


def enter(board: Board, by: User) -> PurposeVersion:
    """The purpose as it was agreed in March 2020."""
    return purpose_version.enter_first(
        board=board, by=by, opening=OPENING, lines=LINES, in_force_from=AGREED_ON, source=SOURCE,
        now=at(date(2020, 4, 20), "10:00"),
    )  # fmt: skip


def ask(meeting: Meeting, staff: User) -> PlannedItem:
    """The round before the meeting of May 2020, which is over before it; returns the item that was planned for it."""
    board, when = meeting.board, meeting.starts_at - ASKED_BEFORE
    chair = board.chair_on(when.date())
    asked = purpose_round.open_round(
        board=board, meeting=meeting, by=chair, closes_at=meeting.starts_at - CLOSES_BEFORE, key=uuid4(), words=WORDS,
        now=when,
    )  # fmt: skip
    topics = list(asked.call.topics.all())
    for title, days, named, changes in ANSWERED:
        seat = board.seats.get(title=title)
        partner = Partner.objects.get(seats_it_fills=seat)
        views = {
            topic: View("change" if number in changes else "stands", changes.get(number, ""))
            for number, topic in enumerate(topics, start=1)
        }
        holder = seat.appointments.get().holder
        belongs = membership.ask(by=holder, partner=partner, role="Illustrative")
        membership.accept(membership=belongs, by=staff)
        partner_answer.give(
            call=asked.call, partner=partner, by=holder, views=views, named=named, seen=0, now=when + timedelta(days=days)
        )  # fmt: skip
    purpose_round.close_due(now=asked.call.closes)
    assert asked.planned is not None
    return asked.planned


def follow(meeting: Meeting, by: User) -> PurposeVersion:
    """The second version, after what the meeting decided."""
    before = meeting.board.purpose_versions.get()
    lines = [Line(REWORDED.get(line.position, line.text), line) for line in before.lines.all()]
    decision = Decision.objects.get(meeting=meeting, board=meeting.board, outcome=Decision.Outcome.AMENDED)
    return purpose_version.write_next(
        board=meeting.board, by=by, opening=OPENING, lines=lines, seen=1, decision=decision, illustrative=True,
        now=meeting.ends_at + timedelta(days=7),
    )  # fmt: skip
