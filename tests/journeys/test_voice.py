"""Views on their way up, a report on its way back: a representative asks, a member answers and hears the outcome."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Meeting
from assemblies.papers.actions import agenda, agenda_publication
from tests import factories
from tests.assemblies.voice.voice import sector

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def here(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = sector("Halton Carers", "Wirral Larder")
    factories.PlaceFactory(name="Halton").partners.add(made.partners[0])
    return made


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)])
def test_representative_asks_and_member_hears_the_outcome(*, enter, look, post, here, width, script):
    theirs, mine = enter(here.holder, width=width, script=script), enter(here.members[0], width=width, script=script)
    when = f"Board in public on {here.meeting.starts_at:%A} {here.meeting.starts_at.day} {here.meeting.starts_at:%B %Y}"

    theirs.goto("/home/")
    theirs.get_by_role("link", name="Ask the organisations you represent").click()
    look(
        theirs,
        "Ask the organisations you represent: VCFSE representative, Board in public",
        script=script,
        name="voice-ask",
    )
    theirs.get_by_label("Community transport").check()
    theirs.get_by_label("What you would like to know").fill("Would an evening bus help?")
    expect(theirs.get_by_label("Time")).to_have_value("5pm")
    theirs.get_by_role("button", name="Ask them").click()
    expect(theirs.locator("main")).to_contain_text("2 organisations asked.")

    link = next(mail for mail in post() if mail.to == [here.members[0].email]).links[0]
    mine.goto(link)
    look(mine, f"What do you think? VCFSE representative, {when}", script=script, name="voice-asked")
    mine.get_by_role("button", name="Answer for Halton Carers").click()
    mine.get_by_role("button", name="Send our answer").click()
    look(mine, f"Error: Answer for Halton Carers: VCFSE representative, {when}", script=script, name="voice-unanswered")
    mine.get_by_label("Support with changes").check()
    mine.get_by_label("Your words on").fill("Run it until nine, for carers.")
    mine.get_by_role("button", name="Send our answer").click()
    expect(mine.locator("main")).to_contain_text("Answered by Halton Carers member")

    theirs.goto("/home/")
    theirs.get_by_role("link", name="Answers so far: 1 of 2").click()
    look(theirs, f"What members said: VCFSE representative, {when}", script=script, name="voice-call-results")
    theirs.get_by_role("link", name="Attach a summary as a paper").click()
    look(
        theirs,
        f"Sum up what members said: Community transport, VCFSE representative, {when}",
        script=script,
        name="voice-summary",
    )
    expect(theirs.get_by_label("What members said")).to_have_value(
        "1 of the 2 organisations asked has answered.\n\n- 1 supports it with changes\n\n"
        "Support with changes:\n- “Run it until nine, for carers.”"
    )
    theirs.get_by_role("button", name="Attach it as a paper").click()
    expect(theirs.locator("main")).to_contain_text("It is on the draft agenda, which the chair will publish.")

    chair = factories.ChairFactory(seat__board=here.seat.board).holder
    seen = agenda_publication.fingerprint(agenda.draft_of(here.meeting))
    agenda_publication.publish(meeting=here.meeting, by=chair, seen=seen, comment="What members said is added.")
    theirs.get_by_role("link", name="Mark as changed by members’ input").click()
    theirs.get_by_label("How members’ input changed it").fill("The bus runs until nine.")
    theirs.get_by_role("button", name="Mark the item").click()
    look(theirs, "Board in public", script=script, name="voice-marked")
    expect(theirs.get_by_role("link", name="What members said: Community transport").first).to_be_visible()
    expect(theirs.locator("main")).to_contain_text("Changed by members’ input. The bus runs until nine.")

    past = timezone.now() - timedelta(days=1)
    Meeting.objects.update(state="held", starts_at=past - timedelta(hours=3), ends_at=past)
    theirs.goto("/home/")
    theirs.get_by_role("link", name="Report back from Board in public").click()
    look(
        theirs,
        f"Report back from {when_it_was().replace(' on ', ', ')}: VCFSE representative",
        script=script,
        name="voice-report",
    )
    theirs.get_by_label("What you want to tell them").fill("The board agreed the bus.")
    theirs.get_by_label("Outcome of “Community transport”").fill("Until nine, as you asked.")
    theirs.get_by_role("button", name="Send the report").click()
    expect(theirs.locator("main")).to_contain_text("Sent to 2 organisations.")

    mail = [mail for mail in post() if mail.to == [here.members[0].email]][-1]
    assert "Until nine, as you asked." in mail.text
    mine.goto("/home/")
    expect(mine.locator("main")).to_contain_text("What they brought back")
    look(mine, "Home", script=script, name="voice-home")
    mine.locator("main").get_by_role("link", name="From Board in public").click()
    expect(mine.locator("main")).to_contain_text("Until nine, as you asked.")

    theirs.get_by_role("link", name="Correct this report").click()
    look(
        theirs,
        f"Correct the report back from {when_it_was()}: VCFSE representative",
        script=script,
        name="voice-correct",
    )
    theirs.get_by_label("Outcome of “Community transport”").fill("Until eight, on weekdays.")
    theirs.get_by_role("button", name="Send the correction").click()
    expect(theirs.get_by_role("alert")).to_contain_text("Say what has changed")
    theirs.get_by_label("What changed").fill("I had misheard the hour.")
    theirs.get_by_role("button", name="Send the correction").click()
    expect(theirs.locator("main")).to_contain_text("The correction has been sent.")
    mail = [mail for mail in post() if mail.to == [here.members[0].email]][-1]
    assert mail.subject.startswith("Correction:")
    mine.goto(mail.links[0])
    look(mine, f"Report back from {when_it_was()}: VCFSE representative", script=script, name="voice-corrected")
    mine.get_by_text("As it was sent on").click()
    expect(mine.locator("main details")).to_contain_text("Until nine, as you asked.")
    expect(mine.locator("main")).to_contain_text("What changed: I had misheard the hour.")


def when_it_was() -> str:
    """The meeting, in the title of a page."""
    starts_at = timezone.localtime(Meeting.objects.get().starts_at)
    return f"Board in public on {starts_at:%A} {starts_at.day} {starts_at:%B %Y}"
