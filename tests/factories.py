"""Rows for tests: plausible, small, and public unless a test says otherwise."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone

from assemblies.invitations.models import Invitation
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings.models import Meeting, MeetingMove, MeetingPlace
from assemblies.organising.models import ReminderRule
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, ProgrammeVersion, Session
from assemblies.registrations.models import ExitQuestion, Registration
from assemblies.voice.models import CallForViews, ReportBack
from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board, InductionItem, InductionStep, JargonTerm, Seat, TermsVersion
from partnership.partners.models import Contact, Membership, Partner
from partnership.posts.models import Application, PanelMember, Post
from places.footprint.models import Place, PlaceLead
from tests.counters import CountingFactory

LONDON = ZoneInfo("Europe/London")


def in_days(days: int, hour: int = 9, minute: int = 30) -> datetime:
    """Returns a time of day so many days from today, in London."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), datetime.min.time(), LONDON).replace(
        hour=hour, minute=minute
    )


class UserFactory(CountingFactory):
    """Somebody who can do what they may: with the second factor that staff and chairs need, unless told otherwise."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @factory.post_generation
    def second_factor(self, create, wanted, **_):
        if create and wanted is not False:
            Authenticator.objects.create(user=self, type=Authenticator.Type.TOTP, data={})


class StaffFactory(UserFactory):
    is_staff = True


class PartnerFactory(CountingFactory):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Partner {n}")
    slug = factory.Sequence(lambda n: f"partner-{n}")
    kind = Partner.Kind.VCFSE
    state = Partner.State.LISTED
    closed_on = factory.LazyAttribute(lambda row: timezone.localdate() if row.state == "closed" else None)


class ContactFactory(CountingFactory):
    class Meta:
        model = Contact

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    role = "Chief officer"
    email = factory.Sequence(lambda n: f"contact{n}@example.org")


class MembershipFactory(CountingFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    partner = factory.SubFactory(PartnerFactory)
    state = Membership.State.ACCEPTED
    decided_at = factory.LazyFunction(timezone.now)


class BoardFactory(CountingFactory):
    class Meta:
        model = Board

    name = factory.Sequence(lambda n: f"Board {n}")
    slug = factory.Sequence(lambda n: f"board-{n}")
    kind = Board.Kind.FORUM


class ChairSeatFactory(CountingFactory):
    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    title = "Chair"
    is_chair = True


class ChairFactory(CountingFactory):
    """An appointment to a chair's seat: `ChairFactory(seat__board=board, holder=user)`."""

    class Meta:
        model = Appointment

    seat = factory.SubFactory(ChairSeatFactory)
    holder = factory.SubFactory(UserFactory)
    route = Appointment.Route.APPOINTED
    starts_on = date(2020, 1, 1)


class SeatFactory(CountingFactory):
    """A seat that is not the chair's, and speaks for everybody unless told otherwise."""

    class Meta:
        model = Seat

    board = factory.SubFactory(BoardFactory)
    title = factory.Sequence(lambda n: f"Seat {n}")


class AppointmentFactory(CountingFactory):
    """Somebody who holds a seat: `AppointmentFactory(seat=seat, holder=user)`."""

    class Meta:
        model = Appointment

    seat = factory.SubFactory(SeatFactory)
    holder = factory.SubFactory(UserFactory)
    route = Appointment.Route.ELECTED
    starts_on = date(2020, 1, 1)


class TermsVersionFactory(CountingFactory):
    class Meta:
        model = TermsVersion

    board = factory.SubFactory(BoardFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    text = "# What we are for"
    adopted_on = date(2020, 1, 1)
    added_by = factory.SubFactory(UserFactory)


class InductionStepFactory(CountingFactory):
    class Meta:
        model = InductionStep

    title = factory.Sequence(lambda n: f"Step {n}")


class InductionItemFactory(CountingFactory):
    """A step somebody has still to do: `InductionItemFactory(appointment__holder=user)`."""

    class Meta:
        model = InductionItem

    appointment = factory.SubFactory(ChairFactory)
    step = factory.SubFactory(InductionStepFactory)
    title = factory.SelfAttribute("step.title")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class JargonTermFactory(CountingFactory):
    class Meta:
        model = JargonTerm

    term = factory.Sequence(lambda n: f"Word {n}")
    meaning = "What it means."


class PostFactory(CountingFactory):
    """A post that is advertised for two weeks more."""

    class Meta:
        model = Post

    seat = factory.SubFactory(ChairSeatFactory)
    title = factory.Sequence(lambda n: f"Independent chair {n}")
    slug = factory.Sequence(lambda n: f"independent-chair-{n}")
    summary = "Leads the alliance."
    outline = "posts/none.pdf"
    outline_type = "application/pdf"
    outline_size = 4096
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    term_starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))
    state = Post.State.ADVERTISED


