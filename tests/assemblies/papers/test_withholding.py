"""Closed papers withheld from a member with an interest: who does it to which person, of what, until when."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.models import PlannedItem
from assemblies.papers.actions import agenda, withholding
from assemblies.papers.actions import document as documents
from assemblies.papers.actions import report as reports
from assemblies.papers.models import AgendaItem, Document, MeetingPack, ReportVersion, WithheldPapers
from partnership.accounts.models import User
from partnership.audit.models import Entry
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WHY = "They own a share in the firm."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting():
    return make.MeetingFactory(slug="september", starts_at=make.in_days(30))


@pytest.fixture
def chair(meeting):
    return make.ChairFactory(seat__board=meeting.board).holder


@pytest.fixture
def member(meeting):
    return make.AppointmentFactory(seat__board=meeting.board).holder


@pytest.fixture
def item(meeting, chair):
    """An item that somebody wrote by hand, closed with its paper, and published."""
    row = add_item(meeting, "Land", a_document(meeting, "Prices"))
    close(row, by=chair, title="A purchase")
    publish(meeting, chair)
    return AgendaItem.objects.get(title="Land")


def withhold(item, person, by, because=WHY):
    return withholding.withhold(meeting=item.version.meeting, item=item, person=person, by=by, because=because)


def reads(model, person) -> bool:
    """Whether the person, as the next request finds them, reads any of the closed rows."""
    return model.objects.closed().readable_by(User.objects.get(pk=person.pk)).exists()


def test_withheld_item_is_read_by_others_alone(item, chair, member):
    other = make.AppointmentFactory(seat__board=item.version.meeting.board).holder
    withhold(item, member, chair)
    for model in (AgendaItem, Document):
        assert not reads(model, member)
        for person in (other, chair, make.StaffFactory()):
            assert reads(model, person)


def test_open_item_is_read_by_who_it_is_withheld_from(meeting, chair, member):
    row = add_item(meeting, "News")
    withhold(row, member, chair)
    assert AgendaItem.objects.readable_by(User.objects.get(pk=member.pk)).filter(pk=row.pk).exists()


def test_withheld_stays_with_the_person_in_another_seat(item, chair, member):
    withhold(item, member, chair)
    term = make.AppointmentFactory(seat__board=item.version.meeting.board, deputy=member)
    assert not reads(AgendaItem, member)
    assert reads(AgendaItem, term.holder)


def test_item_by_hand_is_withheld_with_its_newer_file(item, meeting, chair, member):
    withhold(item, member, chair)
    agenda.revise(meeting=meeting, by=chair)
    paper = Document.objects.get(title="Prices")
    documents.describe(document=paper, by=make.StaffFactory(), kind="paper", title="Prices in full")
    publish(meeting, chair)
    assert Document.objects.closed().count() == 2
    assert not reads(AgendaItem, member)
    assert not reads(Document, member)


def test_file_that_took_the_place_of_a_withheld_one_is_withheld(item, meeting, chair, member):
    older = Document.objects.get(title="Prices")
    newest = make.DocumentFactory(meeting=meeting, replaces=make.DocumentFactory(meeting=meeting, replaces=older))
    close(newest, by=chair)
    withhold(item, member, chair)
    assert not reads(Document, member)


def test_item_that_is_withheld_on_a_later_version_is_on_earlier_ones(item, meeting, chair, member):
    newer = agenda.revise(meeting=meeting, by=chair).items.get()
    withhold(newer, member, chair)
    assert not reads(AgendaItem, member)
    agenda.discard(meeting=meeting, by=chair)
    assert not reads(AgendaItem, member)


def test_planned_item_is_withheld_with_its_report_and_where_it_moves(meeting, chair, member):
    report = signed_report(meeting, "Buying land", "Valuation")
    close(report.item, by=chair, title="A purchase")
    agenda.fill_from_plan(meeting=meeting, by=None)
    publish(meeting, chair)
    withhold(AgendaItem.objects.get(planned=report.item), member, chair)
    later = make.MeetingFactory(board=meeting.board, starts_at=make.in_days(60))
    planned_item.move(item=report.item, by=None, meeting=later, reason="It was put off.")
    agenda.fill_from_plan(meeting=later, by=None)
    for model in (PlannedItem, AgendaItem, Document, ReportVersion):
        assert model.objects.closed().exists(), model
        assert not reads(model, member), model
    assert not MeetingPack.objects.readable_by(User.objects.get(pk=member.pk)).exists()


def test_topic_of_two_boards_in_common_is_withheld_once_for_both(meeting, chair, member):
    other = make.MeetingBoardFactory(meeting=meeting).board
    own = make.PlannedItemFactory(topic__board=meeting.board, meeting=meeting)
    beside = make.PlannedItemFactory(topic=own.topic, board=other, meeting=meeting)
    agenda.fill_from_plan(meeting=meeting, by=None)
    close(own, meeting.board, other, by=chair)
    withhold(AgendaItem.objects.filter(planned__in=[own, beside]).first(), member, chair)
    assert not reads(PlannedItem, member)


def test_withheld_twice_is_one_row(item, chair, member):
    first = withhold(item, member, chair)
    newer = agenda.revise(meeting=item.version.meeting, by=chair).items.get()
    assert withhold(newer, member, make.StaffFactory(), "Again.") == first
    assert Entry.objects.filter(verb="papers.withheld").count() == 1


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("chair", "chairs a board"),
        ("acting", "chairs a board"),
        ("staff", "Staff prepare"),
        ("stranger", "does not sit"),
        ("author", "works on the report"),
    ],
)
def test_papers_are_not_withheld_from_who_prepares_them(meeting, chair, who, words):
    report = signed_report(meeting, "Buying land")
    agenda.fill_from_plan(meeting=meeting, by=None)
    person = {"chair": chair, "author": report.author}.get(who) or make.UserFactory(is_staff=who == "staff")
    if who in ("acting", "author"):
        make.AppointmentFactory(seat__board=meeting.board, holder=person)
    if who == "acting":
        day = make.in_days(0).date()
        meeting.board.acting_chairs.create(person=person, starts_on=day, ends_on=day)
    with pytest.raises(Refusal, match=words):
        withhold(AgendaItem.objects.get(planned=report.item), person, chair)


def test_papers_are_not_withheld_from_who_is_to_sign_the_report(meeting, chair, member):
    report = make.ReportFactory(item=make.LedItemFactory(board=meeting.board, meeting=meeting))
    make.BoardStepFactory(board=meeting.board, holder=member)
    reports.submit(report=report, by=report.author)
    agenda.fill_from_plan(meeting=meeting, by=None)
    with pytest.raises(Refusal, match="works on the report"):
        withhold(AgendaItem.objects.get(planned=report.item), member, chair)


def test_papers_are_withheld_with_a_reason_alone(item, chair, member):
    with pytest.raises(Refusal, match="Say why"):
        withhold(item, member, chair, "  ")


def test_item_of_another_meeting_is_refused(item, chair, member):
    other = make.AgendaItemFactory()
    with pytest.raises(Refusal, match="taken off"):
        withholding.withhold(meeting=item.version.meeting, item=other, person=member, by=chair, because=WHY)


def test_lifted_once_the_person_reads_it_again(item, chair, member):
    row = withhold(item, member, chair)
    with pytest.raises(Refusal, match="withheld from you"):
        withholding.lift(withheld=row, by=member)
    lifted = withholding.lift(withheld=row, by=chair)
    assert reads(AgendaItem, member)
    assert withholding.lift(withheld=row, by=make.StaffFactory()).lifted_by == chair
    assert withhold(item, member, chair) != lifted


@pytest.mark.parametrize("change", [{"because": "Other."}, {"lifted_at": None, "lifted_by": None}])
def test_row_is_never_changed_but_lifted(item, chair, member, change):
    row = withholding.lift(withheld=withhold(item, member, chair), by=chair)
    rows = WithheldPapers.objects.filter(pk=row.pk)
    for act in (lambda: rows.update(**change), rows.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_chairs_and_staff_withhold_on_a_page_of_the_meeting(client, item, meeting, chair, member):
    address = reverse("manage_withheld", args=[meeting.slug])
    browser = sign_in(client, chair)
    page = browser.get(f"{address}?item={item.pk}")
    assert f'value="{item.pk}" selected' in page.text
    assert chair not in page.context["form"].fields["person"].queryset
    browser.post(address, {"item": item.pk, "person": member.pk, "because": WHY})
    row = WithheldPapers.objects.get()
    assert WHY in browser.get(address).text
    lift = reverse("manage_withheld_lift", args=[meeting.slug, row.pk])
    assert "Let" in browser.get(lift).text
    browser.post(lift)
    row.refresh_from_db()
    assert row.lifted_by == chair
    assert browser.get(lift).status_code == 404


def test_chair_of_a_board_in_common_withholds(client, item, meeting, member):
    other = make.ChairFactory(seat__board=make.MeetingBoardFactory(meeting=meeting).board).holder
    answer = sign_in(client, other).get(reverse("manage_withheld", args=[meeting.slug]))
    assert answer.status_code == 200


@pytest.mark.parametrize("bad", ["", "x" * 501])
def test_bad_reason_is_refused_and_kept(client, item, chair, member, bad):
    address = reverse("manage_withheld", args=[item.version.meeting.slug])
    answer = sign_in(client, chair).post(address, {"item": item.pk, "person": member.pk, "because": bad})
    assert not WithheldPapers.objects.exists()
    assert bad in answer.text


def test_odd_reason_is_cleaned_and_harmless(client, item, chair, member):
    address = reverse("manage_withheld", args=[item.version.meeting.slug])
    sign_in(client, chair).post(address, {"item": item.pk, "person": member.pk, "because": "a\x00b<script>"})
    assert "\x00" not in WithheldPapers.objects.get().because
    assert "b<script>" not in client.get(address).text


def test_page_without_anything_closed_says_the_next_step(client, meeting, chair):
    add_item(meeting, "News")
    page = sign_in(client, chair).get(reverse("manage_withheld", args=[meeting.slug])).text
    assert "No item of the agenda is closed" in page


def test_class_page_leads_to_withholding(client, item, meeting, chair, member):
    withhold(item, member, chair)
    newer = agenda.revise(meeting=meeting, by=chair).items.get()
    page = sign_in(client, chair).get(reverse("manage_agenda_item_class", args=[meeting.slug, newer.pk])).text
    assert f"withheld from {member}" in page
    assert f"?item={newer.pk}" in page
