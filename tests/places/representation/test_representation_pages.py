"""The representation map as people see it: on a day, in three views, as a list and as a file."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.partners.models import PeopleGroup
from tests import factories as make

pytestmark = pytest.mark.django_db
VIEWS = ["?by=sector", "?by=place", "?by=place&sector=vcfse", "?by=group", "?on=2020-07-17"]


@pytest.fixture
def alliance():
    """A board with a seat that was held until 2023 and is vacant now, and one without any seat."""
    board = make.BoardFactory(name="The Alliance", starts_on=date(2020, 7, 1))
    place = make.PlaceFactory(name="Fylde Coast", system="Lancashire")
    place.boards.add(board)
    seat = make.SeatFactory(board=board, title="Lead for the coast", sector="vcfse")
    make.AppointmentFactory(seat=seat, holder__name="Vera Allen", ends_on=date(2023, 7, 4))
    make.BoardFactory(name="Silent board")
    return board


def test_the_map_moves_between_then_and_now(client, alliance):
    then = client.get("/representation/?on=2020-07-17").text
    assert "Vera Allen" in then
    assert "on Friday 17 July 2020" in then
    now = client.get("/representation/").text
    assert "Vera Allen" not in now
    assert "Vacant" in now or "vacant" in now
    assert 'href="?on=2020-07-01"' in now


def test_every_view_says_where_there_is_no_seat(client, alliance):
    assert "No seat" in client.get("/representation/?by=sector").text
    assert "No seat" in client.get("/representation/?by=place&sector=nhs").text
    PeopleGroup.objects.get_or_create(name="Carers", slug="carers")
    assert "No seat" in client.get("/representation/?by=group").text


def test_a_question_that_makes_no_sense_shows_today(client, alliance):
    for asked in ("?on=yesterday", "?by=moon", "?sector=none&by=place", "?system=Atlantis&by=place", "list/?group=x"):
        assert client.get(f"/representation/{asked}").status_code == 200


def test_the_list_names_vacant_seats_and_boards_without_a_seat(client, alliance):
    assert "Lead for the coast" in client.get("/representation/list/?status=vacant").text
    assert "Lead for the coast" not in client.get("/representation/list/?status=vacant&on=2021-01-01").text
    without = client.get("/representation/list/?status=none").text
    assert "Silent board" in without
    assert "The Alliance" not in without


def test_the_file_holds_every_seat_and_every_gap(client, alliance):
    answer = client.get("/representation/seats.csv?on=2021-01-01")
    assert 'filename="seats-2021-01-01.csv"' in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (held,) = [row for row in rows if row["Status"] == "held"]
    assert (held["Board"], held["Held by"], held["Until"]) == ("The Alliance", "Vera Allen", "2023-07-04")
    assert {(row["Board"], row["Sector"]) for row in rows if row["Status"] == "no seat"} >= {("Silent board", "NHS")}
    assert client.get("/representation/seats.xlsx").content[:2] == b"PK"
    assert client.get("/representation/seats.pdf").status_code == 404


def test_attendance_counts_by_the_sector_people_came_from(client, alliance):
    meeting = make.MeetingFactory(
        board=alliance, state="held", starts_at="2026-03-01T10:00Z", ends_at="2026-03-01T12:00Z"
    )
    for kind in ("vcfse", "vcfse", "vcfse", "council"):
        make.RegistrationFactory(meeting=meeting, kind=kind, state="attended")
    make.RegistrationFactory(meeting=meeting, kind="nhs_trust")
    page = client.get("/representation/?on=2026-06-01").text
    assert "75%" in page
    assert "There are no records for that year" in client.get("/representation/?on=2027-06-01").text


@pytest.mark.parametrize("asked", [*VIEWS, "list/", "list/?status=none", "list/?status=vacant"])
def test_query_count_is_constant(client, alliance, asked):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_of:
            assert client.get(f"/representation/{asked}").status_code == 200
        return len(asked_of)

    group = PeopleGroup.objects.create(name="Some people", slug="some-people")
    make.SeatFactory(board=alliance, sector="vcfse").groups.add(group)
    count()
    few = count()
    place = alliance.places.get()
    for _ in range(12):
        board = make.BoardFactory(starts_on=date(2020, 1, 1))
        place.boards.add(board)
        for _ in range(4):
            seat = make.SeatFactory(board=board, sector="vcfse")
            seat.groups.add(group)
            seat.places.add(place)
            make.AppointmentFactory(seat=seat)
    assert count() == few


def test_day_asked_for_is_shown_as_people_type_it(client):
    for typed in ("2020-07-17", "17 July 2020", "17/7/20"):
        assert 'value="17 July 2020"' in client.get("/representation/", {"on": typed}).text
