"""Vacancies and terms that end soon reach staff and those who nominate: once each, a missed run caught up."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnership import dates
from partnership.boards.actions import notices
from partnership.boards.models import NoticePeriod, Seat, SeatNotice
from partnership.boards.tasks import tell_nominators
from partnership.outbox.models import Message
from tests import factories as make
from tests.partnership.elections.election_world import election_of
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 3, 1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _periods():
    for days in (90, 30):
        NoticePeriod.objects.get_or_create(days_before=days)


@pytest.fixture
def officer():
    return make.MembershipFactory(part="officer", user__email="officer@example.org", partner__name="Carers Link")


@pytest.fixture
def seat(officer):
    make.MembershipFactory(partner=officer.partner)  # a member who is no officer
    return Seat.objects.create(
        board=make.BoardFactory(name="The Forum"), title="Carers", nominating_partner=officer.partner
    )


def subjects() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


def term(seat, ends_on, **facts):
    return make.ChairFactory(seat=seat, ends_on=ends_on, **facts)


@pytest.mark.parametrize(("days", "told"), [(91, 0), (90, 1), (31, 1), (30, 1), (0, 1)])
def test_officers_are_told_from_ninety_days_before_a_term_ends(seat, days, told):
    term(seat, TODAY + days * DAY)
    assert notices.run(TODAY) == told
    assert Message.objects.count() == told


def test_each_notice_is_given_once_however_often_the_clock_strikes(seat):
    ends_on = term(seat, TODAY + 90 * DAY, holder__name="Ruth Adeyemi").ends_on
    for day in range(90):
        notices.run(TODAY + day * DAY)
    assert subjects() == [f"Please nominate someone: a term ends on {dates.day(ends_on)}, Carers, The Forum"] * 2
    message = Message.objects.first()
    assert message.to_email == "officer@example.org"
    assert "Ruth Adeyemi" in message.text


def test_run_that_was_missed_is_caught_up_and_not_doubled(seat):
    term(seat, TODAY + 20 * DAY)
    assert notices.run(TODAY) == 1  # neither the notice of 90 days nor that of 30 was given: one is enough
    assert notices.run(TODAY) == 0
    assert list(SeatNotice.objects.values_list("days_before", flat=True)) == [30]


def test_nobody_is_told_where_the_next_holder_is_appointed(seat):
    ends = term(seat, TODAY + 20 * DAY)
    term(seat, None, starts_on=ends.ends_on + DAY)
    assert notices.run(TODAY) == 0
    assert notices.run(ends.ends_on) == 0


def test_nobody_is_told_of_a_seat_that_ends_with_its_term(seat):
    term(seat, TODAY + 20 * DAY)
    Seat.objects.update(ends_on=TODAY + 20 * DAY)
    assert notices.run(TODAY) == 0
    assert notices.run(TODAY + 21 * DAY) == 0


def test_vacancy_is_told_once_and_the_next_one_again(seat):
    term(seat, TODAY - DAY)
    assert notices.run(TODAY) == 1
    Message.objects.all().delete()  # old email is forgotten after a year; that the body was told is not
    assert notices.run(TODAY + 400 * DAY) == 0
    term(seat, TODAY + 500 * DAY, starts_on=TODAY + 401 * DAY)
    assert notices.run(TODAY + 501 * DAY) == 1
    assert subjects() == ["Please nominate someone: a seat is vacant, Carers, The Forum"]


def test_seat_that_nobody_ever_held_is_told_of_once(seat):
    assert [notices.run(TODAY), notices.run(TODAY + DAY)] == [1, 0]


def test_chair_of_the_board_that_nominates_is_told():
    chair = make.ChairFactory(holder__email="chair@example.org")
    Seat.objects.create(board=make.BoardFactory(), title="From the alliance", nominating_board=chair.seat.board)
    notices.run(TODAY)
    assert Message.objects.get().to_email == "chair@example.org"


def test_body_with_nobody_to_write_to_is_told_once_it_has_someone(seat, officer):
    officer.part = "member"
    officer.save()
    assert notices.run(TODAY) == 0
    officer.part = "officer"
    officer.save()
    assert notices.run(TODAY) == 1


def test_task_runs_it(seat):
    tell_nominators()
    assert Message.objects.count() == 1


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def test_staff_find_every_vacancy_from_home_in_two_clicks(staff, seat):
    today = timezone.localdate()
    ending = Seat.objects.create(board=seat.board, title="Faith groups")
    term(ending, today + 10 * DAY, holder__name="Ruth Adeyemi")
    home = staff.get("/home/").text
    assert "Fill 1 vacant seat" in home
    assert "1 term ends soon" in home
    assert 'href="/boards/vacancies/"' in home
    page = staff.get("/boards/vacancies/").text
    assert "1 vacant seat" in page
    assert "Carers, The Forum" in page
    assert "Nominated by Carers Link · not emailed yet" in page
    assert "Ruth Adeyemi · last day" in page
    notices.run()
    assert f"emailed on {today:%A}" in staff.get("/boards/vacancies/").text


def test_seats_with_nobody_to_come_are_listed_first(staff, seat):
    other = Seat.objects.create(board=make.BoardFactory(name="A board"), title="Soon filled")
    term(other, None, starts_on=timezone.localdate() + 5 * DAY)
    page = staff.get("/boards/vacancies/").text
    assert page.index("Carers, The Forum") < page.index("Soon filled, A board")
    assert "filled from" in page
    assert "Fill 1 vacant seat" in staff.get("/home/").text


def test_vacant_seat_says_when_an_election_is_under_way(staff):
    election = election_of(state="voting", candidates=2).election
    assert "Election<span" in staff.get("/boards/vacancies/").text
    type(election).objects.update(state="cancelled")
    assert "Election<span" not in staff.get("/boards/vacancies/").text


def test_list_query_count_is_constant(staff, seat, django_assert_num_queries):
    term(Seat.objects.create(board=make.BoardFactory(), title="One"), timezone.localdate())
    count = queries(staff, "/boards/vacancies/")
    for number in range(50):
        Seat.objects.create(board=make.BoardFactory(), title=f"Vacant {number}")
        term(Seat.objects.create(board=make.BoardFactory(), title=f"Ending {number}"), timezone.localdate())
    with django_assert_num_queries(count):
        assert "51 vacant seats" in staff.get("/boards/vacancies/").text


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ("", "Enter the days before the end of a term"),
        ("ninety", "Enter whole numbers of days with commas between"),
        ("0, 30", "Enter numbers from 1 to 730"),
        ("30, 1000000", "Enter numbers from 1 to 730"),
        (",", "Enter the days before the end of a term"),
    ],
)
def test_senseless_notice_periods_are_explained_and_not_saved(staff, days, message):
    assert message in staff.post("/boards/vacancies/notices/", {"days": days}).text
    assert list(NoticePeriod.objects.values_list("days_before", flat=True)) == [90, 30]


def test_staff_change_when_bodies_are_told(staff, seat):
    staff.post("/boards/vacancies/notices/", {"days": "120 and 60"})
    assert list(NoticePeriod.objects.values_list("days_before", flat=True)) == [120, 60]
    term(seat, TODAY + 120 * DAY)
    assert notices.run(TODAY) == 1
