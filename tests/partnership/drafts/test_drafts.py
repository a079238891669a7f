"""Nothing typed in a long form is lost: a draft while it is written, and when it is sent too late."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnership import retention
from partnership.boards.models import JargonTerm
from partnership.drafts.models import Draft
from partnership.drafts.pages import Page
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = "/jargon/new/"
MARK = re.compile(r'name="draft" value="([^"]+)" form="draft-form"')
TYPED = {"term": "Zzyzx", "meaning": "The body that plans and pays.\n\nFor an area."}


@pytest.fixture
def staff():
    return make.UserFactory(is_staff=True)


@pytest.fixture
def browser(staff):
    """Signed in, and as strict about the tokens of forms as the portal is."""
    return sign_in(Client(enforce_csrf_checks=True), staff)


def opened(browser, address=ADDRESS) -> dict[str, str]:
    """The hidden answers of the form as it stands on the page."""
    page = browser.get(address).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    mark = MARK.search(page)
    return {"csrfmiddlewaretoken": token[1], "draft": mark[1] if mark else ""}


def test_draft_is_offered_shown_and_gone_when_it_is_sent(browser, staff):
    hidden = opened(browser)
    answer = browser.post(reverse("draft_keep"), hidden | TYPED)
    assert answer.status_code == 200
    assert answer.text.startswith("Draft kept at ")
    page = browser.get(ADDRESS).text
    assert "You have answers you did not send" in page
    assert "plans and pays" not in page
    page = browser.get(Page(staff.pk, ADDRESS).with_draft).text
    assert "These are the answers you wrote on" in page
    assert 'value="Zzyzx"' in page
    assert "plans and pays.\n\nFor an area." in page
    assert not JargonTerm.objects.filter(term="Zzyzx").exists()
    answer = browser.post(f"{ADDRESS}?draft=yes", opened(browser) | TYPED)
    assert answer.status_code == 302
    assert JargonTerm.objects.filter(term="Zzyzx").exists()
    assert not Draft.objects.exists()
    assert "answers you did not send" not in browser.get(ADDRESS).text


def test_form_with_mistakes_keeps_its_draft(browser):
    browser.post(reverse("draft_keep"), opened(browser) | TYPED)
    answer = browser.post(ADDRESS, opened(browser) | {"term": "", "meaning": "x"})
    assert "Error: " in answer.text
    assert MARK.search(answer.text)
    assert Draft.objects.count() == 1


def test_session_that_ended_leads_to_sign_in_and_back(browser, staff):
    hidden = opened(browser)
    browser.cookies.pop("sessionid")
    answer = browser.post(ADDRESS, hidden | TYPED)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert "We kept your answers" in browser.get(answer.url).text
    assert not JargonTerm.objects.filter(term="Zzyzx").exists()
    back = sign_in(Client(), staff).get(f"{ADDRESS}?draft=yes").text
    assert 'value="Zzyzx"' in back


def test_who_signs_in_again_finds_the_answers_in_the_form(browser, staff):
    hidden = opened(browser)
    browser.get("/")
    browser.cookies["csrftoken"] = "x" * 32  # another window signed in again
    answer = browser.post(ADDRESS, hidden | TYPED)
    assert (answer.status_code, answer.url) == (302, f"{ADDRESS}?draft=yes")
    assert 'value="Zzyzx"' in browser.get(answer.url).text
    assert not JargonTerm.objects.filter(term="Zzyzx").exists()


def test_form_of_one_person_is_not_sent_by_another(browser, staff):
    hidden = opened(browser)
    other = sign_in(Client(enforce_csrf_checks=True), make.UserFactory(is_staff=True, name="Bea Other"))
    answer = other.post(ADDRESS, hidden | TYPED)
    assert answer.status_code == 403
    assert "You are signed in as Bea Other" in answer.text
    assert Draft.objects.get().user == staff
    assert "answers you did not send" not in other.get(ADDRESS).text


def test_visitor_whose_cookie_is_gone_gets_the_form_with_answers():
    meeting = make.MeetingFactory()
    answer = Client(enforce_csrf_checks=True).post(
        reverse("register", args=[meeting.slug]),
        {
            "name": "Grace Okafor",
            "email": "grace@example.org",
            "access": ["bsl", "other"],
            "access_other": "A quiet room",
        },
    )
    assert answer.status_code == 403
    assert "Your answers were not sent" in answer.text
    assert 'value="Grace Okafor"' in answer.text
    assert re.search(r'value="bsl"\s+checked', answer.text)
    assert ">\nA quiet room</textarea>" in answer.text
    assert answer.cookies["csrftoken"].value
    assert meeting.registrations.count() == 0
    assert not Draft.objects.exists()


def test_draft_of_a_form_with_a_question_in_its_address(browser, staff):
    board = make.BoardFactory(slug="council")
    address = f"{reverse('election_new')}?board={board.slug}"
    browser.post(reverse("draft_keep"), opened(browser, address) | {"title": "Chair of the council"})
    assert Draft.objects.get().address == address
    assert "answers you did not send" in browser.get(address).text
    assert "answers you did not send" not in browser.get(reverse("election_new")).text
    assert 'value="Chair of the council"' in browser.get(Page(staff.pk, address).with_draft).text


def test_edit_with_a_draft_is_told_who_saved_first(browser, staff):
    board = make.BoardFactory(slug="council", purpose="It meets.")
    address = reverse("board_edit", args=["council"])
    page = browser.get(address).text
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    browser.post(reverse("draft_keep"), opened(browser, address) | {"revision": revision, "purpose": "It decides."})
    board.revision += 1
    board.purpose = "It discusses."
    board.save()
    page = browser.get(f"{address}?draft=yes").text
    assert f'name="revision" value="{revision}"' in page
    assert "It decides.</textarea>" in page


def test_draft_of_a_programme_fills_its_rows(browser, staff):
    meeting = make.MeetingFactory(slug="assembly")
    address = reverse("manage_programme", args=[meeting.slug])
    browser.post(reverse("draft_keep"), opened(browser, address) | {"row-1-title": "Lunch", "seen": "before"})
    page = browser.get(f"{address}?draft=yes").text
    assert 'value="Lunch"' in page
    assert 'name="seen" value="before"' in page


def test_discarded_draft_is_gone(browser):
    hidden = opened(browser)
    browser.post(reverse("draft_keep"), hidden | TYPED)
    answer = browser.post(reverse("draft_discard"), opened(browser))
    assert (answer.status_code, answer.url) == (302, ADDRESS)
    assert not Draft.objects.exists()


def test_drafts_go_after_a_week(browser):
    browser.post(reverse("draft_keep"), opened(browser) | TYPED)
    now = timezone.now()
    assert retention.every_hour(now + timedelta(days=6, hours=23))["drafts"] == 0
    assert retention.every_hour(now + timedelta(days=7, minutes=1))["drafts"] == 1
    assert not Draft.objects.exists()


def test_signing_out_clears_what_the_browser_kept(browser):
    token = {"csrfmiddlewaretoken": opened(browser)["csrfmiddlewaretoken"]}
    assert "Clear-Site-Data" not in browser.post(reverse("account_logout"), {}).headers
    answer = browser.post(reverse("account_logout"), token)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_browser_may_keep_a_form_that_keeps_a_draft_and_no_other(browser):
    assert browser.get(ADDRESS).headers["Cache-Control"] == "private, no-cache"
    assert browser.get(reverse("people")).headers["Cache-Control"] == "private, no-store"
    client = sign_in(Client(), make.UserFactory())
    key = make.RegistrationFactory().key
    assert client.get(reverse("registration_change", args=[key])).headers["Cache-Control"] == "private, no-store"
