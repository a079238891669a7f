"""The pages around a withdrawn paper: what everybody reads in its place, and what the chair and staff do."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from assemblies.papers.actions import erasure, report_publication, withdrawal
from assemblies.papers.models import PaperOpening, Withdrawal
from tests.assemblies.papers.withdrawing import MARKER, corrected, publish_papers, withdraw
from tests.factories import (
    AppointmentFactory,
    ClosureGroundFactory,
    DocumentFactory,
    HeldWithdrawalFactory,
    StaffFactory,
    UserFactory,
    WithdrawalFactory,
)
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def papers(meeting, chair):
    return publish_papers(meeting, chair)


@pytest.fixture
def report(papers):
    return papers[0]


@pytest.fixture
def letter(papers):
    return papers[1]


def addresses(report) -> list[str]:
    """Every address of a report at which people read it."""
    return [
        report.get_absolute_url(),
        *(reverse("report_version", args=[report.pk, version.number]) for version in report.versions.published()),
        reverse("document", args=[report.versions.first().meeting.slug, report.appendices.get().document_id]),
    ]


def said(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 410, address
    return words(answer)


# --- in its place ---------------------------------------------------------------------------------------------------


def test_everybody_reads_in_its_place_that_a_report_was_withdrawn(client, report, meeting, chair):
    member = AppointmentFactory(seat__board=meeting.board).holder
    before = addresses(report)
    withdraw(report, chair)
    for person in (None, member):
        client.logout()
        if person:
            sign_in(client, person)
        for address in before:
            page = said(client, address)
            assert "This paper was withdrawn" in page
            assert "“The plan”" in page
            assert "It names a patient." in page
            assert 'name="robots" content="noindex"' in page
            assert MARKER not in page


def test_those_who_must_know_can_still_open_it(client, report, chair):
    before = addresses(report)
    withdraw(report, chair)
    for person in (StaffFactory(), chair, report.author):
        sign_in(client, person)
        for address in before:
            assert client.get(address).status_code == 200
        page = words(client.get(before[0]))
        assert "Only staff, the chair and who writes the report can still open it." in page


def test_nobody_opens_what_is_erased(client, report, chair):
    before = addresses(report)
    asked = erasure.ask(withdrawal=withdraw(report, chair), by=StaffFactory())
    erasure.confirm(erasure=asked, by=chair)
    for person in (None, StaffFactory(), chair, report.author):
        client.logout()
        if person:
            sign_in(client, person)
        for address in before:
            assert "The portal has erased it" in said(client, address)


def test_page_of_a_paper_that_waits_says_who_decides(client, letter):
    withdraw(letter, StaffFactory())
    page = said(client, reverse("document", args=[letter.meeting.slug, letter.pk]))
    assert "This paper is out of view" in page
    assert "The chair, or a second member of staff, decides" in page


def test_who_only_signs_a_report_does_not_read_it_on_the_way(client, report, chair):
    version = report.versions.first()
    step = version.steps.create(
        position=1, name="Finance", holder=UserFactory(), working_days=3, state="open", opened_at=timezone.now(),
        due_on=timezone.localdate(),
    )  # fmt: skip
    withdraw(report, chair)
    sign_in(client, step.holder)
    for name, args in (
        ("report_preview", [report.pk]),
        ("report_word", [report.pk]),
        ("report_step", [report.pk, step.pk]),
        ("report_appendix_file", [report.pk, report.appendices.get().pk]),
        ("report_version", [report.pk, version.number]),
    ):
        assert MARKER not in said(client, reverse(name, args=args)), name
    assert MARKER not in words(client.get(reverse("report_work", args=[report.pk])))


def test_corrected_report_is_read_at_its_address_and_not_compared(client, report, meeting, chair):
    withdraw(report, chair)
    report_publication.publish(report=corrected(report), meeting=meeting, by=chair)
    page = client.get(report.get_absolute_url())
    assert page.status_code == 200
    assert "Compare it with" not in words(page)
    for address in (
        reverse("report_compare", args=[report.pk, 3]),
        reverse("report_version", args=[report.pk, 2]),
    ):
        assert MARKER not in said(client, address)


def test_report_shows_in_the_place_of_an_appendix_why_it_went(client, report, meeting, chair):
    withdraw(meeting.documents.get(title="Slides"), chair, "It names a bidder.")
    page = words(client.get(report.get_absolute_url()))
    assert "It names a bidder." in page
    assert MARKER in page


def test_reason_with_markup_is_shown_as_typed(client, letter, chair):
    withdraw(letter, chair, "<script>alert(1)</script>")
    page = said(client, reverse("document", args=[letter.meeting.slug, letter.pk]))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- the chair and staff --------------------------------------------------------------------------------------------


def test_chair_finds_what_can_be_withdrawn_and_withdraws_it(client, report, meeting, chair):
    sign_in(client, chair)
    page = words(client.get(reverse("manage_withdrawals", args=[meeting.slug])))
    address = reverse("manage_report_withdraw", args=[meeting.slug, report.pk])
    slides = meeting.documents.get(title="Slides")
    for each in (address, reverse("manage_document_withdraw", args=[meeting.slug, slides.pk])):
        assert page.count(f'href="{each}"') == 1
    ahead = words(client.get(address))
    assert "Its appendices and all its versions go with it." in ahead
    assert "We email those who were told of the papers" in ahead
    page = words(client.post(address, {"because": "It names a patient."}, follow=True))
    assert "Withdrawn" in page
    assert f"{chair}, the chair" in page
    again = words(client.get(reverse("manage_withdrawals", args=[meeting.slug])))
    assert f'href="{address}"' not in again
    assert f'href="{Withdrawal.objects.get().get_absolute_url()}"' in again
    assert client.get(address).status_code == 404


def test_report_page_leads_chair_and_staff_to_withdrawing_it(client, report, meeting, chair):
    link = reverse("manage_report_withdraw", args=[meeting.slug, report.pk])
    assert link not in words(client.get(report.get_absolute_url()))
    for person in (chair, StaffFactory()):
        sign_in(client, person)
        assert link in words(client.get(report.get_absolute_url()))


@pytest.mark.parametrize(("because", "why"), [("", "Say why it is withdrawn"), ("x" * 501, "at most 500 characters")])
def test_reason_that_is_missing_or_too_long_is_said_and_kept(client, report, chair, because, why):
    sign_in(client, chair)
    slug = report.versions.first().meeting.slug
    page = words(client.post(reverse("manage_report_withdraw", args=[slug, report.pk]), {"because": because}))
    assert why in page
    assert because in page
    assert not Withdrawal.objects.exists()


def test_second_of_the_staff_confirms_on_the_page(client, letter):
    first, second = StaffFactory(), StaffFactory()
    held = withdraw(letter, first)
    sign_in(client, first)
    page = words(client.get(held.get_absolute_url()))
    assert "The chair, or another member of staff, decides." in page
    assert client.get(reverse("withdrawal_confirm", args=[held.pk])).status_code == 403
    sign_in(client, second)
    assert f"{first} cannot decide this alone." in words(client.get(held.get_absolute_url()))
    address = reverse("withdrawal_confirm", args=[held.pk])
    assert "You cannot undo this" in words(client.get(address))
    page = words(client.post(address, follow=True))
    assert "“Letter” is withdrawn for good." in page
    assert client.get(address).status_code == 403


def test_second_person_says_why_it_is_back(client, letter, chair):
    held = withdraw(letter, StaffFactory())
    sign_in(client, chair)
    address = reverse("withdrawal_back", args=[held.pk])
    page = words(client.post(address, {"because": ""}))
    assert "Say why it can be read again" in page
    page = words(client.post(address, {"because": "It is the right file."}, follow=True))
    assert "“Letter” is back in view." in page
    assert "It is the right file." in page
    client.logout()
    assert client.get(reverse("document", args=[letter.meeting.slug, letter.pk])).status_code == 200


def test_who_took_it_out_of_view_takes_that_back(client, letter):
    first = StaffFactory()
    held = withdraw(letter, first)
    sign_in(client, first)
    page = words(client.post(reverse("withdrawal_back", args=[held.pk]), follow=True))
    assert "“Letter” is back in view." in page


def test_page_names_who_had_opened_a_closed_paper(client, meeting, chair):
    closure = ClosureGroundFactory(board=meeting.board).closure
    paper = DocumentFactory(meeting=meeting, closure=closure, file=ContentFile(b"%PDF-1.7\n", name="a.pdf"))
    reader = AppointmentFactory(seat__board=meeting.board).holder
    sign_in(client, reader)
    client.get(reverse("document", args=[meeting.slug, paper.pk]))
    made = withdraw(paper, chair)
    sign_in(client, chair)
    page = words(client.get(made.get_absolute_url()))
    assert f"<li>{reader}, " in page
    assert "the portal keeps no list" not in page


def test_page_says_in_words_that_nobody_counts_who_reads_open_papers(client, letter, chair):
    made = withdraw(letter, chair)
    sign_in(client, chair)
    page = words(client.get(made.get_absolute_url()))
    assert "of papers that are open to everybody the portal keeps no list of who did" in page
    assert not PaperOpening.objects.exists()


def test_closed_paper_nobody_opened_says_so(client, meeting, chair):
    closure = ClosureGroundFactory(board=meeting.board).closure
    made = withdraw(DocumentFactory(meeting=meeting, closure=closure), chair)
    sign_in(client, chair)
    assert "Nobody, as far as the portal knows." in words(client.get(made.get_absolute_url()))


def test_title_of_a_closed_paper_is_the_safe_one(meeting, chair):
    closure = ClosureGroundFactory(board=meeting.board, closure__public_title="A contract").closure
    paper = DocumentFactory(meeting=meeting, title="Acme’s secret offer", closure=closure)
    made = withdraw(paper, chair)
    assert (made.title, made.public_title) == ("A contract", "A contract")


def test_title_of_a_matter_closed_later_is_the_safe_one_then(meeting, chair):
    paper = DocumentFactory(meeting=meeting, title="Acme’s secret offer")
    made = withdraw(paper, chair)
    paper.refresh_from_db()
    paper.closure = ClosureGroundFactory(board=meeting.board, closure__public_title="A contract").closure
    paper.save(update_fields=["closure"])
    assert Withdrawal.objects.get(pk=made.pk).public_title == "A contract"


def test_two_people_erase_it_on_the_page(client, letter, chair):
    made = withdraw(letter, chair)
    first = StaffFactory()
    sign_in(client, first)
    assert "Ask for it to be erased" in words(client.get(made.get_absolute_url()))
    assert "Backups made until now still hold it" in words(client.get(reverse("withdrawal_erase", args=[made.pk])))
    page = words(client.post(reverse("withdrawal_erase", args=[made.pk]), follow=True))
    assert "has to confirm it" in page
    assert client.post(reverse("withdrawal_erase_confirm", args=[made.pk])).status_code == 403
    sign_in(client, chair)
    page = words(client.post(reverse("withdrawal_erase_confirm", args=[made.pk]), follow=True))
    assert "“Letter” is erased." in page
    assert f"{first} asked for it, and {chair} confirmed it." in page
    assert client.get(reverse("withdrawal_erase_confirm", args=[made.pk])).status_code == 404


def test_second_person_keeps_it(client, letter, chair):
    made = withdraw(letter, chair)
    erasure.ask(withdrawal=made, by=StaffFactory())
    sign_in(client, chair)
    page = words(client.post(reverse("withdrawal_erase_refuse", args=[made.pk]), follow=True))
    assert "“Letter” is kept, out of view." in page


def test_paper_that_waits_is_not_erased(client, letter):
    held = withdraw(letter, StaffFactory())
    sign_in(client, StaffFactory())
    assert client.get(reverse("withdrawal_erase", args=[held.pk])).status_code == 404


def test_list_asks_the_same_for_one_paper_and_for_many(client, meeting, chair):
    WithdrawalFactory(document__meeting=meeting)
    HeldWithdrawalFactory(document__meeting=meeting)
    DocumentFactory(meeting=meeting)
    sign_in(client, chair)
    address = reverse("manage_withdrawals", args=[meeting.slug])
    few = queries(client, address)
    for _ in range(10):
        WithdrawalFactory(document__meeting=meeting)
        DocumentFactory(meeting=meeting)
    assert queries(client, address) == few


def test_chair_and_other_staff_find_what_waits_for_them_at_home(client, letter, chair):
    first = StaffFactory()
    held = withdraw(letter, first)
    for person, there in ((chair, True), (StaffFactory(), True), (first, False)):
        sign_in(client, person)
        page = words(client.get("/home/"))
        assert (f'href="{held.get_absolute_url()}"' in page) is there
        assert ("Decide whether “Letter” is withdrawn" in page) is there
    withdrawal.confirm(withdrawal=held, by=chair)
    sign_in(client, chair)
    assert held.get_absolute_url() not in words(client.get("/home/"))


def test_second_person_for_an_erasure_finds_it_at_home(client, letter, chair):
    made, first = withdraw(letter, chair), StaffFactory()
    erasure.ask(withdrawal=made, by=first)
    for person, there in ((chair, True), (StaffFactory(), True), (first, False)):
        sign_in(client, person)
        assert ("Confirm that “Letter” is erased" in words(client.get("/home/"))) is there


def test_kept_page_of_the_agenda_says_it_at_once(client, letter, meeting, chair):
    for _ in range(2):
        client.get(meeting.get_absolute_url())
    withdraw(letter, chair)
    page = words(client.get(meeting.get_absolute_url()))
    assert "It names a patient." in page
