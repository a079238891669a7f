"""Induction: begins with the appointment, ticked by the holder, watched by staff; and the jargon list."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnership.boards.actions import seat as seats
from partnership.boards.models import InductionItem, InductionStep, JargonTerm, Seat
from partnership.outbox.models import Message
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _steps():
    InductionStep.objects.all().delete()
    make.InductionStepFactory(title="Know your role", days_after=7)
    make.InductionStepFactory(title="Meet your buddy", days_after=30, names_buddy=True, position=2)


@pytest.fixture
def seat():
    return Seat.objects.create(board=make.BoardFactory(name="The Forum"), title="Carers")


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def appoint(seat, starts_on=None, ends_on=None):
    return seats.appoint(
        seat=seat, holder=make.UserFactory(), by=None, route="elected",
        starts_on=starts_on or timezone.localdate(), ends_on=ends_on,
    )  # fmt: skip


def test_holder_already_in_post_is_neither_told_nor_inducted(seat):
    term = seats.appoint(
        seat=seat, holder=make.UserFactory(), by=None, route="elected", starts_on=timezone.localdate() - 90 * DAY,
        in_post=True,
    )  # fmt: skip
    assert not term.induction.exists()
    assert not Message.objects.exists()


def test_induction_begins_by_itself_with_the_appointment(seat):
    first = timezone.localdate() + 10 * DAY
    make.InductionStepFactory(title="Not any more", in_use=False)
    make.InductionStepFactory(title="Elsewhere", board=make.BoardFactory())
    make.InductionStepFactory(title="Only here", board=seat.board, position=9)
    term = appoint(seat, first)
    given = list(term.induction.values_list("title", "due_on"))
    assert given[:2] == [("Know your role", first + 7 * DAY), ("Meet your buddy", first + 30 * DAY)]
    assert [title for title, _ in given[2:]] == ["Only here"]
    mail = Message.objects.get(to_email=term.holder.email)
    assert mail.subject == "You have a seat: Carers, The Forum"
    assert "3 things to do" in mail.text


def test_nobody_is_late_with_what_they_were_not_yet_asked(seat):
    term = appoint(seat, date(2020, 1, 1))
    assert not any(item.is_late for item in term.induction.all())


def test_term_that_is_over_gets_no_induction_and_no_mail(seat):
    term = appoint(seat, date(2020, 1, 1), date(2020, 12, 31))
    assert not term.induction.exists()
    assert not Message.objects.exists()


def test_holder_ticks_steps_names_their_buddy_and_takes_a_tick_back(client, seat):
    term = appoint(seat)
    sign_in(client, term.holder)
    assert "Your induction: 2 steps to do" in client.get("/home/").text
    role, buddy = term.induction.all()
    client.post(f"/induction/{role.pk}/")
    client.post(f"/induction/{role.pk}/")  # a double click
    page = client.post(f"/induction/{buddy.pk}/", {"buddy": " "}).text
    assert "Enter the name of your buddy" in page
    client.post(f"/induction/{buddy.pk}/", {"buddy": "Kim Stead"})
    page = client.get("/induction/").text
    assert "your buddy is Kim Stead" in page
    assert "Your induction" not in client.get("/home/").text
    client.post(f"/induction/{role.pk}/", {"undo": "1"})
    assert "Your induction: 1 step to do" in client.get("/home/").text


def test_nobody_ticks_for_someone_else(staff, seat):
    item = appoint(seat).induction.first()
    assert staff.post(f"/induction/{item.pk}/").status_code == 404
    item.refresh_from_db()
    assert item.done_at is None


def test_staff_see_who_is_behind(staff, seat):
    term = appoint(seat)
    assert "with their induction" not in staff.get("/home/").text
    InductionItem.objects.filter(names_buddy=False).update(due_on=timezone.localdate() - DAY)
    assert "Help 1 new holder of a seat with their induction" in staff.get("/home/").text
    page = staff.get("/induction/behind/").text
    assert term.holder.name in page
    assert "0 of 2 steps done · 1 step late" in page


def test_what_staff_change_counts_for_the_next_holder_only(staff, seat):
    term, step = appoint(seat), InductionStep.objects.get(title="Know your role")
    staff.post(
        f"/induction/steps/{step.pk}/",
        {"title": "Know the board", "days_after": "10", "position": "0", "in_use": "on", "link": "/jargon/"},
    )
    assert term.induction.first().title == "Know your role"
    other = Seat.objects.create(board=seat.board, title="Faith groups")
    assert appoint(other).induction.first().title == "Know the board"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"days_after": "366"}, "Enter at most 365 days"),
        ({"days_after": "soon"}, "must be a whole number"),
        ({"link": "javascript:alert(1)"}, "Enter an address that begins with / or https://"),
        ({"link": "//evil.example"}, "Enter an address that begins with / or https://"),
    ],
)
def test_step_with_bad_answers_is_explained_and_not_saved(staff, answers, message):
    page = staff.post("/induction/steps/new/", {"title": "New", "days_after": "7", "position": "0"} | answers).text
    assert message in page
    assert InductionStep.objects.count() == 2


def test_list_of_who_is_behind_query_count_is_constant(staff, django_assert_num_queries):
    make.InductionItemFactory()
    count = queries(staff, "/induction/behind/")
    make.InductionItemFactory.create_batch(55)
    with django_assert_num_queries(count):
        assert "1 to 50 of 56 people" in staff.get("/induction/behind/").text


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("/induction/steps/", lambda: make.InductionStepFactory.create_batch(50, board=make.BoardFactory())),
        ("/jargon/", lambda: make.JargonTermFactory.create_batch(50)),
    ],
)
def test_lists_of_staff_ask_as_much_for_many_rows(staff, django_assert_num_queries, address, more):
    make.InductionStepFactory(board=make.BoardFactory())
    count = queries(staff, address)
    more()
    with django_assert_num_queries(count):
        staff.get(address)


def test_own_list_query_count_is_constant(client, django_assert_num_queries):
    person = make.UserFactory()
    make.InductionItemFactory(appointment__holder=person)
    sign_in(client, person)
    count = queries(client, "/induction/")
    make.InductionItemFactory.create_batch(10, appointment__holder=person)
    with django_assert_num_queries(count):
        client.get("/induction/")


def test_jargon_is_public_alphabetical_and_kept_by_staff(staff, client):
    JargonTerm.objects.all().delete()
    staff.post("/jargon/new/", {"term": "quorum", "meaning": "How many must be there"})
    staff.post("/jargon/new/", {"term": "Alliance", "meaning": "Organisations together"})
    assert "That word is already explained" in staff.post("/jargon/new/", {"term": "QUORUM", "meaning": "x"}).text
    assert "Enter what it means" in staff.post("/jargon/new/", {"term": "New", "meaning": ""}).text
    word = JargonTerm.objects.get(term="quorum")
    staff.post(f"/jargon/{word.pk}/edit/", {"term": "quorum", "meaning": "Enough members"})
    client.logout()
    page = client.get("/jargon/").text
    assert page.index("Alliance") < page.index("Enough members")
    sign_in(client, make.StaffFactory())
    assert "Remove “quorum”" in client.get(f"/jargon/{word.pk}/remove/").text
    client.post(f"/jargon/{word.pk}/remove/")
    assert not JargonTerm.objects.filter(pk=word.pk).exists()
