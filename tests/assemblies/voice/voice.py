"""What the tests of views and reports share: a seat, its holder, and partners it speaks for with their members."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.voice.actions import call as calls
from assemblies.voice.actions import member_run, partner_answer, report_back
from assemblies.voice.actions.partner_answer import View
from assemblies.voice.models import CallForViews, CallTopic, PartnerAnswer, ReportBack
from partnership.accounts.models import User
from partnership.boards.models import Appointment, Seat
from partnership.partners.models import Partner
from places.footprint.models import Place
from tests import factories as make


@dataclass
class Sector:
    """A seat that speaks for the voluntary sector on a board that meets in four weeks, with an agenda in force."""

    seat: Seat
    appointment: Appointment
    meeting: Meeting
    items: list[AgendaItem]
    partners: list[Partner] = field(default_factory=list)
    members: list[User] = field(default_factory=list)

    @property
    def holder(self) -> User:
        return self.appointment.holder

    def join(self, name: str, *, place: Place | None = None, email: str = "") -> Partner:
        """Another partner, with a member of its own."""
        partner = make.PartnerFactory(name=name)
        if place:
            place.partners.add(partner)
        user = make.UserFactory(name=f"{name} member", email=email or f"{name.lower().replace(' ', '.')}@example.org")
        make.MembershipFactory(user=user, partner=partner)
        self.partners.append(partner)
        self.members.append(user)
        return partner

    def ask(self, *, closes_at: datetime | None = None, emailed: bool = True, **facts) -> CallForViews:
        """The holder asks; with `emailed` the worker has written to everybody."""
        facts.setdefault("items", self.items if "question" not in facts else [])
        call = calls.open_call(
            meeting=self.meeting, seat=self.seat, by=self.holder, key=facts.pop("key", uuid4()),
            closes_at=closes_at or self.meeting.starts_at - timedelta(days=2), **facts,
        )  # fmt: skip
        if emailed:
            member_run.resume()
        return call

    def report(self, text: str = "Well.", *, emailed: bool = True, **facts) -> ReportBack:
        """The holder reports back; with `emailed` the worker has written to everybody."""
        report = report_back.report(
            meeting=self.meeting, seat=self.seat, by=facts.pop("by", self.holder), text=text, **facts
        )
        if emailed:
            member_run.resume()
        return report

    def answer(
        self, call: CallForViews, number: int, *stances: str, words: str = "", named: bool = False
    ) -> PartnerAnswer:
        """Partner and member of that number answer the topics in turn; the last stance goes for the rest."""
        topics = list(call.topics.all())
        given = [*stances, *[stances[-1]] * len(topics)]
        views = {topic: View(stance, words) for topic, stance in zip(topics, given, strict=False)}
        return give(call, self.partners[number], self.members[number], views, named=named)


def give(call, partner, member, views: dict[CallTopic, View], *, named: bool = False, seen: int = 0) -> PartnerAnswer:
    return partner_answer.give(call=call, partner=partner, by=member, views=views, named=named, seen=seen)


def sector(*names: str) -> Sector:
    """The seat and, for each name, a partner it speaks for."""
    seat = make.SeatFactory(title="VCFSE representative", sector="vcfse", board__name="Health and Wellbeing Board")
    appointment = make.AppointmentFactory(seat=seat, holder__name="Rae Presents", holder__email="rae@example.org")
    meeting = make.MeetingFactory(title="Board in public", slug="board-in-public", kind="board", board=seat.board)
    agenda = make.AgendaVersionFactory(meeting=meeting, number=1)
    items = [
        make.AgendaItemFactory(version=agenda, position=1, title="Community transport"),
        make.AgendaItemFactory(version=agenda, position=2, title="Winter plan"),
    ]
    made = Sector(seat, appointment, meeting, items)
    for name in names:
        made.join(name)
    return made


def over(meeting: Meeting) -> Meeting:
    """The meeting, held yesterday."""
    meeting.starts_at, meeting.ends_at = timezone.now() - timedelta(hours=27), timezone.now() - timedelta(hours=24)
    meeting.state = Meeting.State.HELD
    meeting.save()
    return meeting
