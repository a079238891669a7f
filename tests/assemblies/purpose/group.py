"""A board with a purpose of three lines, a chair, member organisations with somebody in each, and a meeting ahead."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from assemblies.decisions.models import Decision
from assemblies.meetings.models import Meeting
from assemblies.purpose.actions import purpose_round, purpose_version
from assemblies.purpose.actions.purpose_version import Line
from assemblies.purpose.models import PurposeVersion, Round
from assemblies.voice.actions import partner_answer
from assemblies.voice.actions.partner_answer import View
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.partners.models import Partner
from tests import factories as make

LINES = ["We start with people", "We share what we have", "We speak with one voice"]
ANSWERS = ("stands", "change", "no_longer")


@dataclass
class Group:
    """The board and what belongs to it; `ask`, `answer` and `close` go through one round."""

    board: Board
    chair: User
    meeting: Meeting
    version: PurposeVersion
    partners: list[Partner] = field(default_factory=list)
    members: list[User] = field(default_factory=list)

    def join(self, name: str) -> Partner:
        """Another member organisation, which nominates a seat, with somebody who belongs to it."""
        partner = make.PartnerFactory(name=name)
        make.SeatFactory(board=self.board, title=f"Seat of {name}", nominating_partner=partner)
        self.partners.append(partner)
        self.members.append(make.UserFactory(name=f"{name} member"))
        make.MembershipFactory(user=self.members[-1], partner=partner)
        return partner

    def ask(self, **facts) -> Round:
        given = {"meeting": self.meeting, "by": self.chair, "key": uuid4()}
        given["closes_at"] = self.meeting.starts_at - timedelta(days=2)
        return purpose_round.open_round(board=self.board, **given | facts)

    def answer(self, asked: Round, number: int = 0, *stances: str, words: str = "", named: bool = False) -> None:
        """The organisation of that number says these of the lines in turn; words go with all that do not stand."""
        topics = list(asked.call.topics.all())
        views = {
            topic: View(stance, words if stance != "stands" else "")
            for topic, stance in zip(topics, stances or ["stands"] * len(topics), strict=True)
        }
        partner_answer.give(
            call=asked.call, partner=self.partners[number], by=self.members[number], views=views, named=named, seen=0
        )

    def close(self, asked: Round) -> Round:
        """The clock goes past its end."""
        purpose_round.close_due(now=asked.call.closes + timedelta(minutes=1))
        asked.refresh_from_db()
        return asked

    def decide(self, **facts) -> Decision:
        return make.DecisionFactory(board=self.board, title="Our purpose", **facts)

    def write(self, *texts: str, **facts) -> PurposeVersion:
        """The next version: each line continues the one in its place, as far as there is one."""
        before = list(self.version.lines.all())
        lines = [
            Line(text, before[place] if place < len(before) else None) for place, text in enumerate(texts or LINES)
        ]
        given = {"by": self.chair, "opening": self.version.opening, "seen": self.version.number}
        return purpose_version.write_next(board=self.board, lines=lines, **given | facts)


def group(*names: str) -> Group:
    """The board, and for each name a member organisation."""
    board = make.BoardFactory(name="Partnership Executive Group", slug="peg")
    chair = make.ChairFactory(seat__board=board, holder__name="Ruth Adeyemi").holder
    meeting = make.MeetingFactory(board=board, title="Executive Group", slug="peg-meets", kind="executive")
    version = purpose_version.enter_first(
        board=board, by=make.StaffFactory(), opening="We are here so that people live well", lines=LINES,
        in_force_from=date(2020, 3, 18), source="Paper of 20 May 2020", source_url="https://example.org/paper",
    )  # fmt: skip
    made = Group(board, chair, meeting, version)
    for name in names:
        made.join(name)
    return made


def tomorrow():
    return timezone.localdate() + timedelta(days=1)
