"""A report is written, checked and submitted: nothing of it goes out with a field empty, and what was submitted stays."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from assemblies.papers.actions import board_chain, report_appendix
from assemblies.papers.actions import report as reports
from assemblies.papers.models import Recommendation, Report, ReportVersion
from assemblies.papers.report_text import FIELDS, Section
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests.assemblies.papers.signing import chain, sign_off, submit, submitted
from tests.factories import (
    BoardFactory,
    ChairFactory,
    LedItemFactory,
    ReportAppendixFactory,
    ReportFactory,
    StaffFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def text_of(report, **changes):
    return replace(report.working_text, **changes)


def without(report, name):
    text = report.working_text
    return replace(text, fields=text.fields | {name: " "})


def test_start_gives_the_usual_sections_and_the_lead_as_author():
    item = LedItemFactory()
    report = reports.start(item=item, by=StaffFactory())
    assert report.author == item.lead
    assert [each.title for each in report.working_text.sections] == [
        "Background",
        "Key areas for consideration",
        "Next steps",
    ]
    assert reports.start(item=item, by=item.lead) == report


def test_start_refuses_an_item_that_needs_no_report():
    with pytest.raises(Refusal, match="needs no report"):
        reports.start(item=LedItemFactory(needs_report=False), by=StaffFactory())
    with pytest.raises(Refusal, match="taken off the plan"):
        reports.start(item=LedItemFactory(withdrawn_at=timezone.now()), by=StaffFactory())


def test_repeated_sections_come_from_the_last_report_of_the_title():
    board = BoardFactory()
    last = ReportFactory(item__board=board, title="Finance report")
    submit(last)
    item = LedItemFactory(board=board, topic__title="finance Report", lead=last.author)
    assert set(reports.last_texts(item=item, reader=last.author)) == {"finance", "equality", "engagement"}
    report = reports.start(item=item, by=last.author, take=("finance",))
    assert report.working_text.fields["finance"] == last.text["fields"]["finance"]
    assert "equality" not in report.working_text.fields


def test_repeated_sections_are_not_taken_from_what_one_may_not_see():
    last = submitted(title="Finance report")
    item = LedItemFactory(board=last.board, topic__title="Finance report")
    assert reports.last_texts(item=item, reader=item.lead) == {}
    elsewhere = LedItemFactory(topic__title="Finance report", lead=last.author)
    assert reports.last_texts(item=elsewhere, reader=last.author) == {}


def test_write_counts_revisions_and_says_what_changed():
    report = ReportFactory()
    text = without(report, "risks")
    saved = reports.write(report=report, by=report.author, text=text, revision=0)
    assert saved.revision == 1
    assert reports.write(report=report, by=report.author, text=text, revision=1).revision == 1
    assert Entry.objects.about(report).get(verb="report.written").details["fields"] == ["risks"]


def test_write_refuses_what_began_from_an_older_text():
    report = ReportFactory()
    reports.write(report=report, by=report.author, text=without(report, "risks"), revision=0)
    with pytest.raises(Stale, match="changed this"):
        reports.write(report=report, by=report.author, text=without(report, "finance"), revision=0)


@pytest.mark.parametrize("name", FIELDS)
def test_report_with_an_empty_field_cannot_be_submitted(name):
    report = ReportFactory()
    report.text["fields"][name] = " \n"
    report.save()
    with pytest.raises(Refusal, match="is empty"):
        submit(report)
    assert not ReportVersion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"recommendations": []}, "no recommendation"),
        ({"sections": []}, "no numbered section"),
        ({"sections": [{"title": "Background", "text": " "}]}, "Section 1, “Background”, is empty"),
        ({"recommendations": ["See [slide 4](appendix-1-page-4)."]}, "leads to appendix 1, and there is none"),
        ({"sections": [{"title": "A", "text": "- a\n  - b\n    - c"}]}, "Section 1, “A”: use lists of two levels"),
        ({"recommendations": ["See [the plan](/plan)."]}, "Recommendation 1: a link leads nowhere, “/plan”"),
    ],
)
def test_what_is_missing_is_said(changes, words):
    report = ReportFactory()
    report.text |= changes
    assert words in "; ".join(reports.missing(report))


def test_board_says_which_checks_it_asks():
    report = ReportFactory(item__report_due_on=in_days(-1).date(), item__meeting=None)
    assert reports.missing(report) == []
    keys = ["appendix", "meeting", "on_time"]
    board_chain.set_checks(board=report.board, by=StaffFactory(), keys=keys)
    found = " ".join(reports.missing(report))
    assert all(words in found for words in ("no appendix", "not planned for a meeting", "takes no report after that"))
    ReportAppendixFactory(report=report)
    assert "no appendix" not in " ".join(reports.missing(Report.objects.get(pk=report.pk)))


def test_submit_freezes_the_text_with_its_fingerprint_and_rows():
    report = ReportFactory()
    ReportAppendixFactory(report=report, title="The plan")
    version = submit(report)
    assert version.text.title == report.title
    assert version.text.appendices[0].title == "The plan"
    assert len(version.sha256) == 64
    assert [(row.number, row.text) for row in version.recommendations.all()] == [
        (1, "Agree the plan."),
        (2, "Note the risks."),
    ]


def test_submit_without_a_chain_signs_the_report_off():
    assert submitted().state == Report.State.SIGNED


def test_submit_twice_is_one_version():
    report = ReportFactory()
    chain(report.board, "Finance")
    assert submit(report, revision=0) == submit(report, revision=0)
    assert report.versions.count() == 1


def test_submit_refuses_a_text_that_was_changed_since():
    report = ReportFactory()
    reports.write(report=report, by=report.author, text=without(report, "risks"))
    with pytest.raises(Refusal, match="changed the report after you opened"):
        submit(report, revision=0)


def test_later_version_says_what_changed_and_differs():
    report = submitted("Finance")
    reports.take_back(report=report, by=report.author)
    with pytest.raises(Refusal, match="Nothing has changed"):
        submit(report, what_changed="Nothing.")
    reports.write(report=report, by=report.author, text=text_of(report, recommendations=("Agree it.",)))
    with pytest.raises(Refusal, match="Say what changed"):
        submit(report)
    assert submit(report, what_changed="One recommendation.").number == 2


def test_report_that_is_being_signed_off_is_not_written():
    report = submitted("Finance")
    with pytest.raises(Refusal, match="Take it back first"):
        reports.write(report=report, by=report.author, text=without(report, "risks"))
    sign_off(report)
    with pytest.raises(Refusal, match="Start a new version"):
        reports.write(report=report, by=report.author, text=without(report, "risks"))
    with pytest.raises(Refusal, match="stay as they are"):
        report_appendix.remove(appendix=ReportAppendixFactory(report=report), by=report.author)


def test_revise_opens_a_report_that_is_signed_off():
    report = sign_off(submitted("Finance"))
    assert reports.revise(report=report, by=report.author).state == Report.State.DRAFT


@pytest.mark.parametrize("change", [{"sha256": "1" * 64}, {"content": {}}, {"number": 7}, {"what_changed": "Less"}])
def test_database_refuses_to_change_a_version(change):
    report = submitted()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        ReportVersion.objects.filter(report=report).update(**change)


def test_database_refuses_to_delete_versions_and_recommendations():
    submitted()
    for model in (Recommendation, ReportVersion):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            model.objects.all()._raw_delete("default")
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        Recommendation.objects.update(text="Something else.")


def test_database_lets_a_version_be_published_once():
    report = submitted()
    facts = {"published_by": UserFactory(), "meeting": report.item.meeting}
    ReportVersion.objects.update(published_at=timezone.now(), **facts)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        ReportVersion.objects.update(published_at=None, published_by=None, meeting=None)


def seen_by(user) -> bool:
    return Report.objects.visible_to(user).exists()


def test_unpublished_report_is_seen_by_those_who_work_on_it():
    report = submitted("Finance")
    chair = ChairFactory(seat__board=report.board).holder
    step = report.board.report_chain.get()
    for user in (report.author, report.item.lead, step.holder, chair, StaffFactory()):
        assert seen_by(user)
    for user in (UserFactory(), ChairFactory().holder):
        assert not seen_by(user)


def test_text_keeps_sections_in_order():
    report = ReportFactory()
    text = text_of(report, sections=(Section("B", "b"), Section("A", "a")))
    reports.write(report=report, by=report.author, text=text)
    report.refresh_from_db()
    assert report.working_text == text
