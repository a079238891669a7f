"""Who a seat speaks for, and who speaks for a partner: sector, place, groups of people, and the days of a term."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.boards.models import Seat
from partnership.partners.models import Partner, PeopleGroup
from places.representation.speaking import represented_by, speaking_for, speaking_for_any
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture
def halton():
    return make.PlaceFactory(name="Halton")


@pytest.fixture
def carers():
    return PeopleGroup.objects.get(slug="carers")


def names(partners) -> set[str]:
    return set(partners.values_list("name", flat=True))


def partner(name: str, *, kind="vcfse", places=(), groups=(), **facts) -> Partner:
    found = make.PartnerFactory(name=name, kind=kind, **facts)
    found.places.set(places)
    found.groups.set(groups)
    return found


def test_seat_that_names_nothing_speaks_for_every_listed_partner():
    seat = make.SeatFactory()
    partner("Trust", kind="nhs_trust")
    partner("Charity")
    partner("Gone", state="closed")
    partner("Asked", state="proposed")
    assert names(represented_by(seat, TODAY)) == {"Trust", "Charity"}


@pytest.mark.parametrize(
    ("sector", "represented"),
    [
        ("vcfse", {"Charity"}),
        ("nhs", {"Trust", "Network"}),
        ("council", {"Borough"}),
        ("other", {"Homes", "Healthwatch"}),  # kinds that no sector names are the others
    ],
)
def test_seat_speaks_for_the_kinds_of_its_sector(sector, represented):
    for name, kind in [
        ("Charity", "vcfse"), ("Trust", "nhs_trust"), ("Network", "pcn"), ("Borough", "council"), ("Homes", "housing"),
        ("Healthwatch", "healthwatch"),
    ]:  # fmt: skip
        partner(name, kind=kind)
    assert names(represented_by(make.SeatFactory(sector=sector), TODAY)) == represented


def test_places_of_the_seat_come_before_those_of_its_board(halton):
    other = make.PlaceFactory(name="Sefton")
    partner("In Halton", places=[halton])
    partner("In Sefton", places=[other])
    partner("In both", places=[halton, other])
    partner("Nowhere")
    seat = make.SeatFactory()
    assert names(represented_by(seat, TODAY)) == {"In Halton", "In Sefton", "In both", "Nowhere"}
    other.boards.add(seat.board)
    assert names(represented_by(seat, TODAY)) == {"In Sefton", "In both"}
    halton.seats.add(seat)
    assert list(represented_by(seat, TODAY)) == list(Partner.objects.filter(name__in=["In Halton", "In both"]))


def test_seat_that_names_groups_speaks_for_those_who_serve_one(carers):
    older = PeopleGroup.objects.get(slug="older-people")
    partner("Carers", groups=[carers, older])
    partner("Older", groups=[older])
    partner("Neither")
    seat = make.SeatFactory()
    seat.groups.set([carers])
    assert names(represented_by(seat, TODAY)) == {"Carers"}
    seat.groups.add(older)
    assert list(represented_by(seat, TODAY).values_list("name", flat=True)) == ["Carers", "Older"]


@pytest.mark.parametrize("what", ["seat", "board"])
def test_seat_speaks_from_its_first_day_to_its_and_its_boards_last(what):
    partner("Charity")
    seat = make.SeatFactory()
    limited = seat if what == "seat" else seat.board
    limited.starts_on, limited.ends_on = TODAY, TODAY + DAY
    limited.save()
    represented = [represented_by(seat, TODAY + n * DAY).count() for n in (-1, 0, 1, 2)]
    assert represented == [0, 1, 1, 0]
    holder = make.AppointmentFactory(seat=seat)
    spoken = [speaking_for(Partner.objects.get(), TODAY + n * DAY).count() for n in (-1, 0, 1, 2)]
    assert spoken == [0, 1, 1, 0], holder


def test_holder_speaks_from_the_first_day_of_the_term_to_its_last():
    charity = partner("Charity")
    make.AppointmentFactory(starts_on=TODAY, ends_on=TODAY + DAY)
    assert [speaking_for(charity, TODAY + n * DAY).count() for n in (-1, 0, 1, 2)] == [0, 1, 1, 0]


def test_partner_that_is_not_listed_has_nobody_speaking_for_it():
    make.AppointmentFactory()
    assert not speaking_for(partner("Gone", state="closed"), TODAY)


@pytest.mark.parametrize("sector", ["", "vcfse", "nhs"])
@pytest.mark.parametrize("of_seat", [(), (0,), (1,)])
@pytest.mark.parametrize("of_board", [(), (0,), (1,)])
@pytest.mark.parametrize("served", [(), (0,), (1,)])
def test_both_ways_say_the_same(*, halton, carers, sector, of_seat, of_board, served):
    places = [halton, make.PlaceFactory()]
    groups = [carers, PeopleGroup.objects.get(slug="older-people")]
    seat = make.SeatFactory(sector=sector)
    for number in of_seat:
        places[number].seats.add(seat)
    for number in of_board:
        places[number].boards.add(seat.board)
    seat.groups.set([groups[number] for number in served])
    make.AppointmentFactory(seat=seat)
    everyone = [
        partner("Here", places=[halton], groups=[carers]),
        partner("There", places=[places[1]], groups=groups),
        partner("Nowhere", groups=[carers]),
        partner("Trust", kind="nhs_trust", places=places),
    ]
    represented = names(represented_by(seat, TODAY))
    assert represented == {each.name for each in everyone if speaking_for(each, TODAY)}


def test_deputies_are_read_with_the_holder_in_as_many_queries(halton, carers):
    mine = [partner("One", places=[halton], groups=[carers]), partner("Two")]
    make.AppointmentFactory(deputy=make.UserFactory(name="Dee Putty"))
    with CaptureQueriesContext(connection) as one:
        assert [row.deputy.name for row in speaking_for_any(mine, TODAY)] == ["Dee Putty"]
    for _ in range(30):
        make.AppointmentFactory(deputy=make.UserFactory())
    with CaptureQueriesContext(connection) as many:
        rows = [(row.holder.name, row.deputy.name, row.seat.board.name) for row in speaking_for_any(mine, TODAY)]
    assert len(rows) == 31
    assert len(many) == len(one) == 3
    assert Seat.objects.count() == 31
