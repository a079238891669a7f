"""Interests: who is asked and by when, what is declared, corrected and withheld, and what the public reads of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from partnership.audit.models import Entry
from partnership.boards.models import Board
from partnership.boards.regimes import Regime
from partnership.interests import asked
from partnership.interests.actions import interest as interests
from partnership.interests.actions import interests_return
from partnership.interests.interest_kinds import CODES, Code, Kind, code_of
from partnership.interests.models import Interest, InterestsReturn
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 9, 14)


@pytest.fixture
def board():
    return make.BoardFactory(name="Integrated Care Board", regime=Regime.NHS)


@pytest.fixture
def member(board):
    """Joined the board on 1 September 2026."""
    return make.AppointmentFactory(seat__board=board, starts_on=date(2026, 9, 1)).holder


def facts(**other):
    return {"kind": Kind.FINANCIAL, "body": "Firm", "nature": "Director", "arose_on": date(2026, 8, 1)} | other


@pytest.mark.parametrize(
    ("regime", "code"),
    [
        (Regime.COUNCIL, Code.COUNCIL),
        (Regime.NHS, Code.HEALTH),
        (Regime.CONSTITUTION, Code.HEALTH),
        (Regime.OWN_TERMS, Code.HEALTH),
    ],
)
def test_regime_says_which_interests_are_declared(regime, code):
    assert code_of(regime) == code


def test_each_kind_is_declared_under_one_code():
    assert sorted(kind for rules in CODES.values() for kind in rules.kinds) == sorted(Kind)


def test_first_declaration_is_due_28_days_after_joining(member):
    (found,) = asked.of_person(member, TODAY)
    assert (found.code, found.due_on, found.confirmed_on) == (Code.HEALTH, date(2026, 9, 29), None)


def test_next_is_due_a_year_after_they_confirmed(member):
    make.InterestsReturnFactory(person=member, made_at=timezone.make_aware(timezone.datetime(2026, 9, 10, 12)))
    (found,) = asked.of_person(member, TODAY)
    assert found.due_on == date(2027, 9, 10)


def test_member_of_council_and_health_boards_declares_for_each(member):
    make.AppointmentFactory(seat__board__regime=Regime.COUNCIL, holder=member, starts_on=date(2026, 9, 1))
    assert {each.code for each in asked.of_person(member, TODAY)} == {Code.COUNCIL, Code.HEALTH}


def test_deputy_is_asked_and_former_member_is_not(board, member):
    deputy = make.UserFactory()
    member.appointments.update(deputy=deputy)
    gone = make.AppointmentFactory(seat__board=board, starts_on=date(2026, 1, 1), ends_on=TODAY - DAY).holder
    assert {each.person for each in asked.everybody(TODAY)} == {member, deputy}
    assert not asked.of_person(gone, TODAY)


def test_declaring_twice_is_one_interest(member):
    first = interests.declare(person=member, by=member, **facts())
    assert interests.declare(person=member, by=member, **facts()) == first
    assert Entry.objects.filter(verb="interest.declared").count() == 1


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"arose_on": date(2099, 1, 1)}, "cannot be in the future"),
        ({"withheld_because": "."}, "Say in a sentence why"),
    ],
)
def test_what_cannot_be_declared_is_refused(member, other, words):
    with pytest.raises(Refusal, match=words):
        interests.declare(person=member, by=member, **facts(**other))


def test_correction_stands_in_the_place_of_what_it_corrects(member):
    wrong = interests.declare(person=member, by=member, **facts())
    right = interests.declare(person=member, by=member, corrects=wrong, **facts(body="Other firm"))
    assert list(Interest.objects.standing()) == [right]
    assert Interest.objects.count() == 2
    with pytest.raises(Refusal, match="corrected this interest already"):
        interests.declare(person=member, by=member, corrects=wrong, **facts(body="Third firm"))


@pytest.mark.parametrize(
    "change", [{"body": "Other"}, {"kind": Kind.INDIRECT}, {"is_withheld": True}, {"agreed_by": ""}]
)
def test_declared_interest_cannot_be_changed(change):
    interest = make.InterestFactory(agreed_by="Monitoring officer", withheld_because="Threats were made")
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.filter(pk=interest.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        interest.delete()


def test_interest_ends_on_a_day_that_can_be(member):
    interest = make.InterestFactory(person=member, arose_on=date(2026, 8, 1))
    for day in (date(2026, 7, 31), timezone.localdate() + DAY):
        with pytest.raises(Refusal):
            interests.end(interest=interest, by=member, ended_on=day)
    assert interests.end(interest=interest, by=member, ended_on=date(2026, 8, 2)).ended_on == date(2026, 8, 2)


def test_nil_return_and_interests_have_to_agree(member):
    with pytest.raises(Refusal, match="no interests to confirm"):
        interests_return.confirm(person=member, code=Code.HEALTH, by=member, is_nil=False)
    interests_return.confirm(person=member, code=Code.HEALTH, by=member, is_nil=True)
    make.InterestFactory(person=member)
    with pytest.raises(Refusal, match="have not ended"):
        interests_return.confirm(person=member, code=Code.HEALTH, by=member, is_nil=True)
    interests_return.confirm(person=member, code=Code.HEALTH, by=member, is_nil=False)
    interests_return.confirm(person=member, code=Code.HEALTH, by=member, is_nil=False)
    assert [made.is_nil for made in InterestsReturn.objects.all()] == [False, True]


def test_those_who_are_due_are_emailed_once_before_and_once_after(member):
    due = date(2026, 9, 29)
    assert interests_return.remind(due - 15 * DAY) == 0
    assert interests_return.remind(due - 14 * DAY) == 1
    assert interests_return.remind(due) == 0
    assert interests_return.remind(due + DAY) == 1
    assert interests_return.remind(due + 30 * DAY) == 0
    soon, late = Message.objects.order_by("pk")
    assert soon.to_email == member.email
    assert "Declare your interests by Tuesday 29 September 2026" in soon.subject
    assert late.subject.startswith("Overdue:")
    assert "Integrated Care Board" in soon.text


# --- pages --------------------------------------------------------------------------------------------------------


def text_of(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_register_shows_who_declared_what_and_when(client, board):
    term = make.AppointmentFactory(
        seat__board=board, holder__name="Mia Interest", deputy=make.UserFactory(name="Dan Deputy")
    )
    make.InterestFactory(person=term.holder, body="Firm of Mia")
    make.InterestFactory(person=term.holder, kind=Kind.PECUNIARY, body="Farm of the council's code")
    make.InterestsReturnFactory(person=term.holder)
    make.InterestsReturnFactory(person=term.deputy, is_nil=True)
    page = text_of(client, "board_interests", board.slug)
    assert "Firm of Mia" in page
    assert "Farm of" not in page  # declared under the other rules
    assert "Confirmed as complete on" in page
    assert "Nothing to declare on" in page
    assert "Deputy for" in page


@pytest.mark.parametrize(("days_ago", "shown"), [(183, True), (184, False)])
def test_ended_interest_stays_on_the_register_for_six_months(client, board, days_ago, shown):
    term = make.AppointmentFactory(seat__board=board)
    ended = timezone.localdate() - days_ago * DAY
    make.InterestFactory(person=term.holder, body="Old firm", arose_on=ended, ended_on=ended)
    assert ("Old firm" in text_of(client, "board_interests", board.slug)) is shown


def test_withheld_interest_is_not_read_by_others(client, board):
    """Localism Act 2011 s.32: that there is one, and nothing more."""
    term = make.AppointmentFactory(seat__board=board)
    held = make.WithheldInterestFactory(person=term.holder, body="Secret firm", nature="Secret post")
    sign_in(client, make.AppointmentFactory(seat__board=board).holder)
    page = text_of(client, "board_interests", board.slug)
    assert "An interest whose details are withheld" in page
    for word in ("Secret", "Financial", "Threats"):
        assert word not in page
    assert client.get(reverse("interest_correct", args=[held.pk])).status_code == 404


def test_staff_decide_on_what_is_withheld(client, board):
    term = make.AppointmentFactory(seat__board=board)
    held = make.WithheldInterestFactory(person=term.holder, body="Secret firm")
    sign_in(client, make.StaffFactory())
    address = reverse("interest_withheld", args=[held.pk])
    assert "Enter the name and post of who agreed" in client.post(address, {"agreed_by": " "}).content.decode()
    client.post(address, {"agreed_by": "Kim Law, monitoring officer"})
    held.refresh_from_db()
    assert held.agreed_by == "Kim Law, monitoring officer"
    assert "cannot be withheld again" in client.get(f"{address}?publish=1").text
    assert Interest.objects.get(pk=held.pk).is_withheld
    client.post(f"{address}?publish=1")
    assert "Secret firm" in text_of(client, "board_interests", board.slug)


def test_member_declares_confirms_and_ends_on_pages(client, board):
    member = sign_in_member(client, board)
    assert "Declare your interests" in text_of(client, "my_home")
    answers = {"kind": "indirect", "body": "Care home", "nature": "My sister owns it", "arose_on": "1 August 2026"}
    client.post(reverse("interest_new", args=["health"]), answers)
    client.post(reverse("interests_confirm", args=["health"]))
    page = text_of(client, "my_interests")
    assert "Care home" in page
    assert "Confirmed as complete on" in page
    assert "Declare your interests" not in text_of(client, "my_home")
    interest = Interest.objects.get(person=member)
    client.post(reverse("interest_end", args=[interest.pk]), {"ended_on": "2 August 2026"})
    assert "Confirm that there is nothing" in text_of(client, "my_interests")


def test_bad_answers_are_kept_and_explained(client, board):
    sign_in_member(client, board)
    answers = {"kind": "pecuniary", "body": "Firm & Sons", "nature": "", "arose_on": "1 January 2099"}
    page = client.post(reverse("interest_new", args=["health"]), answers).content.decode()
    assert "Enter what the interest is" in page
    assert "cannot be in the future" in page
    assert "Firm &amp; Sons" in page
    assert not Interest.objects.exists()


def test_staff_enter_what_reached_them_on_paper(client, board):
    term = make.AppointmentFactory(seat__board=board)
    staff = make.StaffFactory()
    sign_in(client, staff)
    answers = {"kind": "financial", "body": "Firm", "nature": "Director", "arose_on": "1 August 2026"}
    client.post(reverse("interest_new_for", args=[term.holder_id, "health"]), answers)
    interest = Interest.objects.get(person=term.holder)
    assert interest.declared_by == staff
    assert "Firm" in text_of(client, "person_interests", term.holder_id)


def test_staff_see_who_is_late(client, board):
    make.AppointmentFactory(seat__board=board, starts_on=timezone.localdate() - 40 * DAY, holder__name="Lou Late")
    sign_in(client, make.StaffFactory())
    assert "1 member of a board is late" in text_of(client, "my_home")
    page = text_of(client, "interests_due")
    assert "Lou Late" in page
    assert "overdue" in page


@pytest.mark.parametrize("name", ["board_interests", "interests_due"])
def test_list_makes_as_many_queries_for_50_as_for_one(client, board, name):
    sign_in(client, make.StaffFactory())
    address = reverse(name, args=[board.slug] if name == "board_interests" else [])

    def add():
        term = make.AppointmentFactory(seat__board=board)
        make.InterestFactory(person=term.holder)
        make.InterestsReturnFactory(person=term.holder)

    add()
    few = queries(client, address)
    for _ in range(9):
        add()
    assert queries(client, address) == few


def sign_in_member(client, board: Board):
    member = make.AppointmentFactory(seat__board=board, starts_on=timezone.localdate()).holder
    sign_in(client, member)
    return member
