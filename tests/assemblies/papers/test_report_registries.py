"""What a later app adds: a check of reports that a board may ask for, a block that is frozen into a version, and a link beside a
decision."""

import sys

import pytest
from django.urls import reverse

from assemblies.papers.actions import board_chain
from assemblies.papers.actions import report as reports
from partnership import decision_links, report_checks, report_parts
from partnership.refusals import Refusal
from tests.assemblies.papers.signing import submit
from tests.factories import MeetingFactory, PlannedItemFactory, ReportFactory, StaffFactory, TopicFactory, in_days
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
APP = "tests.assemblies.papers.later_app"


@pytest.fixture(autouse=True)
def later_app(settings):
    """The portal with one app more, which is found as each app is: by the names of its modules."""
    checks, parts, finders = dict(report_checks.CHECKS), dict(report_parts.PARTS), list(decision_links.ITEM_FINDERS)
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, APP]
    yield sys.modules[f"{APP}.report_parts"]
    for name in ("report_checks", "report_parts", "decision_links"):
        del sys.modules[f"{APP}.{name}"]
    for registry, before in ((report_checks.CHECKS, checks), (report_parts.PARTS, parts)):
        registry.clear()
        registry.update(before)
    decision_links.ITEM_FINDERS[:] = finders


def test_check_of_a_later_app_is_asked_where_the_board_asks_it(client):
    report, staff = ReportFactory(), StaffFactory()
    assert reports.missing(report) == []
    sign_in(client, staff)
    assert "It names a risk of the register" in client.get(reverse("board_chain", args=[report.board.slug])).text
    board_chain.set_checks(board=report.board, by=staff, keys=["later_app_risk"])
    with pytest.raises(Refusal, match="names no risk of the register"):
        submit(report)
    report.text["fields"]["risks"] = "See the register."
    report.save()
    assert submit(report).number == 1


def test_block_of_a_later_app_is_frozen_with_the_version(client, later_app, monkeypatch):
    report = ReportFactory()
    sign_in(client, report.author)
    assert "Too few beds" in client.get(reverse("report_preview", args=[report.pk])).text
    submit(report)
    monkeypatch.setattr(later_app, "RISKS", ["Too many beds"])
    assert "Too many beds" in client.get(reverse("report_preview", args=[report.pk])).text
    page = client.get(reverse("report_version", args=[report.pk, 1])).text
    assert "Risks of the programme" in page
    assert "Too few beds" in page
    assert "Too many beds" not in page


def test_block_with_nothing_to_say_is_left_out(later_app, monkeypatch):
    monkeypatch.setattr(later_app, "RISKS", [])
    assert report_parts.of(ReportFactory()) == []


def test_check_that_no_app_adds_any_more_asks_nothing():
    report = ReportFactory()
    board_chain.set_checks(board=report.board, by=StaffFactory(), keys=["gone"])
    assert reports.missing(report) == []


def decided(topic, result):
    """What a board said of the topic, some days ago."""
    meeting = MeetingFactory(starts_at=in_days(-3))
    return PlannedItemFactory(topic=topic, board=meeting.board, meeting=meeting, result=result)


def test_link_of_a_later_app_stands_beside_what_the_board_said(client):
    topic = TopicFactory()
    decided(topic, "Agreed the fund.")
    decided(topic, "Noted.")
    page = client.get(topic.get_absolute_url()).text
    assert page.count('href="/funds/1/">The shared fund</a>: approved by it') == 1
    asked = queries(client, topic.get_absolute_url())
    decided(topic, "Agreed the fund again.")
    assert queries(client, topic.get_absolute_url()) == asked


def test_no_link_is_looked_for_where_nothing_was_decided():
    decision_links.find_of_item(lambda items, user: 1 / 0)
    assert decision_links.of_items([], None) == {}
