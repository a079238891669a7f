"""Boards: who chairs each, the rule by which it publishes, and its seats, vacant ones too."""

from datetime import date

import pytest

from partnership.audit.models import Entry
from partnership.boards.models import Appointment, Board, Seat
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "Borough Based Board",
    "kind": "statutory",
    "regime": "nhs",
    "clear_days": "5",
    "day_kind": "working",
    "publish_by": "5pm",
    "report_days": "5",
    "purpose": "We",
}


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    client.force_login(user)
    return user


@pytest.fixture
def board():
    return make.BoardFactory(name="Borough Based Board", slug="borough-based-board")


def appoint(client, seat, **answers):
    address = f"/boards/{seat.board.slug}/seats/{seat.pk}/appoint/"
    return client.post(address, {"route": "elected", "starts_on": "1 September 2026", "ends_on": ""} | answers)


def test_board_shows_its_chair_its_rule_and_its_vacancies(client, board):
    make.ChairFactory(seat__board=board, holder__name="Ruth Adeyemi")
    Seat.objects.create(board=board, title="Healthwatch")
    page = client.get("/boards/borough-based-board/").text
    assert "Ruth Adeyemi" in page
    assert "vacant" in page
    assert "at least 5 clear working days before a meeting" in page


def test_board_whose_chair_has_left_shows_the_seat_as_vacant(client, board):
    make.ChairFactory(seat__board=board, holder__name="Ruth Adeyemi", ends_on=date(2020, 12, 31))
    assert "Ruth Adeyemi" not in client.get("/boards/borough-based-board/").text
    assert "the chair’s seat is vacant" in client.get("/boards/").text.replace("'", "&#x27;")


@pytest.mark.parametrize(
    ("days", "kind", "words"),
    [
        (0, "working", "up to the day before a meeting, by 5pm."),
        (1, "working", "1 clear working day before a meeting, by 5pm."),
        (28, "calendar", "28 clear calendar days before a meeting, by 5pm."),
    ],
)
def test_rule_is_said_in_words(days, kind, words):
    assert words in Board(clear_days=days, day_kind=kind).publication_rule


def test_staff_add_a_board_with_its_rule(client, staff):
    client.post("/boards/new/", ANSWERS)
    assert Board.objects.get().slug == "borough-based-board"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "new"}, "Enter a name with letters in it"),
        ({"clear_days": "five"}, "must be a whole number, like 50"),
        ({"clear_days": "-1"}, "greater than or equal to 0"),
        ({"clear_days": "61"}, "Enter at most 60 days"),
        ({"report_days": "61"}, "Enter at most 60 working days"),
        ({"report_days": ""}, "Enter the working days between a report and publication"),
        ({"regime": ""}, "Choose the law that the board meets under"),
        ({"regime": "council", "clear_days": "4"}, "The law asks council bodies for at least 5 clear working days"),
        (
            {"regime": "council", "day_kind": "calendar"},
            "The law asks council bodies for at least 5 clear working days",
        ),
        ({"regime": "council", "recording_policy": "Ask."}, "The law says this for council bodies: leave it empty"),
        ({"publish_by": ""}, "Enter the time by which the agenda is published, like 5pm"),
        ({"publish_by": "teatime"}, "Enter a time"),
        ({"day_kind": "lunar"}, "Choose which days count from the list"),
    ],
)
def test_board_with_bad_answers_is_explained_and_not_saved(client, staff, answers, message):
    page = client.post("/boards/new/", ANSWERS | answers).text
    assert message in page
    assert "We" in page
    assert not Board.objects.exists()


def test_changing_the_rule_is_on_record(client, staff, board):
    client.post("/boards/borough-based-board/edit/", ANSWERS | {"clear_days": "3", "publish_by": "4pm"})
    details = Entry.objects.get(verb="board.changed").details
    assert (details["rule_before"], details["rule_after"]) == ("5 working, by 5pm", "3 working, by 4pm")


def test_staff_add_a_seat_and_appoint_someone(client, staff, board):
    client.post("/boards/borough-based-board/seats/new/", {"title": "Chair", "is_chair": "on", "voting": "on"})
    seat = Seat.objects.get()
    person = make.UserFactory(email="ruth@example.org")
    appoint(client, seat, email="Ruth@Example.org")
    assert Board.objects.chaired_by(person, date(2026, 9, 1)).get() == board


def test_board_has_one_chairs_seat(client, staff, board):
    make.ChairSeatFactory(board=board)
    page = client.post("/boards/borough-based-board/seats/new/", {"title": "Second chair", "is_chair": "on"}).text
    assert "This board already has a chair" in page
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"email": "nobody@example.org"}, "Nobody has an account with that address"),
        ({"starts_on": "soon"}, "Enter a date, like 17 September 2026"),
        ({"ends_on": "1 August 2026"}, "The last day is before the first"),
        ({"starts_on": "1 June 2020"}, "Ruth Adeyemi holds this seat from 1 January 2020 to 31 December 2020"),
    ],
)
def test_appointment_that_cannot_be_is_explained(client, staff, board, answers, message):
    past = make.ChairFactory(seat__board=board, holder__name="Ruth Adeyemi", ends_on=date(2020, 12, 31))
    make.UserFactory(email="ruth@example.org")
    page = appoint(client, past.seat, **({"email": "ruth@example.org"} | answers)).text
    assert message in page
    assert Appointment.objects.count() == 1


