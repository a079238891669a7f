"""What needs a person now is asked in one query for each app (two for staff), for one thing as for five."""

import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from assemblies.invitations.models import InvitationRun
from assemblies.voice.models import TopicSummary
from partnership import todo
from partnership.accounts import second_factor
from partnership.accounts.models import User
from partnership.page_cache import stamp
from partnership.partners.models import Membership
from tests import factories as make
from tests.assemblies.papers.signing import now as now_of
from tests.assemblies.papers.signing import submitted
from tests.partnership.elections.election_world import election_of, stand
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)  # as on a real page: what is cached stays so

DAY = timedelta(days=1)


@dataclass
class Role:
    """Somebody, what to add so that more needs them, and how many to-dos the first of each makes."""

    person: User
    add: Callable[[], None]
    kinds: int


def staff() -> Role:
    person, now = make.StaffFactory(), timezone.now()

    def add() -> None:
        make.MeetingFactory(state="draft")
        make.MeetingFactory(starts_at=now - 2 * DAY, ends_at=now - DAY)
        meeting = make.MeetingFactory(starts_at=now + 10 * DAY)
        make.InvitationListFactory(meeting=meeting, state="open", due_on=timezone.localdate())
        make.ListEntryFactory(list__meeting=meeting)
        InvitationRun.objects.create(meeting=meeting, purpose="invite", key=uuid4(), total=2)
        make.InvitationFactory(meeting=meeting, message=make.MessageFactory(state="failed"))
        Membership.objects.create(user=make.UserFactory(), partner=make.PartnerFactory())
        make.SeatFactory()
        make.AppointmentFactory(ends_on=timezone.localdate())
        make.InductionItemFactory(due_on=timezone.localdate() - DAY)
        election_of(state="voting").election.roll.update(person=None)
        make.MeetingFactory(board__ends_on=timezone.localdate())
        topic = make.CallFactory(meeting=meeting).topics.create(position=9, question="What matters?")
        paper = make.DocumentFactory(meeting=meeting, released_at=None)
        TopicSummary.objects.create(topic=topic, text="Buses.", paper=paper, made_at=now)
        make.ImportedFileFactory.create_batch(2, batch=make.PaperImportFactory(uploaded_by=person))
        make.LedItemFactory(meeting=meeting, lead=None, report_due_on=timezone.localdate())
        make.LedItemFactory(meeting=meeting, report_due_on=timezone.localdate() - DAY)
        make.PlannedItemFactory(meeting=make.MeetingFactory(state="held", starts_at=now - 2 * DAY, ends_at=now - DAY))
        make.ParkedTopicFactory(parked_at=now - 91 * DAY)
        step = now_of(submitted("Finance"))
        type(step).objects.filter(pk=step.pk).update(due_on=timezone.localdate() - DAY)
        make.MeetingPackFactory(state="failed", failed_because="It is too large")
        make.QuestionFactory(meeting=meeting)
        make.AcceptedQuestionFactory(
            meeting__starts_at=now - 2 * DAY, meeting__ends_at=now - DAY, meeting__state="held"
        )

    return Role(person, add, kinds=25)


def chair() -> Role:
    term = make.ChairFactory()

    def add() -> None:
        make.MeetingFactory(board=term.seat.board)
        changed = make.MeetingFactory(board=term.seat.board)
        make.AgendaVersionFactory(meeting=changed, number=1)
        make.AgendaItemFactory(version=make.AgendaVersionFactory(meeting=changed, number=2, state="draft"))
        make.SeatFactory(nominating_board=term.seat.board)
        ending = make.SeatFactory(nominating_board=term.seat.board)
        make.AppointmentFactory(seat=ending, ends_on=timezone.localdate())
        make.LedItemFactory(board=term.seat.board, lead=None, report_due_on=timezone.localdate())
        make.ParkedTopicFactory(board=term.seat.board, parked_at=timezone.now() - 91 * DAY)
        signed = submitted(item__board=term.seat.board)
        out = make.AgendaVersionFactory(meeting=signed.item.meeting, number=1)
        make.AgendaItemFactory(version=out, planned=signed.item)
        make.MeetingPackFactory(agenda=out, state="failed", failed_because="It is too large")

    return Role(term.holder, add, kinds=10)


