"""What reports ask of people on their home page: a step with its day, a report that is due, one that was returned."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership import todo
from tests.assemblies.papers.signing import approve, now, send_back, submitted
from tests.factories import LedItemFactory, MeetingFactory, ReportFactory, UserFactory, in_days

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=5)


def asked_of(user) -> list[todo.Todo]:
    return [each for each in todo.now_for(user) if "report" in each.title]


def titles(user) -> list[str]:
    return [each.title for each in asked_of(user)]


def test_step_waits_for_its_holder_with_its_day():
    report = submitted("Finance", "Director", title="The plan")
    step = now(report)
    (found,) = asked_of(step.holder)
    assert found.title == "Sign off the report “The plan”"
    assert found.due == step.due_on
    assert titles(step.version.steps.last().holder) == []
    approve(step)
    assert titles(step.holder) == []
    assert titles(now(report).holder) == ["Sign off the report “The plan”"]


def test_report_is_due_of_who_leads_the_item():
    item = LedItemFactory(report_due_on=SOON, topic__title="The plan")
    (found,) = asked_of(item.lead)
    assert (found.title, found.due) == ("Start the report “The plan”", SOON)
    report = ReportFactory(item=item, author=UserFactory())
    for person in (item.lead, report.author):
        assert titles(person) == ["Write and submit the report “The plan”"]


def test_nothing_is_due_of_a_past_meeting_or_without_a_day():
    lead = UserFactory()
    LedItemFactory(lead=lead)
    LedItemFactory(lead=lead, report_due_on=SOON, needs_report=False)
    LedItemFactory(lead=lead, report_due_on=SOON, withdrawn_at=timezone.now())
    item = LedItemFactory(lead=lead, report_due_on=SOON)
    item.meeting = MeetingFactory(board=item.board, starts_at=in_days(-3))
    item.save()
    assert titles(lead) == []


def test_returned_report_asks_its_author():
    report = submitted("Finance", title="The plan")
    assert titles(report.author) == []
    send_back(now(report))
    assert titles(report.author) == ["Change the report “The plan”"]
