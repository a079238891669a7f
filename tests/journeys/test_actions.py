"""A member finds all their actions, late ones first, and closes one with what shows that it is done; a resident reads that."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories as make
from tests.factories.days import in_days

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LETTER, FORUM = "Write to every practice about warm spaces", "Ask the pensioners’ forum for a date"


@pytest.fixture
def board():
    """Its meeting of last month is over, the next is announced, and somebody who left had an action."""
    board = make.BoardFactory(name="Wellbeing Board", slug="wellbeing")
    make.ChairFactory(seat__board=board, holder__name="Cleo Chair")
    coming = make.MeetingFactory(board=board, title="Wellbeing Board in public")
    make.AgendaItemFactory(version__meeting=coming, version__number=1, title="Welcome", position=1)
    return board


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_member_finds_their_actions_and_closes_one(*, enter, look, post, board, width, script):
    member = make.AppointmentFactory(seat__board=board, holder__name="Mia Member").holder
    facts = {"meeting": make.MeetingFactory(board=board, starts_at=in_days(-30)), "owner": member}
    row = make.FollowUpFactory(**facts, text=LETTER, due_on=timezone.localdate() - timedelta(days=2))
    make.FollowUpFactory(**facts, text=FORUM, due_on=timezone.localdate() + timedelta(days=40))
    make.FollowUpFactory(meeting=facts["meeting"], text="Thing of somebody else")
    page = enter(member, width=width, script=script)

    def see(page, title, name):
        look(page, title, script=script, name=f"actions-{name}")

    page.goto("/home/")
    page.get_by_role("link", name=f"Do what you took on: {LETTER}").click()
    see(page, f"Action {row.pk}: Wellbeing Board", "one")
    page.goto("/home/")
    page.get_by_role("link", name="See all of yours").click()
    see(page, "Your actions", "mine")
    expect(page.locator("main .portal-rows a")).to_contain_text([LETTER, FORUM])
    page.get_by_role("link", name=LETTER).click()
    page.get_by_role("button", name="It is done").click()
    page.get_by_role("button", name="Close it as done").click()
    see(page, f"Error: Close this action as done: Action {row.pk}", "unsaid")
    page.get_by_label("What shows that it is done?").fill("All twelve practices have the letter of 3 May")
    page.get_by_role("button", name="Close it as done").click()
    see(page, f"Action {row.pk}: Wellbeing Board", "done")
    expect(page.locator("main")).to_contain_text("All twelve practices have the letter of 3 May")

    chair = enter(board.chair_on(timezone.localdate()), width=width, script=script)
    chair.goto(board.get_absolute_url())
    chair.get_by_role("link", name="See the actions").click()
    see(chair, "Actions: Wellbeing Board", "log")
    chair.get_by_role("link", name=FORUM).click()
    chair.get_by_role("link", name="Hand it on").click()
    see(chair, f"Hand this action on: Action {row.pk + 1}", "hand-on")
    chair.get_by_label("Who takes it on: a member of the board").select_option("Cleo Chair")
    chair.get_by_label("Why is it handed on?").fill("The forum meets at my office")
    chair.get_by_role("button", name="Hand it on").click()
    expect(chair.locator("main")).to_contain_text("Handed on from Mia Member to Cleo Chair")
    (told,) = post()
    assert told.to == [member.email]
    assert "The forum meets at my office" in told.text

    resident = enter(None, width=width, script=script)
    resident.goto(board.meetings.get(title="Wellbeing Board in public").get_absolute_url())
    see(resident, "Wellbeing Board in public", "next-agenda")
    expect(resident.locator("main")).to_contain_text("Actions from earlier meetings")
    resident.get_by_role("link", name=FORUM).click()
    see(resident, f"Action {row.pk + 1}: Wellbeing Board", "public")
    expect(resident.locator("main")).not_to_contain_text("at my office")