class PanelMemberFactory(CountingFactory):
    """Somebody on a panel who has said that they have no conflict of interest."""

    class Meta:
        model = PanelMember

    post = factory.SubFactory(PostFactory)
    user = factory.SubFactory(UserFactory)
    has_conflict = False
    declared_at = factory.LazyAttribute(lambda member: None if member.has_conflict is None else timezone.now())


class ApplicationFactory(CountingFactory):
    class Meta:
        model = Application

    post = factory.SubFactory(PostFactory)
    name = factory.Sequence(lambda n: f"Applicant {n}")
    email = factory.Sequence(lambda n: f"applicant{n}@example.org")
    statement = "I would listen first."


class PlaceFactory(CountingFactory):
    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Place {n}")
    slug = factory.Sequence(lambda n: f"place-{n}")
    system = "Cheshire and Merseyside"


class PlaceLeadFactory(CountingFactory):
    class Meta:
        model = PlaceLead

    place = factory.SubFactory(PlaceFactory)
    user = factory.SubFactory(UserFactory)
    starts_on = date(2020, 1, 1)


class MeetingFactory(CountingFactory):
    """A published assembly four weeks ahead, online, open to all."""

    class Meta:
        model = Meeting

    title = factory.Sequence(lambda n: f"Assembly {n}")
    slug = factory.Sequence(lambda n: f"assembly-{n}")
    kind = Meeting.Kind.ASSEMBLY
    board = factory.SubFactory(BoardFactory)
    summary = "What has to happen now."
    starts_at = factory.LazyFunction(lambda: in_days(28))
    ends_at = factory.LazyAttribute(lambda meeting: meeting.starts_at + timedelta(hours=3))
    state = Meeting.State.PUBLISHED
    published_at = factory.LazyAttribute(
        lambda meeting: None if meeting.state == Meeting.State.DRAFT else timezone.now()
    )


class MeetingPlaceFactory(CountingFactory):
    class Meta:
        model = MeetingPlace

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.SubFactory(PlaceFactory)


class MeetingMoveFactory(CountingFactory):
    class Meta:
        model = MeetingMove

    meeting = factory.SubFactory(MeetingFactory)
    new_starts_at = factory.SelfAttribute("meeting.starts_at")
    new_ends_at = factory.SelfAttribute("meeting.ends_at")
    old_starts_at = factory.LazyAttribute(lambda move: move.new_starts_at - timedelta(days=7))
    old_ends_at = factory.LazyAttribute(lambda move: move.new_ends_at - timedelta(days=7))


class ProgrammeVersionFactory(CountingFactory):
    """A released programme."""

    class Meta:
        model = ProgrammeVersion

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    state = ProgrammeVersion.State.RELEASED
    released_at = factory.LazyFunction(timezone.now)


class SessionFactory(CountingFactory):
    class Meta:
        model = Session

    version = factory.SubFactory(ProgrammeVersionFactory)
    starts_at = factory.SelfAttribute("version.meeting.starts_at")
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(minutes=20))
    title = factory.Sequence(lambda n: f"Session {n}")


class AgendaVersionFactory(CountingFactory):
    """A published agenda."""

    class Meta:
        model = AgendaVersion

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    state = AgendaVersion.State.PUBLISHED
    change_note = "A new item."
    due_on = factory.LazyAttribute(lambda version: version.meeting.starts_at.date() - timedelta(days=8))
    published_at = factory.LazyFunction(timezone.now)
    published_by = factory.SubFactory(UserFactory)


