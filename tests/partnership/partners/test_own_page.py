"""An organisation keeps its own page: its officers, what they agree to publish, its contact people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership.audit.models import Entry
from partnership.partners.actions import membership as memberships
from partnership.partners.models import Membership, Partner, PeopleGroup
from tests import factories as make
from tests.questions import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make.PartnerFactory(name="Halton Carers Centre", slug="halton-carers-centre")


@pytest.fixture
def officer(client, partner):
    user = make.UserFactory()
    make.MembershipFactory(user=user, partner=partner, part="officer")
    client.force_login(user)
    return user


def test_officer_changes_the_page_and_only_what_is_agreed_is_shown(client, partner, officer):
    halton = make.PlaceFactory(name="Halton")
    group = PeopleGroup.objects.get(slug="carers")
    page = client.post(
        "/partners/halton-carers-centre/edit/",
        {
            "summary": "Breaks for carers.", "groups": [group.pk], "places": [halton.pk],
            "neighbourhoods": "Ditton ,  Castlefields\nDitton", "email": "office@carers.example.org",
            "email_is_public": "on", "phone": "0151 496 0000", "address": "1 High Street", "charity_number": "no. 123456",
        },
        follow=True,
    ).text  # fmt: skip
    assert "Halton Carers Centre is saved." in page
    client.logout()
    page = client.get("/partners/halton-carers-centre/").text
    for shown in (
        "Breaks for carers.",
        "Carers",
        "Halton",
        "Ditton, Castlefields",
        "office@carers.example.org",
        "123456",
    ):
        assert shown in page
    assert "0151 496 0000" not in page
    assert "1 High Street" not in page
    assert "Last checked" in page  # saving the whole page is the yearly check


def test_officer_finds_the_page_they_keep_under_their_organisations(client, partner, officer):
    assert "You look after its page" in client.get("/account/organisation/").text
    client.force_login(make.MembershipFactory(partner=partner).user)
    assert "You look after its page" not in client.get("/account/organisation/").text


def test_officer_cannot_change_the_name_or_kind(client, partner, officer):
    client.post("/partners/halton-carers-centre/edit/", {"name": "Another", "kind": "council", "summary": "New"})
    partner.refresh_from_db()
    assert (partner.name, partner.kind, partner.summary) == ("Halton Carers Centre", "vcfse", "New")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"charity_number": "12345"}, "Enter a charity number: six or seven numbers"),
        ({"charity_number": "SC12"}, "Enter a charity number: six or seven numbers"),
        ({"charity_number": "nic 1"}, "Enter a charity number: six or seven numbers"),
        ({"charity_number": "sc 012345"}, "Guy's already has that number"),
        ({"company_number": "12"}, "Enter a company number: eight numbers"),
        ({"email": "office"}, "Enter an email address in the right form"),
        ({"email_is_public": "on"}, "Enter the email address, or do not show it in public"),
        ({"phone_is_public": "on"}, "Enter the phone number, or do not show it in public"),
        ({"phone": "ring us"}, "Enter a phone number, like 0151 496 0000"),
        ({"website": "homes"}, "Enter a full web address"),
        ({"groups": ["0"]}, "Choose the groups of people it serves from the list"),
        ({"places": ["0"]}, "Choose the places it works in from the list"),
        ({"income_band": "huge"}, "Choose the yearly income"),
        ({"neighbourhoods": "x" * 501}, "at most 500 characters"),
    ],
)
def test_page_with_bad_answers_is_explained_and_kept(client, partner, officer, answers, message):
    make.PartnerFactory(name="Guy's", charity_number="SC012345")
    sent = {"summary": "Breaks for carers."} | answers
    page = client.post("/partners/halton-carers-centre/edit/", sent).text.replace("&#x27;", "'")
    assert message in page
    assert "Breaks for carers." in page
    partner.refresh_from_db()
    assert partner.summary == ""


def test_company_number_keeps_the_noughts_a_spreadsheet_dropped(client, partner, officer):
    client.post("/partners/halton-carers-centre/edit/", {"company_number": "123456"})
    partner.refresh_from_db()
    assert partner.company_number == "00123456"


def test_places_of_the_past_stay_when_the_page_is_saved(client, partner, officer):
    past = make.PlaceFactory(ends_on=timezone.localdate() - timedelta(days=1))
    partner.places.add(past)
    client.post("/partners/halton-carers-centre/edit/", {"summary": "New"})
    assert list(partner.places.all()) == [past]


def test_other_members_and_officers_may_not_change_the_page(client, partner):
    for person in (make.MembershipFactory(partner=partner).user, make.MembershipFactory(part="officer").user):
        client.force_login(person)
        assert client.get("/partners/halton-carers-centre/edit/").status_code == 403
        assert client.get("/partners/halton-carers-centre/people/").status_code == 403


def test_staff_make_a_member_officer_and_only_staff_may(client, partner, officer):
    member = make.MembershipFactory(partner=partner)
    assert client.post(f"/memberships/{member.pk}/part/", {"part": "officer"}).status_code == 403
    client.force_login(make.StaffFactory())
    page = client.post(f"/memberships/{member.pk}/part/", {"part": "officer"}, follow=True).text
    assert "keeps the page of Halton Carers Centre" in page
    waiting = Membership.objects.create(user=make.UserFactory(), partner=partner)
    assert (
        "Accept the membership first"
        in client.post(f"/memberships/{waiting.pk}/part/", {"part": "officer"}, follow=True).text
    )


def test_only_the_first_member_of_a_new_organisation_keeps_its_page():
    first = memberships.ask_for_new(by=make.UserFactory(), name="Runcorn Walkers", kind="vcfse")
    second = memberships.ask(by=make.UserFactory(), partner=first.partner)
    staff = make.StaffFactory()
    assert memberships.accept(membership=first, by=staff).part == "officer"
    assert memberships.accept(membership=second, by=staff).part == "member"


def test_contact_is_shown_in_public_only_if_they_agreed(client, partner, officer):
    answers = {"name": "Ann Hill", "role": "Chief officer", "email": "Ann@example.org", "phone": ""}
    client.post("/partners/halton-carers-centre/people/new/", answers)
    client.post("/partners/halton-carers-centre/people/new/", answers)  # submitted twice
    contact = partner.contacts.get()
    public = client_page(client, "/partners/halton-carers-centre/")
    assert "Ann Hill" not in public
    client.force_login(officer)
    page = f"/partners/halton-carers-centre/people/{contact.pk}/"
    client.post(page, answers | {"agreed": "on", "role": "Manager"})
    assert "shown in public" in client.get("/partners/halton-carers-centre/people/").text
    public = client_page(client, "/partners/halton-carers-centre/")
    assert "Ann Hill" in public
    assert "ann@example.org" in public
    assert not Entry.objects.filter(subject_label__icontains="Ann").exists()


def client_page(client, address: str) -> str:
    client.logout()
    return client.get(address).text


def test_person_is_contact_of_two_organisations_with_two_roles(partner):
    person = make.UserFactory(email="ann@example.org")
    other = make.PartnerFactory()
    make.ContactFactory(partner=partner, email="ann@example.org", user=person)
    make.ContactFactory(partner=other, email="ann@example.org", user=person, role="Trustee")
    assert sorted(person.contact_for.values_list("role", flat=True)) == ["Chief officer", "Trustee"]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"name": ""}, "Enter their name"),
        ({"role": ""}, "Enter their role there"),
        ({"email": "ann"}, "Enter an email address in the right form"),
        ({"email": "", "phone": ""}, "Enter an email address or a phone number"),
        ({"phone": "soon"}, "Enter a phone number"),
        ({"email": "there@example.org"}, "already has a contact with that email address"),
    ],
)
def test_contact_with_bad_answers_is_explained_and_kept(client, partner, officer, answers, message):
    make.ContactFactory(partner=partner, email="there@example.org")
    sent = {"name": "Ann Hill", "role": "Manager", "email": "ann@example.org", "phone": ""} | answers
    page = client.post("/partners/halton-carers-centre/people/new/", sent).text
    assert message in page
    assert partner.contacts.count() == 1


def test_contact_is_removed_after_a_page_that_says_what_that_means(client, partner, officer):
    contact = make.ContactFactory(partner=partner, name="Ann Hill")
    address = f"/partners/halton-carers-centre/people/{contact.pk}/remove/"
    assert "We delete their name" in client.get(address).text
    client.post(address)
    assert not partner.contacts.exists()


def test_page_nobody_checked_for_thirteen_months_says_so(client, partner):
    today = timezone.localdate()
    Partner.objects.update(checked_on=today - timedelta(days=380))
    assert "may be out of date" not in client.get("/partners/halton-carers-centre/").text
    Partner.objects.update(checked_on=today - timedelta(days=430))
    page = client.get("/partners/halton-carers-centre/").text
    assert "Last checked" in page
    assert "may be out of date" in page
    Partner.objects.update(checked_on=None, added_at=timezone.now() - timedelta(days=430))
    assert "Not checked by the organisation yet." in client.get("/partners/halton-carers-centre/").text


def test_closed_partner_needs_a_day_and_a_merged_one_a_target(partner):
    for facts in ({"state": "closed"}, {"state": "merged"}, {"merged_into": make.PartnerFactory()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Partner.objects.filter(pk=partner.pk).update(**facts)


def test_people_page_query_count_is_constant(client, partner, officer, django_assert_num_queries):
    make.ContactFactory(partner=partner)
    count = queries(client, "/partners/halton-carers-centre/people/")
    make.ContactFactory.create_batch(50, partner=partner)
    make.MembershipFactory.create_batch(50, partner=partner)
    with django_assert_num_queries(count):
        client.get("/partners/halton-carers-centre/people/")


def test_public_page_query_count_is_constant(client, partner, django_assert_num_queries):
    make.ContactFactory(partner=partner, agreed_on=timezone.localdate())
    count = queries(client, "/partners/halton-carers-centre/")
    make.ContactFactory.create_batch(50, partner=partner, agreed_on=timezone.localdate())
    with django_assert_num_queries(count):
        assert client.get("/partners/halton-carers-centre/").text.count("Chief officer") == 51