def lead() -> Role:
    place_lead = make.PlaceLeadFactory()

    def add() -> None:
        part = make.MeetingPlaceFactory(place=place_lead.place)
        make.InvitationListFactory(
            meeting=part.meeting, place=place_lead.place, state="open", due_on=timezone.localdate()
        )

    return Role(place_lead.user, add, kinds=2)


def representative() -> Role:
    term, now = make.AppointmentFactory(), timezone.now()
    seat = {"seat": term.seat, "opened_at": now - 9 * DAY, "closes_at": now - 3 * DAY}

    def add() -> None:
        over = make.MeetingFactory(board=term.seat.board, starts_at=now - 2 * DAY, ends_at=now - DAY)
        make.CallFactory(meeting=over, **seat)
        call = make.CallFactory(meeting=make.MeetingFactory(board=term.seat.board), **seat)
        call.answers.create(partner=make.PartnerFactory(), given_at=now)
        make.InductionItemFactory(appointment=term)

    return Role(term.holder, add, kinds=5)


def member() -> Role:
    membership, now = make.MembershipFactory(part="officer"), timezone.now()
    person, partner = membership.user, membership.partner

    def add() -> None:
        make.InvitationFactory(email=person.email)
        make.RegistrationFactory(email=person.email, state="offered", offered_until=now + DAY)
        over = make.MeetingFactory(starts_at=now - 2 * DAY, ends_at=now - DAY)
        make.ExitQuestionFactory(meeting=over)
        make.RegistrationFactory(meeting=over, email=person.email, state="attended")
        make.CallFactory(asked=[partner])
        make.SeatFactory(nominating_partner=partner)
        make.AppointmentFactory(seat=make.SeatFactory(nominating_partner=partner), ends_on=timezone.localdate())
        own = make.MembershipFactory(user=person, part="officer", partner__asked_on=timezone.localdate()).partner
        make.VoterFactory(election=election_of(state="voting", candidates=2).election, partner=own, person=person)
        make.VoterFactory(election=election_of(state="nominations").election, partner=own)
        stand(election_of(state="nominations"), 0, candidate=person, accepted_at=None, state="proposed")
        make.CirculatedMinutesFactory().present.add(person)

    return Role(person, add, kinds=11)


@pytest.mark.parametrize("make_role", [staff, chair, lead, representative, member])
def test_each_app_asks_once_for_one_thing_as_for_five(client, make_role):
    role = make_role()
    role.add()
    for_one, few = asked(role.person)
    page = queries(sign_in(client, role.person), "/home/")
    for _ in range(4):
        role.add()
    for_five, many = asked(role.person)
    print(f"\n{make_role.__name__}: queries for {len(few)} and for {len(many)} to-dos\n{table(for_one, for_five)}")  # noqa: T201 - to be read
    assert len(few) == role.kinds, [each.title for each in few]
    assert len(many) >= 4 + len(few)
    assert for_one == for_five
    assert max(for_five.values()) <= (2 if role.person.is_staff else 1)
    assert queries(client, "/home/") == page


def asked(person: User) -> tuple[Counter[str], list[todo.Todo]]:
    """Queries by the app that asks them, and the to-dos, on a page that is opened for the second time. The page reads the
    stamp of what is cached once, for all apps."""
    todo.now_for(signed_in(person))
    user, counts = signed_in(person), Counter()

    def count(execute, sql, params, many, context):
        counts[app_that_asks()] += 1
        return execute(sql, params, many, context)

    with stamp.read_once(), connection.execute_wrapper(count):
        found = todo.now_for(user)
    return counts, found


def signed_in(person: User) -> User:
    """The person as the request has them: the middleware has asked whether they chair a board."""
    user = User.objects.get(pk=person.pk)
    second_factor.is_required(user)
    return user


def app_that_asks() -> str:
    """The app whose code asks the database now; for kinds that are asked together, the app of their provider."""
    for frame, _ in traceback.walk_stack(None):
        module = frame.f_globals["__name__"]
        if module == todo.__name__:
            module = frame.f_locals["provide"].__module__ if "provide" in frame.f_locals else ""
        if module.startswith(("partnership.", "places.", "assemblies.")):
            return ".".join(module.split(".")[:2])
    return "Django"


def table(for_one: Counter[str], for_five: Counter[str]) -> str:
    return "\n".join(f"  {app:28}{for_one[app]:4}{for_five[app]:4}" for app in sorted(for_one | for_five))
