"""The main job once, from the list to the cancelled place: real web, broker, worker, clock and mail server."""

import re
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import vobject
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.meetings.models import Meeting
from assemblies.organising.actions import reminder_rule
from assemblies.papers.actions import agenda
from assemblies.registrations.models import Registration
from tests import factories
from tests.conftest import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
OFTEN = {"OUTBOX_SWEEP_SECONDS": "1", "REMINDER_SWEEP_SECONDS": "1", "WORKER_CONCURRENCY": "1", "WORKER_NICE": "0"}
FILE = (
    '\ufeffOrganisation;E-mail address;Name;Job title\r\n;;;\r\n'
    'Halton Larder; ANN@Example.ORG ;Ann Able;Trustee\r\n"Two in one";"bo@example.org; cy@example.org";"Bo Lee; Cy Ng";\r\n'
    'Halton Larder;ann@example.org;Ann Able;\r\nHealthwatch;di.example.org;Di Oh;Chair\r\n'
)  # fmt: skip


@pytest.fixture
def at_work(start_worker, process_environment, portal, tmp_path):
    """A worker and the clock beside the web server of the test, at short intervals."""
    start_worker(concurrency=1, PORTAL_URL=portal, **OFTEN)
    command = [sys.executable, "-m", "celery", "-A", "partnership", "beat", "-s", str(tmp_path / "beat"), "--pidfile="]
    with (tmp_path / "beat.log").open("w") as log:
        beat = subprocess.Popen(
            command, env=process_environment(PORTAL_URL=portal, **OFTEN), cwd=ROOT, stdout=log, stderr=log
        )
    yield
    beat.terminate()
    beat.wait(10)


@pytest.fixture
def meeting():
    meeting = factories.MeetingFactory(
        title="September assembly", slug="september", joining_link="https://meet.example.org/a", capacity=40,
        published_at=timezone.now() - timedelta(days=40), state=Meeting.State.PUBLISHED,
    )  # fmt: skip
    place = factories.MeetingPlaceFactory(meeting=meeting, place__name="Halton", place__slug="halton").place
    factories.InvitationListFactory(meeting=meeting, place=place, state="open")
    factories.PlaceLeadFactory(place=place, user__name="Lena Lead")
    reminder_rule.set_default_rules(meeting=meeting)
    agenda.write_item(
        meeting=meeting, by=None, item=None, title="What has to happen now", purpose="discussion",
        presenter="Alan Yates", documents=[], starts_at=meeting.starts_at,
    )  # fmt: skip
    return meeting


