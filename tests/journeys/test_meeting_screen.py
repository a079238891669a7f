"""A chair takes a whole meeting on a phone whose connection is cut twice; a colleague sees each entry within seconds."""

import re
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Error, expect

from assemblies.decisions.models import Decision
from assemblies.sittings.models import Entry, Sitting
from partnership import dates
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WITHIN = 6_000  # milliseconds: the screen looks every two seconds


@pytest.fixture
def meeting():
    meeting = make.MeetingUnderWayFactory(board__quorum_number=2, title="Board in public", slug="board-in-public")
    make.ChairFactory(seat__board=meeting.board, holder__name="Ada Chair")
    make.AppointmentFactory(seat__board=meeting.board, seat__title="Council", holder__name="Ben Council")
    make.AppointmentFactory(seat__board=meeting.board, seat__title="Charity", holder__name="Cy Charity")
    version = make.AgendaVersionFactory(meeting=meeting)
    make.AgendaItemFactory(version=version, position=1, title="The plan", purpose="decision")
    make.AgendaItemFactory(version=version, position=2, title="News", purpose="information")
    return meeting


def test_chair_takes_a_meeting_with_the_line_cut_twice(enter, look, meeting):
    chair, colleague = meeting.board.seats.get(is_chair=True).appointments.get().holder, make.StaffFactory()
    phone = enter(chair, width=320)
    phone.goto("/meetings/board-in-public/record/")
    look(phone, "Record the meeting", name="record-start")
    phone.get_by_role("button", name="Open the record").click()
    for name in ("Ada Chair", "Ben Council"):
        in_the_room(phone, name)
    expect(phone.locator(".record-bar")).to_contain_text("2 here, 2 needed", timeout=WITHIN)
    phone.evaluate("scrollTo(0, 0)")  # axe measures what shows of a button, and the bar covers what scrolled under it
    look(phone, "Board in public: the meeting", name="record-attendance")

    other = enter(colleague, width=1280)
    other.goto("/meetings/board-in-public/record/")

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Begin: item 1").click()
    plan = phone.locator("details.record-item", has_text="The plan")
    expect(plan.get_by_role("button", name="Agreed", exact=True)).to_be_visible()
    plan.get_by_role("button", name="Agreed", exact=True).click()
    waits = re.compile(r"^2 entries wait since [\d.]+[ap]m: no connection\. Keep this page open\.$")
    expect(phone.get_by_text(waits)).to_be_visible()
    assert not Entry.objects.filter(kind__in=["item", "outcome"]).exists()
    phone.context.set_offline(False)
    expect(other.locator("details.record-item", has_text="The plan").locator("summary").first).to_contain_text(
        "Agreed", timeout=WITHIN + 3_000
    )
    expect(phone.locator("#waits")).to_be_hidden()
    assert plan.bounding_box()["y"] >= phone.locator(".record-top").bounding_box()["height"], "the bar hides the item"

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Next: item 2").click()
    news = phone.locator("details.record-item", has_text="News")
    news.get_by_text("Add a note for the minutes").click()
    news.get_by_label("Note", exact=True).fill("The lift works again.")
    news.get_by_role("button", name="Add the note").click()
    expect(phone.get_by_text("2 entries wait")).to_be_visible()
    phone.context.set_offline(False)
    expect(other.get_by_text("The lift works again.").first).to_be_attached(timeout=WITHIN + 3_000)
    look(other, "Board in public: the meeting", name="record-of-a-colleague")

    other.get_by_role("button", name="This item is dealt with").last.click()
    expect(phone.locator(".record-bar")).to_contain_text("Every item is dealt with", timeout=WITHIN)
    phone.told.clear()  # the browser says that it had no connection
    phone.get_by_role("button", name="End the meeting").click()
    phone.get_by_role("button", name="End the meeting").click()
    look(phone, "Board in public: the meeting", name="record-ended")
    expect(phone.locator(".record-bar")).to_contain_text("The meeting has ended")
    assert Decision.objects.get().outcome == "agreed"


def test_refused_entry_is_given_back_where_one_looks(enter, look, meeting):
    """Also one that waited without a connection, and after the page was opened again."""
    make.SittingFactory(meeting=meeting)
    page = enter(make.StaffFactory(), width=320)
    page.goto("/meetings/board-in-public/record/")
    page.locator("summary", has_text="The plan").click()
    plan = page.locator("details.record-item", has_text="The plan")
    words, told = plan.get_by_label(re.compile("^In its own words")), page.locator("#told")
    page.context.set_offline(True)
    words.fill("The plan for one year")
    plan.get_by_role("button", name="Agreed with amendments").click()
    page.locator("summary", has_text="News").click()
    page.locator("summary", has_text="The plan").click()
    expect(page.locator("#waits")).to_contain_text("1 entry waits since")
    page.told.clear()
    page.context.set_offline(False)
    expect(told).to_contain_text("has no quorum for this item (0 here, 2 needed)", timeout=WITHIN)
    expect(words).to_have_value("The plan for one year")
    expect(words).to_be_in_viewport()
    expect(told.locator("div")).to_be_focused()
    page.told.clear()  # the browser says that the portal refused it
    look(page, "Board in public: the meeting", name="record-refused")
    page.reload()
    expect(words).to_have_value("The plan for one year")
    for name in ("Ada Chair", "Ben Council"):
        in_the_room(page, name)
    plan.get_by_role("button", name="Agreed with amendments").click()
    expect(plan.get_by_text("The plan for one year")).to_be_visible(timeout=WITHIN)
    expect(told).to_be_empty()


