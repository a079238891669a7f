"""Places: what each covers, since when, who leads it, and who works there."""

from contextlib import suppress
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnership.refusals import Refusal
from places.footprint.actions import lead
from places.footprint.forms import FootprintField
from places.footprint.models import Place, PlaceLead
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "South Cumbria", "system": "Lancashire and South Cumbria", "summary": "Three councils."}


@pytest.fixture
def staff(client):
    user = make.StaffFactory()
    client.force_login(user)
    return user


def test_place_shows_its_footprint_dates_leads_and_partners(client):
    before = make.PlaceFactory(name="Morecambe Bay", slug="morecambe-bay", ends_on=date(2023, 3, 31))
    place = make.PlaceFactory(name="South Cumbria", slug="south-cumbria", starts_on=date(2023, 4, 1))
    place.predecessors.add(before)
    place.footprint.create(name="Westmorland and Furness", gss_code="E06000064", in_part=True)
    make.PlaceLeadFactory(place=place, user__name="Jane Scattergood")
    make.PlaceLeadFactory(place=place, user__name="Somebody Before", ends_on=date(2021, 1, 1))
    place.partners.add(make.PartnerFactory(name="Kendal Voices"))
    page = client.get("/places/south-cumbria/").text
    for words in ("Part of Westmorland and Furness", "Jane Scattergood", "Saturday 1 April 2023", "Kendal Voices"):
        assert words in page
    assert "Somebody Before" not in page
    assert "replaced it" in client.get("/places/morecambe-bay/").text
    assert "Morecambe Bay" not in client.get("/places/").text


def test_staff_add_a_place_with_councils_in_part(client, staff):
    board = make.BoardFactory()
    councils = "Part of Cumberland, E06000063\n\n  part of North Yorkshire  E06000065\nSomewhere"
    client.post("/places/new/", ANSWERS | {"footprint": councils, "boards": [board.pk], "starts_on": "1 April 2023"})
    place = Place.objects.get(slug="south-cumbria")
    assert sorted(place.footprint.values_list("name", "gss_code", "in_part")) == [
        ("Cumberland", "E06000063", True),
        ("North Yorkshire", "E06000065", True),
        ("Somewhere", "", False),
    ]
    assert list(place.boards.all()) == [board]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": "!!!"}, "Enter a name with letters in it"),
        ({"footprint": "Halton, E0600"}, "a GSS code has a letter and eight numbers"),
        ({"footprint": "Halton\nHALTON"}, "Halton is named twice"),
        ({"starts_on": "1/4/2023", "ends_on": "1/4/2022"}, "The last day is before the first"),
        ({"starts_on": "31/4/2023"}, "There is no such day"),
        (
            {"name": "Leeds", "system": "West Yorkshire", "starts_on": "1/4/2020"},
            "There is already a place with that name",
        ),
    ],
)
def test_place_with_bad_answers_is_explained_kept_and_not_saved(client, staff, answers, message):
    make.PlaceFactory(name="Leeds", system="West Yorkshire", starts_on=date(2020, 4, 1))
    page = client.post("/places/new/", ANSWERS | answers).text
    assert message in page
    assert "Three councils." in page
    assert Place.objects.count() == 1


@given(st.text(max_size=200))
def test_no_words_break_the_reader_of_councils(text):
    with suppress(ValidationError):
        assert all(council["name"] for council in FootprintField(required=False).clean(text))


def test_edited_place_shows_its_councils_as_they_are_typed(client, staff):
    place = make.PlaceFactory()
    place.footprint.create(name="Cumberland", gss_code="E06000063", in_part=True)
    assert "Part of Cumberland, E06000063" in client.get(f"{place.get_absolute_url()}edit/").text


def test_staff_add_a_lead_who_then_leads_and_is_not_added_twice(client, staff):
    place, person = make.PlaceFactory(), make.UserFactory(email="nadia@example.org")
    answers = {"email": "nadia@example.org", "title": "Place lead", "starts_on": "1/1/2026", "ends_on": ""}
    client.post(f"{place.get_absolute_url()}leads/new/", answers)
    assert list(Place.objects.led_by(person)) == [place]
    page = client.post(f"{place.get_absolute_url()}leads/new/", answers).text
    assert "on those dates" in page
    assert PlaceLead.objects.count() == 1


def test_lead_ends_on_a_day_not_before_they_began(client, staff):
    lead = make.PlaceLeadFactory()
    address = f"{lead.place.get_absolute_url()}leads/{lead.pk}/end/"
    assert "They began on 1 January 2020" in client.post(address, {"ends_on": "1/1/2019"}).text
    client.post(address, {"ends_on": "1/2/2020"})
    assert not Place.objects.led_by(lead.user).exists()


def test_staff_say_which_partners_work_in_a_place(client, staff):
    place, partner = make.PlaceFactory(), make.PartnerFactory()
    client.post(f"{place.get_absolute_url()}partners/", {"partner": partner.pk})
    assert list(place.partners.all()) == [partner]
    client.post(f"{place.get_absolute_url()}partners/{partner.slug}/remove/")
    assert not place.partners.exists()


def test_place_list_query_count_is_constant(client, staff, django_assert_num_queries):
    make.PlaceFactory().footprint.create(name="A council")
    count = queries(client, "/places/")
    for place in make.PlaceFactory.create_batch(54):
        place.footprint.create(name="A council")
    with django_assert_num_queries(count):
        assert "1 to 50 of 55 places" in client.get("/places/").text


def test_place_page_query_count_is_constant(client, staff, django_assert_num_queries):
    place = make.PlaceFactory()
    place.partners.add(make.PartnerFactory())
    make.PlaceLeadFactory(place=place)
    count = queries(client, place.get_absolute_url())
    place.partners.add(*make.PartnerFactory.create_batch(60))
    make.PlaceLeadFactory.create_batch(50, place=place)
    with django_assert_num_queries(count):
        assert "See all 61 partners" in client.get(place.get_absolute_url()).text


def test_nobody_makes_themselves_the_lead_of_a_place(staff):
    place = make.PlaceFactory()
    with pytest.raises(Refusal, match="cannot make yourself the lead"):
        lead.add(place=place, user=staff, by=staff, title="Lead", starts_on=date(2026, 1, 1))
    assert lead.add(place=place, user=staff, by=make.StaffFactory(), title="Lead", starts_on=date(2026, 1, 1)).pk


def test_nobody_leads_a_place_longer_by_their_own_word(client, staff):
    led = make.PlaceLeadFactory(user=staff, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    address = f"/places/{led.place.slug}/leads/{led.pk}/end/"
    assert "You cannot lengthen your own time as lead" in client.post(address, {"ends_on": "1 January 2027"}).text
    led.refresh_from_db()
    assert led.ends_on == date(2026, 12, 31)
    assert lead.end(lead=led, by=staff, ends_on=date(2026, 6, 30)).ends_on == date(2026, 6, 30)
    assert lead.end(lead=led, by=make.StaffFactory(), ends_on=date(2027, 1, 1)).ends_on == date(2027, 1, 1)
