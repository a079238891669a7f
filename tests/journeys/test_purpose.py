"""A purpose: the chair asks, a member organisation reaffirms it, the minutes say so, and the next version follows."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Meeting
from assemblies.minutes.actions import minutes as minutes_actions
from assemblies.minutes.models import Minutes
from assemblies.purpose.actions import purpose_round
from assemblies.purpose.models import Round
from assemblies.voice.models import CallForViews
from partnership import dates
from tests import factories as make
from tests.assemblies.purpose.group import LINES, group

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HEADING = "Does every line of our purpose still stand?"


@pytest.fixture
def peg():
    return group("Forum Central", "City Council")


def meet(peg) -> None:
    """The meeting was yesterday, with the item on its agenda; answers had closed before it."""
    now = timezone.now()
    Meeting.objects.update(starts_at=now - timedelta(hours=27), ends_at=now - timedelta(hours=24), state="held")
    CallForViews.objects.update(opened_at=now - timedelta(days=9), closes_at=now - timedelta(days=3))
    purpose_round.close_due()
    version = make.AgendaVersionFactory(meeting=peg.meeting, number=1)
    make.AgendaItemFactory(version=version, position=1, title="Our ‘why’", planned=Round.objects.get().planned)


def agree(peg, staff) -> None:
    """Those who were there had their days, and the chair agrees."""
    minutes = Minutes.objects.get()
    minutes_actions.circulate(minutes=minutes, by=staff)
    minutes_actions.agree(minutes=minutes, by=peg.chair)


@pytest.mark.parametrize(("width", "script"), [(320, True), (1280, False)])
def test_member_reaffirms_the_purpose_and_minutes_say_so(*, enter, look, post, peg, width, script):
    named = peg.board.name
    chair = enter(peg.chair, width=width, script=script)
    chair.goto("/boards/peg/")
    chair.get_by_role("link", name="Read it line by line").click()
    look(chair, f"Purpose of the {named}", script=script, name="purpose-1-first")
    chair.get_by_role("button", name="Ask whether every line still stands").click()
    look(chair, f"Ask whether every line still stands: {named}", script=script, name="purpose-2-ask")
    chair.get_by_label("What you would like to know").fill("Much has changed since March.")
    chair.get_by_role("button", name="Ask them").click()
    expect(chair.locator("main")).to_contain_text("2 organisations asked.")
    occasion = Round.objects.get().call.occasion
    look(chair, f"Does every line still stand? {named}, {occasion}", script=script, name="purpose-3-open")

    link = next(mail for mail in post() if mail.to == [peg.members[0].email]).links[0]
    member = enter(peg.members[0], width=width, script=script)
    member.goto(link)
    look(member, f"{HEADING} Chair, {occasion}", script=script, name="purpose-4-call")
    member.get_by_role("button", name="Answer for Forum Central").click()
    for number in (1, 3):
        member.get_by_role("group", name=f"{number}. ").get_by_label("Stands").check()
    member.get_by_role("group", name="2. ").get_by_label("Change it").check()
    member.get_by_role("button", name="Send our answer").click()
    look(member, f"Error: Answer for Forum Central: Chair, {occasion}", script=script, name="purpose-5-error")
    member.get_by_label("Your words on line 2").fill("Say who shares what")
    member.get_by_label("Our words may be quoted").check()
    member.get_by_role("button", name="Send our answer").click()
    expect(member.locator("main")).to_contain_text("Answered by Forum Central member")

    meet(peg)
    meeting_day = dates.day(Meeting.objects.get().starts_at)
    staff = make.StaffFactory(name="Sam Staff")
    clerk = enter(staff, width=width, script=script)
    clerk.goto("/meetings/peg-meets/")
    expect(clerk.locator("main")).to_contain_text("1 of 2 member organisations answered.")
    look(clerk, "Executive Group", script=script, name="purpose-6-agenda")
    clerk.get_by_role("link", name="Draft the minutes").click()
    clerk.get_by_role("button", name="Draft the minutes").click()
    agree(peg, staff)
    visitor = enter(None, width=width, script=script)
    visitor.goto("/meetings/peg-meets/")
    visitor.get_by_role("link", name=re.compile("^Minutes of")).first.click()
    expect(visitor.locator("main")).to_contain_text("1 of 2 member organisations answered.")
    expect(visitor.locator("main")).to_contain_text(f"Line 1, “{LINES[0]}”: stands 1, change it 0, no longer 0")
    expect(visitor.locator("main")).to_contain_text("Forum Central on line 2: “Say who shares what”")
    look(visitor, f"Minutes of {meeting_day}: {named}", script=script, name="purpose-7-minutes")

    decision = peg.decide()
    chair.goto("/home/")
    chair.get_by_role("link", name=f"Write the next version of our purpose: {named}").click()
    look(
        chair,
        f"Does every line still stand? {named}, {Round.objects.get().call.occasion}",
        script=script,
        name="purpose-8-result",
    )
    chair.get_by_role("button", name="Write the next version").click()
    look(chair, f"Write the next version: {named}", script=script, name="purpose-9-write")
    chair.get_by_label("Line 2", exact=True).fill("We share what we have, and say who does")
    chair.get_by_label("Line 3", exact=True).fill("")
    chair.get_by_label("New lines").fill("We learn from one another")
    chair.get_by_label("Decision that agreed it").select_option(str(decision.pk))
    chair.get_by_role("button", name="Write this version").click()
    look(chair, f"Purpose of the {named}", script=script, name="purpose-10-next")
    visitor.goto("/boards/peg/purpose/2/")
    look(visitor, f"Purpose of the {named}, version 2", script=script, name="purpose-11-changed")
    expect(visitor.locator("main")).to_contain_text("Dropped in this version")
