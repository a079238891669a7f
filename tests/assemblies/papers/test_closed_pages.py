"""The pages on which somebody closes a matter to the public, looks at it again, makes it public, and sees who opened it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.models import Closure
from assemblies.papers.actions import agenda, opening
from assemblies.papers.models import AgendaItem, Document, ReportAppendix
from tests import factories as make
from tests.assemblies.closures.closing import SAFE, close
from tests.pages import hidden
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def council():
    return make.BoardFactory(regime="council", kind="statutory")


@pytest.fixture
def item(council):
    return make.LedItemFactory(board=council)


@pytest.fixture
def staff(client):
    return sign_in(client, make.StaffFactory())


def page_of(item) -> str:
    return reverse("planned_item_class", args=[item.board.slug, item.pk])


def answers(board, **facts) -> dict[str, str]:
    """What somebody answers who closes an item of a council under paragraph 3, by the names of the form."""
    said = {
        "ground": "exempt_3", "reason": "", "must_be_registered": "no", "interest_for": "Bidders would know.",
        "interest_against": "It is public money.",
    } | facts  # fmt: skip
    return {f"{name}_{board.pk}": value for name, value in said.items()} | {
        "who": "closed", "public_title": SAFE, "review_on": "1 May 2090",
    }  # fmt: skip


def send(client, address, **given):
    seen = hidden(client.get(address).content.decode(), "seen")
    return client.post(address, {"seen": seen} | given, follow=True)


def test_staff_close_an_item_and_are_led_back(staff, item, council):
    page = send(staff, page_of(item), **answers(council))
    assert f"“{item.title}” is closed to the public." in page.content.decode()
    closure = Closure.objects.get()
    assert closure.planned_items.get() == item
    assert str(closure).startswith("Exempt: the financial or business affairs")


def test_only_grounds_of_the_boards_law_are_offered(staff, item):
    council = staff.get(page_of(item)).content.decode()
    assert "paragraph 7" in council
    assert "the board’s own rules" not in council
    own = staff.get(page_of(make.LedItemFactory())).content.decode()
    assert "paragraph" not in own
    assert "the board’s own rules" in own


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ground": "exempt_9"}, "Select one of the board’s grounds"),
        ({"ground": "business"}, "only as confidential, or as exempt"),
        ({"ground": ""}, "Select one of the board’s grounds"),
        ({"interest_for": " "}, "weighed both ways"),
        ({"interest_against": ""}, "weighed both ways"),
        ({"must_be_registered": ""}, "Say whether any of it must be publicly registered"),
        ({"must_be_registered": "yes"}, "is not exempt under paragraph 3"),
        ({"ground": "department"}, "is not weighed"),
    ],
)
def test_wrong_answer_is_named_and_the_others_are_kept(staff, item, council, wrong, words):
    page = send(staff, page_of(item), **answers(council, **wrong)).content.decode()
    assert words in page
    assert f'value="{SAFE}"' in page
    assert 'value="1 May 2090"' in page
    assert not Closure.objects.exists()


def test_paragraph_3_at_an_icb_is_refused_in_words(staff):
    board = make.BoardFactory(regime="nhs")
    page = send(
        staff, page_of(make.LedItemFactory(board=board)), **answers(board, reason="Not signed.")
    ).content.decode()
    assert "Paragraphs of Schedule 12A are for councils" in page
    assert "Not signed." in page
    assert not Closure.objects.exists()


@pytest.mark.parametrize(("day", "words"), [("", "looked at again"), ("soon", "Day it is looked at again")])
def test_exempt_item_needs_a_day_to_look_again(staff, item, council, day, words):
    page = send(staff, page_of(item), **answers(council) | {"review_on": day}).content.decode()
    assert words in page
    assert "Bidders would know." in page


def test_nothing_chosen_is_said_in_words(staff, item):
    page = staff.post(page_of(item), {"seen": "x"}).content.decode()
    assert "Select who may read it" in page


def test_two_editors_are_told_of_each_other(staff, item, council):
    address = page_of(item)
    seen = hidden(staff.get(address).content.decode(), "seen")
    close(item)
    page = staff.post(address, {"seen": seen, "who": "open"}).content.decode()
    assert "Someone changed this after you opened the page" in page
    assert staff.post(address, {"seen": hidden(page, "seen"), "who": "open"}).status_code == 302


def test_author_closes_their_report_until_it_is_out(client, item, council):
    report = make.ReportFactory(item=item)
    browser = sign_in(client, report.author)
    address = reverse("report_class", args=[report.pk])
    assert "closed to the public" in send(browser, address, **answers(council)).content.decode()
    make.AgendaItemFactory(planned=item, version__meeting=item.meeting)
    assert browser.get(address).status_code == 403


def test_appendix_that_is_added_closed_is_asked_for_its_ground(client, item, council):
    report = make.ReportFactory(item=item)
    browser = sign_in(client, report.author)
    given = {"title": "Prices", "closed": "on", "file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n")}
    page = browser.post(reverse("report_appendix_add", args=[report.pk]), given, follow=True)
    appendix = ReportAppendix.objects.get()
    assert page.redirect_chain[-1][0] == reverse("report_appendix_class", args=[report.pk, appendix.pk])
    assert "without a ground of the" in browser.get(reverse("report_work", args=[report.pk])).content.decode()
    send(browser, page.redirect_chain[-1][0], **answers(council))
    assert "without a ground of the" not in browser.get(reverse("report_work", args=[report.pk])).content.decode()


def test_document_uploaded_closed_is_not_released_without_a_ground(staff, item, council):
    slug = item.meeting.slug
    given = {
        "title": "Prices", "kind": "paper", "closed": "on", "file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n"),
    }  # fmt: skip
    page = staff.post(reverse("manage_document_add", args=[slug]), given, follow=True)
    document = Document.objects.get()
    release = reverse("manage_document_release", args=[slug, document.pk])
    assert "Say first why it is closed" in staff.post(release, follow=True).content.decode()
    send(staff, page.redirect_chain[-1][0], **answers(council))
    staff.post(release)
    document.refresh_from_db()
    assert document.released_at
    assert document.closure.recorded_at


def test_chair_closes_an_item_that_was_written_by_hand(client, item, council):
    chair = make.ChairFactory(seat__board=council).holder
    row = agenda.write_item(
        meeting=item.meeting, by=chair, item=None, title="Staffing", purpose="decision", documents=[]
    )
    address = reverse("manage_agenda_item_class", args=[item.meeting.slug, row.pk])
    page = send(sign_in(client, chair), address, **answers(council)).content.decode()
    assert f"The public reads the title “{SAFE}”" in page
    assert AgendaItem.objects.closed().get() == row


def test_board_sees_what_is_closed_and_its_chair_releases_it(client, item, council):
    closure = close(item)
    chair, member = (make.AppointmentFactory(seat__board=council, seat__is_chair=each).holder for each in (True, False))
    address, release = reverse("board_closed", args=[council.slug]), reverse("closure_release", args=[closure.pk])
    browser = sign_in(client, member)
    page = browser.get(address).content.decode()
    assert item.title in page
    assert "Bidders would know." in page
    assert release not in page
    assert browser.get(release).status_code == 403
    browser = sign_in(client, chair)
    assert release in browser.get(address).content.decode()
    assert "Say why it can be public now" in browser.post(release, {"note": " "}).content.decode()
    page = browser.post(release, {"note": "The contract is signed."}, follow=True).content.decode()
    assert f"“{item.title}” is public." in page
    assert "Nothing is closed to the public." in page
    assert "It is public already" in browser.get(release, follow=True).content.decode()


def test_public_reads_since_when_and_why_it_is_open(client, item):
    closure = close(item)
    closures.release(closure=closure, by=make.StaffFactory(), note="The contract is signed.")
    page = client.get(reverse("forward_plan", args=[item.board.slug])).content.decode()
    assert item.title in page
    assert "It was closed until then (exempt). The contract is signed." in page


def test_chair_is_asked_to_look_again_and_keeps_it_closed(client, item, council):
    closure = close(item)
    Closure.objects.update(review_on=timezone.localdate())
    chair = make.ChairFactory(seat__board=council).holder
    browser, review = sign_in(client, chair), reverse("closure_review", args=[closure.pk])
    assert f"Look again at “{item.title}”" in browser.get(reverse("my_home")).content.decode()
    page = browser.post(review, {"review_on": "1 May 2001", "why": "Not signed."}).content.decode()
    assert "Enter a day that is still to come" in page
    assert "Not signed." in page
    browser.post(review, {"review_on": "1 May 2090", "why": "Not signed."})
    assert f"Look again at “{item.title}”" not in browser.get(reverse("my_home")).content.decode()


def test_staff_are_asked_to_look_again(staff, item):
    close(item, days=0)
    assert f"Look again at “{item.title}”" in staff.get(reverse("my_home")).content.decode()


def test_openings_are_for_the_chair_and_staff(client, item, council):
    paper = make.DocumentFactory(meeting=item.meeting, title="Prices")
    close(paper)
    chair, member = (make.AppointmentFactory(seat__board=council, seat__is_chair=each).holder for each in (True, False))
    opening.record(paper=Document.objects.get(), by=member)
    address = reverse("board_openings", args=[council.slug])
    assert sign_in(client, member).get(address).status_code == 403
    page = sign_in(client, chair).get(address).content.decode()
    assert "Prices, a file of" in page
    assert str(member) in page
    assert sign_in(client, make.UserFactory()).get(address).status_code == 404


def test_pages_of_closed_matters_ask_as_much_for_many_as_for_one(staff, council):
    def add() -> None:
        planned = make.LedItemFactory(board=council)
        close(planned)
        by_hand = make.AgendaItemFactory(version__meeting=planned.meeting, version__state="draft", version__number=1)
        close(by_hand)
        for thing in (make.DocumentFactory(meeting=planned.meeting), make.ReportAppendixFactory(report__item=planned)):
            close(thing)
            opening.record(paper=thing, by=make.UserFactory())

    for name in ("board_closed", "board_openings"):
        add()
        address = reverse(name, args=[council.slug])
        asked = queries(staff, address)
        add()
        add()
        assert queries(staff, address) == asked
