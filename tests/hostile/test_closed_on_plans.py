"""A matter that is closed to the public, in what forward plans add to it: reminders of its report, and what a board said in
private."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.forward_plan.actions import planned_item as items
from assemblies.papers.actions import report_reminder
from partnership.outbox.models import Message
from tests import factories as make
from tests.assemblies.closures.closing import close
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
MARKER = "zyzzyva"


def test_reminder_says_the_safe_title_to_everybody():
    soon = timezone.localdate() + timedelta(days=3)
    title = {"topic__title": f"Buying the {MARKER} site", "report_due_on": soon}
    bare, started = make.LedItemFactory(**title), make.LedItemFactory(**title)
    make.ReportFactory(item=started)
    for item in (bare, started):
        close(item, by=make.StaffFactory(), title="A purchase of land")
    assert report_reminder.remind_due() == 2
    for mail in Message.objects.all():
        assert MARKER not in f"{mail.subject} {mail.text} {mail.html}".lower()
        assert "A purchase of land" in mail.subject


def test_what_a_board_said_in_private_is_for_those_who_sit_there(client):
    topic = make.TopicFactory(title="Land")
    make.PlannedItemFactory(topic=topic)  # in public, at a meeting to come
    met = make.MeetingFactory(board=topic.board, starts_at=make.in_days(-3), state="held")
    item = make.PlannedItemFactory(topic=topic, meeting=met)
    closure = close(item, by=make.StaffFactory(), title="")
    items.say_result(item=item, by=None, result=f"Buy the {MARKER} site")
    plan = f"/boards/{topic.board.slug}/plan/"
    pages = (topic.get_absolute_url(), plan, f"/search/?words={MARKER}")
    member = make.AppointmentFactory(seat__board=topic.board).holder
    for person, reads in ((None, False), (make.UserFactory(), False), (member, True)):
        if person:
            sign_in(client, person)
        for address in pages[:2]:
            assert (MARKER in client.get(address).text) is reads, (person, address)
        assert (topic.get_absolute_url() in client.get(pages[2]).text) is reads
        client.logout()
    closures.release(closure=closure, by=make.StaffFactory(), note="The contract is signed.")
    assert all(MARKER in client.get(address).text for address in pages[:2])
    assert topic.get_absolute_url() in client.get(pages[2]).text
