"""What the partnership says about this portal: true by default, edited by staff, found from every foot."""

import re

import pytest
from django.urls import reverse

from partnership import retention
from partnership.about.actions import page as actions
from partnership.about.models import Page
from partnership.about.texts import cookies, default
from partnership.audit.models import Entry
from partnership.outbox.compose import compose
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
NAMES = Page.Name.values


@pytest.fixture
def staff():
    return make.UserFactory(is_staff=True, name="Ann Staff")


def test_privacy_says_that_organisers_alone_see_needs(client, staff):
    meeting = make.MeetingFactory()
    assert "Only the staff who organise the meeting see your answers." in default("privacy")
    assert (
        "Only the staff who organise the meeting see this." in client.get(reverse("register", args=[meeting.slug])).text
    )
    assert sign_in(client, staff).get(reverse("manage_needs", args=[meeting.slug])).status_code == 403
    meeting.organisers.add(staff)
    assert client.get(reverse("manage_needs", args=[meeting.slug])).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_page_says_something_and_every_foot_leads_to_it(client, name):
    assert "<h1" in client.get(f"/{name}/").text
    for address in ("/", "/nowhere/", reverse("account_login")):
        assert f'href="/{name}/"' in client.get(address).text


def test_words_name_the_portal_and_its_address(client, settings):
    settings.PORTAL_NAME, settings.CONTACT_EMAIL = "Leeds Together", "hello@leeds.example"
    settings.DEFAULT_FROM_EMAIL = "Leeds <no-reply@leeds.example>"
    settings.SECURITY_CONTACT = "https://leeds.example/security"
    for name in NAMES:
        text = default(name)
        assert "Leeds Together" in text or name in ("contact", "help")
        assert "{" not in text
    for name in ("contact", "privacy", "accessibility"):
        page = client.get(f"/{name}/").text
        assert "mailto:hello@leeds.example" in page
        assert "no-reply@" not in page
    assert 'href="https://leeds.example/security"' in client.get("/contact/").text


def test_privacy_shows_everything_that_is_kept_and_until_when(client):
    page = client.get("/privacy/").text
    for entry in retention.PERSONAL.values():
        assert entry.what[1:] in page.replace("&#x27;", "'"), entry.model
    assert "30 days after the meeting" in page
    assert "12 months after the meeting" in page


def test_cookies_are_named_as_they_are_set_here(client, settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_AGE = "leeds_session", 3 * 24 * 3600
    page = client.get("/cookies/").text
    assert "leeds_session" in page
    assert "otherwise 3 days" in page
    assert "csrftoken" in page
    assert "364 days" in page  # 52 weeks, as Django has it
    assert len(cookies()) == 3


def test_staff_look_at_their_words_and_then_publish_them(client, staff):
    sign_in(client, staff)
    assert "the text the portal comes with" in client.get("/contact/").text
    address = reverse("about_contact_edit")
    assert "111.nhs.uk" in client.get(address).text
    seen = client.post(address, {"text": "Call **0151 496 0000**.", "revision": "0", "preview": "Preview"})
    assert "<strong>0151 496 0000</strong>" in seen.text
    assert not Page.objects.exists()
    answer = client.post(address, {"text": "Call **0151 496 0000**.<script>x</script>", "revision": "0"}, follow=True)
    assert "<strong>0151 496 0000</strong>" in answer.text
    assert "<script>x" not in answer.text
    assert "comes with" not in answer.text
    entry = Entry.objects.get(verb="page.changed")
    assert (entry.actor, entry.subject_label, entry.details["fields"]) == (staff, "Contact us", ["text"])


def test_empty_page_is_refused_with_what_to_enter(client, staff):
    answer = sign_in(client, staff).post(reverse("about_help_edit"), {"text": " ", "revision": "0"})
    assert "Enter what the page says" in answer.text
    assert not Page.objects.exists()


def test_second_to_save_is_told_who_saved_first(client, staff):
    other = make.UserFactory(is_staff=True, name="Bea Other")
    actions.save(name="help", by=other, text="Theirs.", revision=0)
    sign_in(client, staff)
    answer = client.post(reverse("about_help_edit"), {"text": "Mine.", "revision": "0"})
    assert "Bea Other changed this" in answer.text
    assert "Theirs." in answer.text
    revision = re.search(r'name="revision" value="(\d+)"', answer.text)[1]
    assert Page.objects.get().text == "Theirs."
    client.post(reverse("about_help_edit"), {"text": "Mine.", "revision": revision})
    assert Page.objects.get().text == "Mine."


def test_saving_without_a_change_is_no_edit(staff):
    actions.save(name="help", by=staff, text="Ours.", revision=0)
    assert actions.save(name="help", by=staff, text="Ours.", revision=0).revision == 1
    assert Entry.objects.filter(verb="page.changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_cached_page_shows_new_words_at_once(client, staff):
    client.get("/help/")
    assert client.get("/help/").headers["Cache-Control"] == "no-cache"
    actions.save(name="help", by=staff, text="Ask Ann.", revision=0)
    assert "Ask Ann." in client.get("/help/").text


def test_every_email_ends_with_privacy_and_contact(settings):
    settings.PORTAL_URL = "https://portal.example.org"
    context = {"meeting": make.MeetingFactory(), "link": "https://x"}
    _, text, html = compose("posts/application_outcome", context)
    for part in ("https://portal.example.org/privacy/", "https://portal.example.org/contact/"):
        assert part in text
        assert part in html


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("register", "/privacy/"),
        ("follow", "/privacy/"),
        ("account_login", "/help/"),
        ("account_login", "/cookies/"),
        ("account_signup", "/privacy/"),
        ("registration_links", "/privacy/"),
    ],
)
def test_question_leads_to_the_page_it_concerns(client, address, leads_to):
    args = [make.MeetingFactory().slug] if address in ("register", "follow") else []
    main = client.get(reverse(address, args=args)).text.partition("<main")[2].partition("</main>")[0]
    assert f'href="{leads_to}"' in main
