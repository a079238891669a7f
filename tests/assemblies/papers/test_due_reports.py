"""Who leads an item or writes its report is reminded that it is due: by the plan as it stands, once for each day and stage."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item as items
from assemblies.papers.actions import report as reports
from assemblies.papers.actions import report_publication, report_reminder
from assemblies.papers.models import ReportReminder
from partnership.outbox.models import Message
from tests.assemblies.papers.signing import now as step_now
from tests.assemblies.papers.signing import send_back, sign_off, submit, submitted
from tests.at_once import at_once
from tests.factories import (
    BoardStepFactory,
    LedItemFactory,
    MeetingFactory,
    ReportFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.pages import words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def day(ahead: int):
    return timezone.localdate() + timedelta(days=ahead)


def led(due: int = 10, **facts):
    """An item whose report is due in so many days."""
    facts = {"report_due_on": day(due), "report_day_chosen": True, "topic__title": "The plan"} | facts
    return LedItemFactory(meeting__starts_at=in_days(40), **facts)


def remind(ahead: int = 0) -> int:
    """What the hourly run does so many days from now: how many emails are new."""
    return report_reminder.remind_due(timezone.now() + timedelta(days=ahead))


def mails(user) -> list[str]:
    return list(Message.objects.filter(to_email=user.email).order_by("pk").values_list("subject", flat=True))


def test_lead_is_reminded_a_week_before_a_day_before_and_once_late():
    item = led(10)
    told = {ahead: remind(ahead) for ahead in range(16)}
    assert {ahead: count for ahead, count in told.items() if count} == {3: 1, 9: 1, 11: 1}
    assert [subject.split()[0] for subject in mails(item.lead)] == ["Due", "Due", "Late:"]
    assert Message.objects.first().about == f"planned_item:{item.pk}"


@pytest.mark.parametrize(
    ("run_on", "said"), [((5,), "Due by"), ((10,), "Due today"), ((12,), "Late"), ((4, 9), "Due by")]
)
def test_missed_run_is_caught_up_with_what_is_true_then(run_on, said):
    item = led(10)
    for ahead in run_on:
        assert remind(ahead) == 1
    assert mails(item.lead)[-1].startswith(said)


def test_due_day_that_moves_is_reminded_of_again():
    item = led(5)
    assert (remind(), remind()) == (1, 0)
    items.change(item=item, by=StaffFactory(), report_due_on=day(6))
    assert Message.objects.get().state == Message.State.WITHDRAWN, "the day in it is wrong"
    assert (remind(), remind()) == (1, 0)


def test_new_lead_is_told_and_the_old_one_no_more():
    item, other = led(5), UserFactory()
    remind()
    items.change(item=item, by=StaffFactory(), lead=other)
    assert (remind(), mails(other) != []) == (1, True)
    assert Message.objects.get(to_email=item.lead.email).state == Message.State.WITHDRAWN


def test_author_is_told_beside_the_lead_once_each():
    item = led(5)
    author = UserFactory()
    ReportFactory(item=item, author=author)
    assert remind() == 2
    assert len(mails(author)) == len(mails(item.lead)) == 1
    assert "It has been started, and not been submitted" in Message.objects.first().text
    alone = led(5)
    ReportFactory(item=alone)
    assert remind() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"lead": None},
        {"lead__is_active": False},
        {"needs_report": False},
        {"report_received_at": timezone.now()},
        {"withdrawn_at": timezone.now()},
        {"report_due_on": None},
        {"meeting": None},
        {"meeting__state": "cancelled"},
        {"meeting__state": "held"},
    ],
)
def test_nobody_is_reminded_of_what_nobody_waits_for(facts):
    led(5, **facts)
    assert remind() == 0


def test_nobody_is_reminded_once_the_meeting_has_started():
    led(5)
    assert remind(41) == 0


def test_reminders_stop_with_submission_and_go_on_after_a_return():
    item = led(5)
    report = ReportFactory(item=item)
    BoardStepFactory(board=item.board, name="Finance")
    remind()
    submit(report)
    assert Message.objects.get(about=f"planned_item:{item.pk}").state == Message.State.WITHDRAWN
    assert remind(4) == 0
    send_back(step_now(report))
    assert remind(4) == 1
    assert "It was returned to its author" in Message.objects.get(key__endswith=":day").text


def test_report_that_is_taken_back_is_asked_for():
    item = led(5)
    report = ReportFactory(item=item)
    BoardStepFactory(board=item.board, name="Finance")
    submit(report)
    assert remind() == 0
    reports.take_back(report=report, by=report.author)
    assert remind() == 1


def test_report_handed_in_as_a_file_is_not_asked_for():
    item = led(5)
    ReportFactory(item=item)
    items.receive_report(item=item, by=StaffFactory())
    assert remind() == 0


def test_report_signed_off_or_out_is_awaited_once_its_item_moves(client):
    report = submitted(item=led(5))
    assert remind() == 0
    report_publication.publish(report=report, meeting=report.item.meeting, by=StaffFactory())
    assert remind() == 0
    later = MeetingFactory(board=report.board, starts_at=in_days(60))
    items.move(item=report.item, by=StaffFactory(), meeting=later, reason="Deferred", report_due_on=day(6))
    assert remind() == 1
    assert "What is published was for an earlier meeting" in Message.objects.last().text
    assert "Write the next version of the report “The plan”" in words(sign_in(client, report.author).get("/home/"))
    report.refresh_from_db()
    reports.revise(report=report, by=report.author)
    assert remind(5) == 1
    submit(report, what_changed="For the meeting it moved to.")
    sign_off(report)
    assert remind(8) == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_remind_once():
    led(5)
    at_once(report_reminder.remind_due)
    assert (Message.objects.count(), ReportReminder.objects.count()) == (1, 1)


def test_database_keeps_one_row_for_a_person_a_day_and_a_stage():
    item = led(5)
    facts = {"item": item, "person": item.lead, "due_on": item.report_due_on, "stage": "week"}
    ReportReminder.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportReminder.objects.create(**facts)


def test_staff_and_the_chair_are_asked_to_name_who_leads(client, staff, chair, meeting):
    led(5, lead=None, board=meeting.board, topic__title="Nobody leads this")
    led(5, lead__is_active=False, board=meeting.board, topic__title="Who led this has left")
    led(20, lead=None, board=meeting.board, topic__title="Far away")
    led(5, lead=None, topic__title="Of another board")
    for person, seen in ((staff, 3), (chair, 2)):
        page = words(sign_in(client, person).get("/home/"))
        assert page.count("Say who leads") == seen
        assert "Nobody leads this" in page
        assert "Who led this has left" in page


def test_staff_are_asked_about_late_reports_and_late_steps(client, staff):
    led(-1, topic__title="Winter")
    led(-1, topic__title="Ours", lead=staff)
    report = submitted("Finance", title="Summer")
    step = step_now(report)
    type(step).objects.filter(pk=step.pk).update(due_on=day(-1))
    page = words(client.get("/home/"))
    assert "Ask for the report on “Winter”" in page
    assert "Ask for the report on “Ours”" not in page
    assert f"Ask {step.holder} to sign off “Summer”" in page