def test_entries_outlive_the_page_and_the_session(enter, meeting):
    """They wait while the page is closed and while nobody is signed in; two tabs send them once."""
    make.SittingFactory(meeting=meeting)
    staff = make.StaffFactory()
    phone = enter(staff, width=320)
    phone.goto("/meetings/board-in-public/record/")
    phone.context.set_offline(True)
    in_the_room(phone, "Ada Chair")
    expect(phone.locator("#waits")).to_contain_text("1 entry waits since")
    with pytest.raises(Error, match="INTERNET_DISCONNECTED"):
        phone.reload()
    phone.context.set_offline(False)
    Session.objects.all().delete()
    phone.goto("/")
    sign_in_again(phone, staff)
    other = phone.context.new_page()
    for page in (phone, other):
        page.goto("/meetings/board-in-public/record/")
        expect(page.locator(".record-bar")).to_contain_text("1 here", timeout=WITHIN)
    Session.objects.all().delete()
    in_the_room(phone, "Ben Council")
    expect(phone.locator("#waits")).to_contain_text("you are signed out")
    expect(phone.get_by_role("link", name="Sign in again in another tab")).to_be_visible()
    sign_in_again(phone, staff)
    expect(phone.locator(".record-bar")).to_contain_text("2 here", timeout=WITHIN + 3_000)
    expect(phone.locator("#waits")).to_be_hidden()
    assert Entry.objects.count() == 2


def test_words_that_came_after_the_end_are_not_lost(enter, look, meeting):
    sitting = make.SittingFactory(meeting=meeting)
    phone = enter(make.StaffFactory(), width=320)
    phone.goto("/meetings/board-in-public/record/")
    phone.context.set_offline(True)
    phone.locator("summary", has_text="News").click()
    news = phone.locator("details.record-item", has_text="News")
    news.get_by_text("Add a note for the minutes").click()
    news.get_by_label("Note", exact=True).fill("The lift works again.")
    news.get_by_role("button", name="Add the note").click()
    expect(phone.locator("#waits")).to_contain_text("1 entry waits since")
    Sitting.objects.update(state="ended", ended_at=timezone.now(), ended_by=sitting.started_by)
    phone.context.set_offline(False)
    expect(phone.locator(".record-bar")).to_contain_text("The meeting has ended", timeout=WITHIN)
    expect(phone.locator("#told")).to_contain_text("You typed: The lift works again.")
    phone.told.clear()  # the browser says that it had no connection, and that the portal refused it
    look(phone, "Board in public: the meeting", name="record-refused-after-the-end")


def in_the_room(page, name):
    page.get_by_role("form", name=f"How {name} attends").get_by_role("button", name="In the room").click()


def sign_in_again(page, person):
    """As in another tab: with a session of one's own, and a token that forms of before do not have."""
    session = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
    fresh = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: "n" * 32}
    address = page.evaluate("location.origin")
    page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in fresh.items()])


def test_screen_shows_the_time_that_a_second_phone_waits(enter, meeting, record_property):
    make.SittingFactory(meeting=meeting)
    one, two = enter(make.StaffFactory(), width=320), enter(make.StaffFactory(), width=320)
    for page in (one, two):
        page.goto("/meetings/board-in-public/record/")
    in_the_room(one, "Ada Chair")
    chosen = time.monotonic()
    expect(two.locator(".record-bar")).to_contain_text("1 here", timeout=WITHIN)
    record_property("seconds from a choice to the second phone", round(time.monotonic() - chosen, 2))


def test_minutes_that_are_left_run_down_by_themselves(enter, meeting):
    start, sitting = meeting.starts_at, make.SittingFactory(meeting=meeting)
    items = list(meeting.agenda_versions.get().items.order_by("position"))
    for item, minutes in zip(items, (0, 50), strict=True):
        item.starts_at = start + timedelta(minutes=minutes)
        item.save()
    make.EntryFactory(sitting=sitting, number=1, kind="item", item=items[0], facts={}, said_at=start)
    page = enter(make.StaffFactory(), width=320)
    page.clock.install()
    page.goto("/meetings/board-in-public/record/")
    bar = page.locator(".record-bar")
    expect(bar).to_contain_text("20 minutes left")  # it began half an hour ago
    page.clock.fast_forward("25:00")
    expect(bar).to_contain_text("5 minutes over")
    expect(bar).to_contain_text(f"ends about {dates.clock(meeting.ends_at + timedelta(minutes=5))}")
