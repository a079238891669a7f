"""The representation map: seats by sector, place and group on a day, what is vacant, and what is missing."""

from datetime import date

import pytest
from django.utils import timezone

from partnership.partners.models import PeopleGroup
from places.representation import map as seats
from tests import factories as make

pytestmark = pytest.mark.django_db
BEFORE, THEN, NOW = date(2020, 7, 17), date(2023, 7, 5), date(2026, 11, 21)


def seat(board, title, *, holder="", places=(), groups=(), since=None, until=None, **facts):
    """A seat, and somebody in it where a name is given."""
    made = make.SeatFactory(board=board, title=title, **facts)
    made.places.set(places)
    made.groups.set(groups)
    if holder:
        starts_on = since or date(2020, 1, 1)
        make.AppointmentFactory(seat=made, holder__name=holder, starts_on=starts_on, ends_on=until)
    return made


def cell(rows, board, heading):
    """Who is named where a board meets a heading: the holder, or None for a vacant seat."""
    (row,) = [row for row in rows if row.board == board]
    (found,) = [each for each in row.cells if each.heading == heading]
    return found, [str(each.appointment.holder) if each.appointment else None for each in found.seats]


def by_sector(day):
    return seats.by_sector(list(seats.boards_on(day)), day)


def test_seat_is_held_on_the_first_and_last_day_of_its_term():
    board = make.BoardFactory()
    seat(board, "Voice", sector="vcfse", holder="Ann", since=date(2020, 7, 17), until=date(2023, 7, 5))
    for day, held in [(date(2020, 7, 16), [None]), (BEFORE, ["Ann"]), (THEN, ["Ann"]), (date(2023, 7, 6), [None])]:
        assert cell(by_sector(day), board, "Voluntary, community, faith and social enterprise")[1] == held


def test_no_seat_at_all_is_a_gap_and_a_vacant_seat_is_none():
    board = make.BoardFactory()
    seat(board, "Voice", sector="vcfse")
    assert not cell(by_sector(NOW), board, "Voluntary, community, faith and social enterprise")[0].is_gap
    assert cell(by_sector(NOW), board, "NHS")[0].is_gap


def test_seat_without_a_sector_counts_by_its_holders_organisation():
    board = make.BoardFactory()
    bare = seat(board, "Chief executive")
    make.AppointmentFactory(seat=bare, holder__name="Kim", partner=make.PartnerFactory(kind="icb"))
    assert cell(by_sector(NOW), board, "NHS")[1] == ["Kim"]
    assert {share.key: (share.seats, share.held) for share in seats.shares(NOW)} == {
        "nhs": (1, 1), "council": (0, 0), "vcfse": (0, 0), "other": (0, 0),
    }  # fmt: skip


def test_boards_and_seats_show_only_in_their_time():
    old = make.BoardFactory(name="Area group", starts_on=date(2020, 7, 1), ends_on=date(2023, 7, 4))
    new = make.BoardFactory(name="Place partnership", starts_on=THEN)
    kept = make.BoardFactory(name="Alliance")
    seat(kept, "Lead of the area", sector="vcfse", ends_on=date(2023, 7, 4))
    assert [row.board for row in by_sector(BEFORE)] == [kept, old]
    assert [row.board for row in by_sector(NOW)] == [kept, new]
    assert len(cell(by_sector(BEFORE), kept, "Voluntary, community, faith and social enterprise")[1]) == 1
    assert cell(by_sector(NOW), kept, "Voluntary, community, faith and social enterprise")[0].is_gap


def test_by_place_uses_the_seats_own_places_or_those_of_its_board():
    here, there, other = (make.PlaceFactory(name=name, system="County") for name in ("Here", "There", "Other"))
    board, elsewhere = make.BoardFactory(name="Both"), make.BoardFactory(name="Elsewhere")
    for place in (here, there):
        place.boards.add(board)
    make.PlaceFactory(system="Another").boards.add(elsewhere)
    seat(board, "Lead of Here", sector="vcfse", holder="Hal", places=[here])
    seat(board, "Voice", sector="vcfse", holder="Vi")
    seat(board, "Trust", sector="nhs", holder="Ned")
    places = [here, there, other]
    rows = seats.by_place(list(seats.boards_on(NOW, places)), places, NOW, "vcfse")
    assert [row.board for row in rows] == [board]
    assert cell(rows, board, "Here")[1] == ["Hal", "Vi"]
    assert cell(rows, board, "There")[1] == ["Vi"]
    assert not cell(rows, board, "Other")[0].applies


def test_by_group_shows_who_speaks_for_it_and_who_has_nobody():
    carers, everyone = (PeopleGroup.objects.create(name=f"{n} here", slug=f"{n}-here") for n in ("Carers", "All"))
    seat(make.BoardFactory(), "Voice of carers", sector="vcfse", groups=[carers], holder="Cat")
    for number in range(seats.SHOWN + 2):
        seat(make.BoardFactory(), f"Seat {number}", groups=[everyone])
    rows = {row.group: row for row in seats.by_group(NOW)}
    assert [each.seat.title for each in rows[carers].seats] == ["Voice of carers"]
    assert len(rows[everyone].seats) == seats.SHOWN
    assert rows[everyone].more == 2
    nobody = PeopleGroup.objects.create(name="Nobody's", slug="nobodys")
    assert {row.group: row for row in seats.by_group(NOW)}[nobody].seats == ()


def test_boards_without_a_seat_for_a_sector_are_named():
    has, lacks = make.BoardFactory(), make.BoardFactory()
    seat(has, "Voice", sector="vcfse")
    assert list(seats.without_a_seat(NOW, "vcfse")) == [lacks]


def test_day_before_a_board_is_known_shows_nothing_of_it():
    """Nor a vacancy: a seat without a first day begins with its board, and a board without one shows from today."""
    unknown = make.BoardFactory(name="Unknown", starts_on=None)
    known = make.BoardFactory(name="Known", starts_on=date(2022, 7, 1))
    seat(unknown, "Empty", sector="vcfse")
    seat(known, "Empty too", sector="vcfse")
    for day, boards, vacant in [
        (BEFORE, set(), set()),
        (date(2022, 6, 30), set(), set()),
        (date(2022, 7, 1), {"Known"}, {"Empty too"}),
        (timezone.localdate(), {"Known", "Unknown"}, {"Empty", "Empty too"}),
    ]:
        assert {board.name for board in seats.boards_on(day)} == boards
        assert {each.title for each in seats.seats_on(day)} == vacant
        assert sum(share.vacant for share in seats.shares(day)) == len(vacant)


def test_term_that_ran_shows_its_seat_and_board_without_a_first_day():
    board = make.BoardFactory(starts_on=None)
    seat(board, "Voice", sector="vcfse", holder="Ann", since=date(2020, 7, 1), until=date(2020, 12, 31))
    seat(board, "Empty", sector="nhs")
    assert list(seats.boards_on(BEFORE)) == [board]
    assert [each.title for each in seats.seats_on(BEFORE)] == ["Voice"]