class AgendaItemFactory(CountingFactory):
    class Meta:
        model = AgendaItem

    version = factory.SubFactory(AgendaVersionFactory)
    position = factory.Sequence(lambda n: n % 30_000 + 1)
    title = factory.Sequence(lambda n: f"Item {n}")
    purpose = AgendaItem.Purpose.DISCUSSION


class DocumentFactory(CountingFactory):
    """A released document: give it `file=ContentFile(b"…", name="a.pdf")` where its bytes matter."""

    class Meta:
        model = Document

    meeting = factory.SubFactory(MeetingFactory)
    kind = Document.Kind.SLIDES
    title = factory.Sequence(lambda n: f"Document {n}")
    file = "documents/none.pdf"
    content_type = "application/pdf"
    extension = "pdf"
    size = 4096
    sha256 = "0" * 64
    released_at = factory.LazyFunction(timezone.now)


class ExitQuestionFactory(CountingFactory):
    class Meta:
        model = ExitQuestion

    meeting = factory.SubFactory(MeetingFactory)
    kind = ExitQuestion.Kind.WILL_DO
    text = "What I will do for my place is…"


class InvitationFactory(CountingFactory):
    """An invitation that has been sent."""

    class Meta:
        model = Invitation

    meeting = factory.SubFactory(MeetingFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    name = factory.Sequence(lambda n: f"Invited {n}")
    sent_at = factory.LazyFunction(timezone.now)


class RegistrationFactory(CountingFactory):
    """Somebody with a place."""

    class Meta:
        model = Registration

    meeting = factory.SubFactory(MeetingFactory)
    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    name = factory.Sequence(lambda n: f"Guest {n}")
    attendance = Registration.Attendance.ONLINE
    source = Registration.Source.PUBLIC
    state = Registration.State.REGISTERED
    seat_number = factory.Sequence(lambda n: n + 1)
    confirmed_at = factory.LazyFunction(timezone.now)


class InvitationListFactory(CountingFactory):
    """A list its place has signed off."""

    class Meta:
        model = InvitationList

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.SubFactory(PlaceFactory)
    state = InvitationList.State.SIGNED_OFF
    signed_off_at = factory.LazyAttribute(
        lambda listed: None if listed.state == InvitationList.State.OPEN else timezone.now()
    )


class ListEntryFactory(CountingFactory):
    class Meta:
        model = ListEntry

    list = factory.SubFactory(InvitationListFactory)
    email = factory.Sequence(lambda n: f"listed{n}@example.org")
    name = factory.Sequence(lambda n: f"Listed {n}")


class ReminderRuleFactory(CountingFactory):
    """A day before the start, to everybody with a place."""

    class Meta:
        model = ReminderRule

    meeting = factory.SubFactory(MeetingFactory)
    anchor = ReminderRule.Anchor.START
    minutes = 24 * 60
    audience = ReminderRule.Audience.COMING
    subject = "Nearly here: {meeting}"
    text = "Dear {name},\n\n{meeting} is on {when}."


class CallFactory(CountingFactory):
    """An open call for views: `CallFactory(asked=[partner], item=item)`; without an item it asks a question."""

    class Meta:
        model = CallForViews
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.SubFactory(SeatFactory, board=factory.SelfAttribute("..meeting.board"))
    closes_at = factory.LazyAttribute(lambda call: call.meeting.starts_at - timedelta(days=2))
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def asked(self, create, partners, **_):
        self.asked.set(partners or [])

    @factory.post_generation
    def item(self, create, item, **_):
        question = "" if item else "What matters most to the people you work with?"
        self.topics.create(position=1, item=item, question=question)


class ReportBackFactory(CountingFactory):
    """A report back to those named: `ReportBackFactory(told=[partner])`."""

    class Meta:
        model = ReportBack
        skip_postgeneration_save = True

    meeting = factory.SubFactory(MeetingFactory)
    seat = factory.SubFactory(SeatFactory, board=factory.SelfAttribute("..meeting.board"))
    text = "It was agreed, with your change."
    made_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def told(self, create, partners, **_):
        self.told.set(partners or [])