def test_appointment_is_ended_on_a_day_not_before_it_began(client, staff, board):
    chair = make.ChairFactory(seat__board=board)
    address = f"/boards/{board.slug}/appointments/{chair.pk}/end/"
    assert (
        "They took the seat on 1 January 2020"
        in client.post(address, {"ends_on": "31/12/2019", "reason_left": "Retired"}).text
    )
    assert "Enter why they leave" in client.post(address, {"ends_on": "31/12/2020"}).text
    client.post(address, {"ends_on": "31/12/2020", "reason_left": "Retired"})
    chair.refresh_from_db()
    assert (chair.ends_on, chair.reason_left) == (date(2020, 12, 31), "Retired")


def test_seat_of_another_board_is_not_reached_through_this_one(client, staff, board):
    other = make.ChairFactory()
    assert client.get(f"/boards/{board.slug}/seats/{other.seat.pk}/appoint/").status_code == 404
    assert client.get(f"/boards/{board.slug}/appointments/{other.pk}/end/").status_code == 404


def test_board_list_query_count_is_constant(client, staff, django_assert_num_queries):
    make.ChairFactory()
    count = queries(client, "/boards/")
    make.ChairFactory.create_batch(55)
    with django_assert_num_queries(count):
        assert "1 to 50 of 56 boards" in client.get("/boards/").text


@pytest.mark.parametrize("number", [1, 60])
def test_board_shows_fifty_seats_on_a_page(client, board, number):
    chair = make.ChairFactory(seat__board=board, seat__title="Chair")
    for each in range(1, number):
        make.SeatFactory(board=board, title=f"Seat {each:02}", position=each)
    page = " ".join(client.get(board.get_absolute_url()).text.split())
    assert chair.seat.get_absolute_url() in page
    assert page.count("portal-rows__title") == min(number, 50)
    if number == 1:
        assert "1 to 50" not in page
        assert "1 seat" not in page  # one needs no count
        return
    assert "60 seats, 59 of them vacant." in page
    assert "1 to 50 of 60 seats" in page
    assert "Seat 50<" not in page
    later = " ".join(client.get(f"{board.get_absolute_url()}?page=2").text.split())
    assert "51 to 60 of 60 seats" in later
    assert "Seat 50<" in later
    assert "Seat 49<" not in later
    assert "Next meetings" in page
    assert "Next meetings" not in later


def test_board_page_query_count_is_constant(client, staff, board, django_assert_num_queries):
    make.ChairFactory(seat__board=board, seat__nominating_partner=make.PartnerFactory())
    make.SeatFactory(board=board, title="Vacant")
    make.SeatFactory(board=board, title="Past", ends_on=date(2020, 1, 1))
    here, past = board.get_absolute_url(), f"{board.get_absolute_url()}?seats=past"
    counts = [queries(client, here), queries(client, past)]
    for number in range(60):
        facts = {"seat__is_chair": False, "seat__title": f"Seat {number}", "deputy": make.UserFactory()}
        make.ChairFactory(seat__board=board, seat__nominating_partner=make.PartnerFactory(), **facts)
        make.SeatFactory(board=board, title=f"Past {number}", ends_on=date(2020, 1, 1))
    for address, count in zip((here, past), counts, strict=True):
        with django_assert_num_queries(count):
            page = client.get(address).text
        assert "1 to 50 of 6" in page


def test_seats_of_the_past_and_of_the_future_are_said_to_be_so(client, board):
    make.SeatFactory(board=board, title="Old seat", ends_on=date(2020, 1, 31))
    make.SeatFactory(board=board, title="Later seat", starts_on=date(2100, 1, 1))
    page = " ".join(client.get(board.get_absolute_url()).text.split())
    assert "Old seat" not in page
    assert "Later seat" in page
    assert "from Friday 1 January 2100" in page
    assert "vacant" not in page.lower()
    assert "See 1 past seat</a>" in page
    past = " ".join(client.get(f"{board.get_absolute_url()}?seats=past").text.split())
    assert "Old seat" in past
    assert "ended on Friday 31 January 2020" in past
    assert "Later seat" not in past
    board.seats.filter(title="Old seat").delete()
    assert "None of this board’s seats has ended." in client.get(f"{board.get_absolute_url()}?seats=past").text


def test_forms_offer_no_board_that_ended_but_keep_the_one_chosen(client, staff, board):
    ended = make.BoardFactory(name="Ended board", ends_on=date(2020, 1, 1))
    seat = make.SeatFactory(board=board)
    addresses = ["/boards/new/", f"/boards/{board.slug}/edit/", f"/boards/{board.slug}/seats/{seat.pk}/edit/"]
    for address in [*addresses, "/elections/new/", "/places/new/"]:
        assert ended.name not in client.get(address).text, address
    Board.objects.filter(pk=board.pk).update(reports_to=ended)
    Seat.objects.filter(pk=seat.pk).update(nominating_board=ended)
    for address in addresses[1:]:
        assert "selected>Ended board</option>" in client.get(address).text, address


def test_board_without_a_first_day_is_asked_for_it(client, staff, board):
    ask = "We do not know the first day of this board"
    Board.objects.update(starts_on=None)
    assert ask in client.get(board.get_absolute_url()).text
    Board.objects.update(starts_on=date(2020, 1, 1))
    assert ask not in client.get(board.get_absolute_url()).text