def test_assembly_from_invitation_list_to_reminder(enter, meeting, smtp, at_work):
    chair = factories.ChairFactory(seat__board=meeting.board).holder
    lead = enter(meeting.lists.get().place.leads.get().user, width=320)
    lead.goto("/meetings/september/manage/lists/halton/import/")
    lead.get_by_label("CSV or Excel file").set_input_files(
        {"name": "halton.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    lead.get_by_role("button", name="Read the file").click()
    lead.get_by_text("Correct row 6").click()
    lead.get_by_label("Email address").fill("di@example.org")
    lead.get_by_role("button", name="Save row 6").click()
    lead.get_by_role("button", name="Add 4 people to the list").click()
    lead.get_by_role("link", name="Sign off the list").click()
    lead.get_by_role("button", name="Sign off 4 people").click()
    expect(lead.locator("main")).to_contain_text("The list of Halton is signed off.")

    staff = enter(factories.StaffFactory())
    staff.goto("/meetings/september/manage/invitations/")
    staff.get_by_role("button", name="Check the message and invite 4 people").click()
    staff.get_by_role("button", name="Continue to send to 4 people").press(
        "Enter"
    )  # a click may land in the frame above
    staff.get_by_role("button", name="Send to 4 people", exact=True).click()
    smtp.wait_for(4, seconds=60)
    expect(staff.get_by_text("4 messages of 4 sent")).to_be_visible()
    assert sorted(mail.to[0] for mail in smtp.messages) == [f"{name}@example.org" for name in ("ann", "bo", "cy", "di")]
    invited = smtp.to("ann@example.org")[0]
    uid = entry(invited).uid.value

    ann = enter(None, width=320, script=False)
    ann.goto(next(link for link in invited.links if re.search(r"/i/[^/]+/$", link)))
    ann.get_by_role("button", name="Yes, register").click()
    expect(ann.get_by_label("Full name")).to_have_value("Ann Able")
    ann.get_by_label("Your place").select_option("Halton")
    ann.get_by_label("British Sign Language interpreter").check()
    ann.get_by_role("button", name="Register").click()
    expect(ann.locator("main")).to_contain_text("You have a place")
    confirmed = smtp.wait_for(2, to="ann@example.org", seconds=60)[1]
    assert entry(confirmed).uid.value == uid
    assert "https://meet.example.org/a" in confirmed.text

    page = enter(chair)
    page.goto("/meetings/september/manage/agenda/publish/")
    page.get_by_role("button", name="Publish the agenda").click()
    expect(page.locator("main")).to_contain_text("Version 1 of the agenda is published.")
    ann.goto("/meetings/september/")
    expect(ann.get_by_role("heading", name="Item 1: What has to happen now")).to_be_visible()

    staff.goto("/meetings/september/manage/reminders/new/")
    staff.get_by_label("Before it starts, to people with a place").check()
    staff.get_by_label("How long before or after?").fill("20")
    staff.get_by_label("Days, hours or minutes?").select_option("Days")
    staff.get_by_label("Subject").fill("Four weeks to go")
    staff.get_by_label("Text").fill("Dear {name},\n\n{meeting} is on {when}.")
    staff.get_by_role("button", name="Save the reminder").click()
    expect(staff.get_by_text("The reminder is saved")).to_be_visible()
    assert not reminded(smtp)
    gone = (meeting.starts_at - timezone.now()) // timedelta(minutes=1) + 1  # as if the days had gone by
    assert meeting.reminder_rules.filter(subject="Four weeks to go").update(minutes=gone) == 1
    wait_until(lambda: reminded(smtp))
    time.sleep(3)  # several more sweeps look at the rule
    assert len(reminded(smtp)) == 1
    assert entry(reminded(smtp)[0]).uid.value == uid

    before = int(entry(reminded(smtp)[0]).sequence.value)
    staff.goto("/meetings/september/manage/move/")
    for name in ("starts_at_day", "ends_at_day"):
        staff.locator(f"[name={name}]").fill(f"{factories.in_days(35):%d/%m/%Y}")
    staff.get_by_role("button", name="Continue").click()
    staff.get_by_role("button", name="Move the meeting and tell them").click()
    expect(staff.locator("main")).to_contain_text("The meeting has been moved.")
    wait_until(lambda: moved(smtp))
    assert int(entry(moved(smtp)[0]).sequence.value) == before + 1
    assert entry(moved(smtp)[0]).dtstart.value == factories.in_days(35)

    ann.goto(next(link for link in confirmed.links if link.endswith("/cancel/")))
    ann.get_by_role("button", name="Cancel my place").click()
    expect(ann.get_by_role("heading", name="You have cancelled")).to_be_visible()
    wait_until(lambda: "METHOD:CANCEL" in smtp.to("ann@example.org")[-1].calendar)
    assert Registration.objects.get().state == "cancelled"
    time.sleep(1.5)  # another sweep
    assert (len(reminded(smtp)), len(moved(smtp))) == (1, 1)


def entry(mail):
    """The entry in the email's calendar part, as another library reads it."""
    return vobject.readOne(mail.calendar).vevent


def reminded(smtp) -> list:
    return [mail for mail in smtp.to("ann@example.org") if mail.subject == "Four weeks to go"]


def moved(smtp) -> list:
    return [mail for mail in smtp.to("ann@example.org") if "has moved to" in mail.subject]


def wait_until(true, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"it did not happen within {seconds} s"
        time.sleep(0.05)
