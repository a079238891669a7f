"""Minutes: the chair drafts and circulates them, a member corrects them, the chair agrees, and the next meeting confirms."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.minutes.models import Minutes
from partnership import dates
from tests import factories as make
from tests.assemblies.minutes.held import SECRET, Held

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def held():
    """A meeting with an interest, an action, somebody who came late, a vote, and an item that is closed to the public."""
    named = {"board__name": "Partnership Board", "board__slug": "partnership-board"}
    held = Held(title="Board in public", slug="board-in-public", **named)
    held.close()
    held.start()
    first, second = held.members
    held.here(held.chair)
    held.enter("presides", seat=held.seat_of(held.chair), name=held.chair.name)
    held.here(first)
    held.apologies(second)
    held.enter("guest", name="Jo Marlow", role="Clerk")
    held.enter("speaker", 1, name="Sam Hepple")
    held.enter("note", 1, text="Residents asked for a plain summary.")
    held.enter(
        "interest", 1, seat=held.seat_of(first), kind="financial", nature="Director of a firm that could bid.", withheld=False,
        mitigation="note", dispensation_by="", dispensation_until="",
    )  # fmt: skip
    due_on = (timezone.localdate() + timedelta(days=30)).isoformat()
    held.enter("action", 1, text="Write a plain summary", owner=first.pk, name=first.name, due_on=due_on)
    held.agree(1, votes={str(held.seat_of(person).pk): "for" for person in (held.chair, first)})
    held.here(second, place=2)
    held.take(2)
    held.enter("session", 3, private=True)
    held.enter("note", 3, text=f"{SECRET} asks too much.")
    held.agree(3, outcome="amended", text=f"{SECRET} gets the contract.")
    held.end()
    make.InterestsReturnFactory(person=held.chair)
    return held


@pytest.mark.parametrize(("width", "script"), [(1280, False), (320, True)])
def test_minutes_from_draft_to_confirmed(*, enter, look, post, held, width, script):
    chair = enter(held.chair, width=width, script=script)
    chair.goto("/meetings/board-in-public/")
    chair.get_by_role("link", name="Draft the minutes of the Partnership Board").click()
    look(chair, "Draft the minutes?", script=script, name="1-draft")
    chair.get_by_role("button", name="Draft the minutes").click()
    look(chair, "Minutes of the Partnership Board", script=script, name="2-drafted")
    chair.get_by_role("button", name="Write the minutes").click()
    look(chair, "Write the minutes of the Partnership Board", script=script, name="3-write")
    chair.get_by_label("2. News").fill("There was good news:\n\n- one\n- two")
    chair.get_by_label("Key messages").fill("People will see what changes **for them**.")
    chair.get_by_role("button", name="Save", exact=True).click()
    chair.get_by_role("button", name="Circulate them").click()
    look(chair, "Circulate the minutes?", script=script, name="4-circulate")
    chair.get_by_role("button", name="Circulate the minutes").click()
    assert [held.members[0].email] in [message.to for message in post()]

    member = enter(held.members[0], width=width, script=script)
    member.goto(Minutes.objects.get().newest.get_absolute_url())
    look(member, f"{title(held)}, version 1", script=script, name="5-circulated")
    member.get_by_role("link", name=re.compile("^Correct this item.*The plan$")).click()
    look(member, "Propose a correction", script=script, name="6-correct")
    member.get_by_label("What should be corrected").fill("I asked for an easy read summary too.")
    member.get_by_role("button", name="Propose the correction").click()
    expect(member.locator("main")).to_contain_text("Waiting for an answer")

    chair.goto("/home/")
    chair.get_by_role("link", name="Answer corrections to the minutes").click()
    look(chair, "Minutes of the Partnership Board", script=script, name="7-corrections")
    chair.get_by_role("link", name=re.compile("^Answer it")).click()
    look(chair, "Answer a correction", script=script, name="8-answer")
    chair.get_by_label("Yes: the text is changed, or will be").check()
    chair.get_by_role("button", name="Send your answer").click()
    chair.get_by_role("link", name="agree them early").click()
    look(chair, "Agree these minutes?", script=script, name="9-agree")
    chair.get_by_role("button", name="Agree these minutes").click()

    visitor = enter(None, width=width, script=script)
    visitor.goto("/meetings/board-in-public/")
    look(visitor, "Board in public", script=script, name="10-meeting")
    visitor.get_by_role("link", name="Minutes of the Partnership Board", exact=True).click()
    expect(visitor.locator("main")).to_contain_text("not yet confirmed by the board")
    expect(visitor.locator("main")).not_to_contain_text(SECRET)
    look(visitor, title(held), script=script, name="11-agreed")
    visitor.get_by_role("link", name="Key messages").click()
    look(visitor, "Key messages: Partnership Board", script=script, name="12-key-messages")

    make.MeetingFactory(
        board=held.board, title="Next board", slug="next", kind="board", starts_at=timezone.now() - timedelta(minutes=1)
    )
    visitor.goto("/meetings/next/")
    expect(visitor.locator("main")).to_contain_text("to be confirmed")
    chair.goto("/home/")
    chair.get_by_role("link", name="Confirm the minutes of").click()
    look(chair, "Confirm the minutes?", script=script, name="13-confirm")
    chair.get_by_role("button", name="Enter that they were confirmed").click()
    visitor.goto("/boards/partnership-board/minutes/")
    look(visitor, "Minutes of the Partnership Board", script=script, name="14-of-board")
    expect(visitor.locator("main")).to_contain_text("Confirmed")


def title(held) -> str:
    return f"Minutes of {dates.day(held.meeting.starts_at)}: Partnership Board"
