"""Staff find every vacancy in two clicks, and anybody sees on the map who spoke for whom and who speaks now."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def boards():
    """Two boards: one with a seat held and one vacant, one with a seat whose holder left a month ago."""
    today = timezone.localdate()
    first, second = make.BoardFactory(name="Place partnership"), make.BoardFactory(name="Area alliance")
    held = make.SeatFactory(board=first, title="Council", sector="council")
    make.AppointmentFactory(seat=held, holder__name="Hal Reed")
    make.SeatFactory(board=first, title="Voice of carers", sector="vcfse")
    left = make.SeatFactory(board=second, title="Lead of the coast", sector="vcfse")
    make.AppointmentFactory(seat=left, holder__name="Vera Allen", ends_on=today - timedelta(days=30))
    return first, second


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_staff_find_every_vacancy_in_two_clicks(enter, look, boards, width, script):
    page = enter(make.StaffFactory(), width=width, script=script)
    page.goto("/")
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.get_by_role("link", name="Vacancies and terms ending soon").click()
    look(page, "Vacancies and terms ending soon", script=script, name="vacancies")
    for vacant in ("Voice of carers", "Lead of the coast"):
        expect(page.locator("main")).to_contain_text(vacant)
    expect(page.get_by_role("link", name="Council", exact=True)).to_have_count(0)


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_a_resident_moves_the_map_from_then_to_now(enter, look, boards, width, script):
    then = timezone.localdate() - timedelta(days=60)
    page = enter(None, width=width, script=script)
    page.goto("/")
    page.get_by_role("link", name="Who speaks for you").first.click()
    look(page, "Who speaks for you", script=script, name="map-now")
    expect(page.locator("main")).not_to_contain_text("Vera Allen")
    page.goto(f"/representation/?on={then.isoformat()}")
    expect(page.locator("main")).to_contain_text("Vera Allen")
    page.get_by_role("link", name="List of seats").click()
    look(page, "List of seats", script=script, name="map-list-then")
    expect(page.locator("main")).to_contain_text("Vera Allen")
