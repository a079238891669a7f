"""Seats and the terms in them: what staff write, what the database refuses, whose rights begin and end when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.boards.actions import seat as actions
from partnership.boards.models import Appointment, Seat
from partnership.boards.rules import holds_seat_on
from partnership.partners.models import PeopleGroup
from partnership.refusals import Refusal
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
FIRST, LAST, DAY = date(2026, 1, 1), date(2026, 12, 31), timedelta(days=1)


@pytest.fixture
def seat():
    return Seat.objects.create(board=make.BoardFactory(slug="forum", name="The Forum"), title="Carers")


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def term(seat, starts_on=FIRST, ends_on=LAST, **facts):
    return make.ChairFactory(seat=seat, starts_on=starts_on, ends_on=ends_on, **facts)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (FIRST, LAST),
        (FIRST - DAY, FIRST),
        (LAST, LAST + DAY),
        (FIRST - DAY, None),
        (FIRST + DAY, LAST - DAY),
        (FIRST - DAY, LAST + DAY),
    ],
)
def test_two_holders_at_one_time_cannot_be_stored(seat, starts_on, ends_on):
    term(seat)
    with pytest.raises(IntegrityError, match="one_holder_of_a_seat_at_a_time"), transaction.atomic():
        term(seat, starts_on, ends_on)
    term(seat, LAST + DAY, None)
    term(seat, FIRST - DAY, FIRST - DAY)
    assert seat.appointments.count() == 3


def test_term_that_ends_before_it_starts_cannot_be_stored(seat):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(seat=seat, holder=make.UserFactory(), route="elected", starts_on=LAST, ends_on=FIRST)
    with pytest.raises(Refusal, match="The last day is before the first"):
        actions.appoint(seat=seat, holder=make.UserFactory(), by=None, route="elected", starts_on=LAST, ends_on=FIRST)


def test_overlap_names_the_holder_and_the_days(seat):
    term(seat, holder__name="Ruth Adeyemi")
    with pytest.raises(Refusal, match="Ruth Adeyemi holds this seat from 1 January 2026 to 31 December 2026"):
        actions.appoint(seat=seat, holder=make.UserFactory(), by=None, route="elected", starts_on=LAST)


def test_term_made_longer_does_not_run_into_the_next(seat):
    earlier, later = term(seat), term(seat, LAST + DAY, None, holder__name="Ola Next")
    with pytest.raises(Refusal, match="Ola Next holds this seat from 1 January 2027, with no last day"):
        actions.end(appointment=earlier, by=None, ends_on=later.starts_on)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "message"),
    [
        (FIRST - DAY, LAST, "The seat exists from 1 January 2026"),
        (FIRST, None, "The last day of the seat is 31 December 2026"),
        (LAST + DAY, None, "The last day of the seat is 31 December 2026"),
    ],
)
def test_term_lies_within_the_days_of_the_seat(seat, starts_on, ends_on, message):
    seat.starts_on, seat.ends_on = FIRST, LAST
    with pytest.raises(Refusal, match=message):
        actions.appoint(
            seat=seat, holder=make.UserFactory(), by=None, route="elected", starts_on=starts_on, ends_on=ends_on
        )


@pytest.mark.parametrize(("day", "holds"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)])
def test_rights_run_from_the_first_day_to_the_last(seat, day, holds):
    running = term(seat, deputy=make.UserFactory())
    assert holds_seat_on(running.holder, seat.board, day) is holds
    assert holds_seat_on(running.deputy, seat.board, day, or_deputises=True) is holds
    assert not holds_seat_on(running.deputy, seat.board, day)
    assert not holds_seat_on(running.holder, make.BoardFactory(), day)


@pytest.mark.parametrize("ended", ["seat", "board"])
def test_rights_end_with_the_seat_and_with_the_board_too(seat, ended):
    running = term(seat, FIRST, None)
    thing = seat if ended == "seat" else seat.board
    thing.ends_on = LAST
    thing.save()
    assert holds_seat_on(running.holder, seat.board, LAST)
    assert not holds_seat_on(running.holder, seat.board, LAST + DAY)


def test_term_in_one_seat_and_days_of_another_are_not_mixed_up(seat):
    person = make.UserFactory()
    term(seat, FIRST, FIRST, holder=person)
    term(Seat.objects.create(board=seat.board, title="Faith groups"), FIRST, None)
    assert not holds_seat_on(person, seat.board, LAST)


def test_staff_write_all_about_a_seat(staff, seat):
    partner, group = make.PartnerFactory(name="Carers Link"), PeopleGroup.objects.get(name="Carers")
    staff.post(
        f"/boards/forum/seats/{seat.pk}/edit/",
        {
            "title": "Carers' representative", "voting": "on", "constituency": "carers", "sector": "vcfse",
            "groups": [group.pk], "nominating_partner": "carers link", "starts_on": "1 July 2020", "ends_on": "",
        },
    )  # fmt: skip
    seat.refresh_from_db()
    assert (seat.nominating_partner, seat.sector, seat.starts_on) == (partner, "vcfse", date(2020, 7, 1))
    assert list(seat.groups.all()) == [group]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"title": "chair"}, "This board already has a seat with that title"),
        ({"is_chair": "on"}, "This board already has a chair"),
        ({"sector": "army"}, "Choose the sector it speaks for from the list"),
        ({"groups": ["0"]}, "from the list"),
        ({"nominating_partner": "Nobody"}, "No partner has that name"),
        ({"nominating_partner": "Carers"}, "do you mean Carers Link?"),
        ({"nominating_partner": "Carers Link", "nominating_body": "The council"}, "Name one body that nominates"),
        ({"starts_on": "2 July 2020", "ends_on": "1 July 2020"}, "The last day is before the first"),
        ({"ends_on": "1 July 2026"}, "holds this seat from 1 January 2026 to 31 December 2026"),
    ],
)
def test_seat_with_bad_answers_is_explained_and_not_saved(staff, seat, answers, message):
    make.ChairSeatFactory(board=seat.board)
    make.PartnerFactory(name="Carers Link")
    term(seat)
    page = staff.post(f"/boards/forum/seats/{seat.pk}/edit/", {"title": "New title", "voting": "on"} | answers).text
    assert message in page
    assert Seat.objects.get(pk=seat.pk).title == "Carers"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"deputy": "ruth@example.org"}, "Nobody can be their own deputy"),
        ({"deputy": "nobody@example.org"}, "Nobody has an account with that address"),
        ({"partner": "Nobody"}, "No partner has that name"),
        ({"route": "magic"}, "Choose how they came to the seat from the list"),
        ({"remuneration": "gold"}, "Choose what they are paid from the list"),
        ({"email": ""}, "Enter the email address of the person"),
    ],
)
def test_appointment_with_bad_answers_is_explained_and_not_saved(staff, seat, answers, message):
    make.UserFactory(email="ruth@example.org")
    good = {"email": "ruth@example.org", "route": "elected", "starts_on": "1/9/2026", "remuneration": "expenses"}
    page = staff.post(f"/boards/forum/seats/{seat.pk}/appoint/", good | answers).text
    assert message in page
    assert not seat.appointments.exists()


def test_deputy_and_payment_change_while_the_term_runs(staff, seat):
    running = term(seat, holder__email="ruth@example.org")
    deputy = make.UserFactory(email="ola@example.org")
    address = f"/boards/forum/appointments/{running.pk}/edit/"
    assert "Nobody can be their own deputy" in staff.post(address, {"deputy": "ruth@example.org"}).text
    staff.post(address, {"deputy": "ola@example.org", "remuneration": "backfill"})
    running.refresh_from_db()
    assert (running.deputy, running.remuneration) == (deputy, "backfill")


def test_page_of_a_seat_shows_who_held_it_and_why_they_left(client, seat):
    today = date.today()
    term(seat, date(2020, 1, 1), date(2022, 6, 30), holder__name="Ruth Adeyemi", reason_left="Moved away")
    term(seat, today, None, holder__name="Ola Bright", deputy=make.UserFactory(name="Kim Stead"))
    page = client.get(seat.get_absolute_url()).text
    assert page.index("Ola Bright") < page.index("Who held it before") < page.index("Ruth Adeyemi")
    assert "Moved away" in page
    assert "Deputy: Kim Stead" in page


def test_places_of_a_seat_and_of_a_board_are_set_by_staff(staff, client, seat):
    halton, leeds = make.PlaceFactory(name="Halton"), make.PlaceFactory(name="Leeds")
    staff.post("/boards/forum/places/", {"places": [halton.pk]})
    assert "Halton" in client.get(seat.get_absolute_url()).text  # the board's own places, where the seat has none
    staff.post(f"/boards/forum/seats/{seat.pk}/places/", {"places": [leeds.pk]})
    page = client.get(seat.get_absolute_url()).text
    assert "Leeds" in page
    assert "Halton" not in page
    assert "from the list" in staff.post("/boards/forum/places/", {"places": ["0"]}).text


def test_seat_page_query_count_is_constant(client, seat, django_assert_num_queries):
    term(seat)
    count = queries(client, seat.get_absolute_url())
    for year in range(2000, 2020):
        term(seat, date(year, 1, 1), date(year, 12, 31))
    with django_assert_num_queries(count):
        client.get(seat.get_absolute_url())


def test_nobody_gives_themselves_a_seat_or_the_deputy_of_one(seat):
    staff = make.StaffFactory()
    given = {"seat": seat, "by": staff, "route": "nominated", "starts_on": FIRST}
    with pytest.raises(Refusal, match="cannot give yourself a seat"):
        actions.appoint(holder=staff, **given)
    with pytest.raises(Refusal, match="cannot name yourself as deputy"):
        actions.appoint(holder=make.UserFactory(), deputy=staff, **given)
    held = actions.appoint(holder=make.UserFactory(), **given)
    with pytest.raises(Refusal, match="cannot name yourself as deputy"):
        actions.describe(appointment=held, by=staff, deputy=staff, remuneration="none")
    named = actions.describe(appointment=held, by=make.StaffFactory(), deputy=staff, remuneration="none")
    actions.describe(appointment=named, by=staff, deputy=staff, remuneration="expenses")


def test_nobody_lengthens_their_own_term_or_pays_themselves(seat):
    staff, colleague = make.StaffFactory(), make.StaffFactory()
    held = make.AppointmentFactory(seat=seat, holder=staff, starts_on=FIRST, ends_on=date(2027, 3, 31))
    with pytest.raises(Refusal, match="cannot lengthen your own term"):
        actions.end(appointment=held, by=staff, ends_on=date(2027, 4, 1))
    with pytest.raises(Refusal, match="cannot decide what you are paid"):
        actions.describe(appointment=held, by=staff, remuneration="day_rate")
    held.refresh_from_db()
    assert (held.ends_on, held.remuneration) == (date(2027, 3, 31), "none")
    actions.describe(appointment=held, by=staff, deputy=make.UserFactory(), remuneration="none")
    actions.end(appointment=held, by=staff, ends_on=date(2027, 3, 1))  # to give it up is theirs
    actions.end(appointment=held, by=colleague, ends_on=date(2028, 3, 31))
    actions.describe(appointment=held, by=colleague, remuneration="day_rate")


def test_deputy_does_not_lengthen_the_term_they_deputise_in(seat):
    staff = make.StaffFactory()
    held = make.AppointmentFactory(seat=seat, deputy=staff, starts_on=FIRST, ends_on=date(2027, 3, 31))
    with pytest.raises(Refusal, match="cannot lengthen your own term"):
        actions.end(appointment=held, by=staff, ends_on=date(2027, 4, 1))


def test_end_of_a_post_names_the_seats_that_go_with_it(client):
    client.force_login(make.StaffFactory())
    post = make.AppointmentFactory(seat__title="Representative", holder__name="Ann Archer")
    make.AppointmentFactory(
        seat__title="Beside it", seat__board__name="Alliance", holder=post.holder, route="ex_officio"
    )
    make.AppointmentFactory(seat__title="Her own", holder=post.holder, route="elected")
    make.AppointmentFactory(seat__title="Of somebody else", route="ex_officio")
    address = f"/boards/{post.seat.board.slug}/appointments/{post.pk}/end/"
    words = "Ann Archer also holds the seat Beside it on Alliance by virtue of their post."
    today = timezone.localdate()
    ended = client.post(address, {"ends_on": f"{today:%d/%m/%Y}"}, follow=True).text
    for page in (ended, client.get(address).text):
        assert page.count("by virtue of their post. If it goes with this one") == 1
        assert words in page
