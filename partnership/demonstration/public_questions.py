"""Questions that the public puts to boards that meet in public: all of them invented, and marked so."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.questions.actions import question as questions
from assemblies.questions.actions import question_rules
from assemblies.questions.models import Question
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import who
from partnership.demonstration.days import at

HOW = (
    "The chair reads your question out; you may do so yourself if you come. To ask by post or telephone, contact the "
    "partnership. Illustrative."
)
OFFICE = "The partnership’s office (illustrative)"


def of_2020(people: dict[str, User], meeting: Meeting) -> None:
    """The council's board takes questions from then on; one is put to it about the recovery plan, asked and answered."""
    take_questions(meeting.board, people[who.STAFF], minutes=15)
    chair = people[who.OTHER_CHAIR]
    item = AgendaItem.objects.get(version__meeting=meeting, title__contains="recovery plan")
    question = _ask(
        meeting, "Della Marsh", "Peckham", "How will people who are not online be able to say what they think of the plan, and "
        "where will they read what changed because of it?", at(date(2020, 9, 7), "19:30"), item=item,
    )  # fmt: skip
    questions.accept(question=question, by=chair, now=at(date(2020, 9, 9), "16:00"))
    questions.mark_asked(question=question, by=people[who.STAFF], now=at(date(2020, 9, 14), "10:20"))
    questions.reply(
        question=question, by=people[who.STAFF], by_name=OFFICE, now=at(date(2020, 9, 22), "11:00"),
        text="A summary of the plan in plain words is being written, and will also be printed. Groups that meet in person will "
        "be visited. What changed will be published beside the plan. This reply is illustrative.",
    )  # fmt: skip


def load(people: dict[str, User], board_in_public: Meeting) -> None:
    """The board in public ahead has one question of each kind: to decide on, accepted, rejected and answered."""
    staff, now = people[who.STAFF], timezone.now()
    take_questions(board_in_public.board, staff, minutes=20)
    asked = [
        _ask(board_in_public, name, area, text, now - timedelta(hours=40 - 6 * number))
        for number, (name, area, text) in enumerate(
            [
                (
                    "Winifred Cole",
                    "Friends of Birkenhead Library",
                    "Which buses will reach the new clinic in the evening?",
                ),
                ("Harun Aziz", "Toxteth", "Why did my neighbour wait nine weeks for her results?"),
                ("Jean Pickering", "Northwich", "How are carers heard before the board decides on respite care?"),
                ("Owain Rees", "", "When will the board say which of the parked topics it takes up next?"),
            ]
        )
    ]
    for question in (asked[0], asked[2]):
        questions.accept(question=question, by=staff, now=now - timedelta(hours=12))
    questions.reject(
        question=asked[1], by=staff, now=now - timedelta(hours=12),
        reason="It is about one person’s care, which the board does not discuss in public. We have told the asker who can help. "
        "Illustrative.",
    )  # fmt: skip
    questions.reply(
        question=asked[0], by=staff, by_name=OFFICE, now=now - timedelta(hours=3),
        text="Two lines stop there until 9.30pm from Monday to Saturday. This reply is illustrative.",
    )  # fmt: skip


def take_questions(board: Board, staff: User, minutes: int) -> None:
    question_rules.save(board=board, by=staff, takes_questions=True, minutes=minutes, how_to_ask=HOW)


def _ask(
    meeting: Meeting, name: str, area: str, text: str, now: datetime, *, item: AgendaItem | None = None
) -> Question:
    """Somebody who is named only if they gave an area, asks and confirms their address a little later."""
    question = questions.ask(
        meeting=meeting, board=meeting.board, by=None, name=name, email=who.address(name), organisation=area, may_name=bool(area),
        text=text, item=item, illustrative=True, now=now,
    )  # fmt: skip
    return questions.confirm(question=question, now=now + timedelta(minutes=20))
