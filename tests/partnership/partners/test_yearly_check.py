"""Once a year an organisation is asked whether its page is right; who leaves as the only contact is asked who follows."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.outbox.models import Message
from partnership.partners.actions import closing, yearly_check
from partnership.partners.actions import membership as memberships
from partnership.partners.models import Contact, Partner
from partnership.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def partner():
    return make.PartnerFactory(name="Halton Homes", slug="halton-homes", checked_on=TODAY() - timedelta(days=370))


def test_officers_are_asked_once_a_year_and_reminded_once_a_month(partner):
    officer = make.MembershipFactory(partner=partner, part="officer").user
    make.ContactFactory(partner=partner)  # an officer is there: nobody else is asked
    make.MembershipFactory(partner=make.PartnerFactory(checked_on=TODAY()), part="officer")
    assert [yearly_check.ask_due(), yearly_check.ask_due()] == [1, 0]
    assert yearly_check.ask_due(TODAY() + timedelta(days=29)) == 0
    assert yearly_check.ask_due(TODAY() + timedelta(days=30)) == 1
    assert list(Message.objects.values_list("to_email", flat=True)) == [officer.email] * 2


def test_contacts_are_asked_without_an_officer_then_the_address(partner):
    make.MembershipFactory(partner=partner)
    assert yearly_check.recipients(partner) == {}
    partner.email = "Office@homes.example.org"
    assert list(yearly_check.recipients(partner)) == ["office@homes.example.org"]
    make.ContactFactory(partner=partner, email="ann@example.org")
    assert list(yearly_check.recipients(partner)) == ["ann@example.org"]


def test_yes_all_right_is_one_submission_without_signing_in(client, partner):
    make.ContactFactory(partner=partner, email="ann@example.org")
    yearly_check.ask_due()
    mail = Message.objects.get()
    assert mail.subject == "Please check your page for Halton Homes"
    address = "/" + next(word for word in mail.text.split() if "/partners/check/" in word).split("/", 3)[3]
    assert "Yes, this is right" in client.get(address).text
    assert "Thank you for checking" in client.post(address, follow=True).text
    partner.refresh_from_db()
    assert (partner.checked_on, partner.asked_on) == (TODAY(), None)
    page = client.post(f"{address}change/", {"summary": "Homes.", "charity_number": "1"}).text
    assert "Enter a charity number" in page
    client.post(f"{address}change/", {"summary": "Homes."})
    partner.refresh_from_db()
    assert partner.summary == "Homes."


def test_forged_or_old_link_or_one_of_a_former_contact_does_nothing(client, partner, monkeypatch):
    contact = make.ContactFactory(partner=partner, email="ann@example.org")
    key = yearly_check.key_for(partner, "ann@example.org")
    assert client.get(f"/partners/check/{key}/").status_code == 200
    assert client.get(f"/partners/check/{key}x/").status_code == 404
    with monkeypatch.context() as later:
        later.setattr(yearly_check, "LINK_LASTS", timedelta(seconds=-1))
        assert client.get(f"/partners/check/{key}/").status_code == 404
    contact.delete()
    assert client.get(f"/partners/check/{key}/").status_code == 404


def test_officer_sees_a_waiting_page_and_staff_a_missing_contact(client, partner):
    officer = make.MembershipFactory(partner=partner, part="officer").user
    make.PartnerFactory(name="Wirral Homes")
    yearly_check.ask_due()
    client.force_login(officer)
    home = client.get("/home/").text
    assert "Is the page of Halton Homes still right?" in home
    address = re.search(r'href="(/partners/check/[^"]+)"', home)[1]
    client.post(address)
    assert "still right?" not in client.get("/home/").text
    client.force_login(make.StaffFactory())
    assert "Find a contact for 1 organisation" in client.get("/home/").text
    page = client.get("/partners/no-contact/").text
    assert "Wirral Homes" in page
    assert "Halton Homes" not in page


def test_only_contact_who_leaves_is_told_and_can_name_another(client, partner):
    mine = make.MembershipFactory(partner=partner, part="officer")
    client.force_login(mine.user)
    address = f"/account/memberships/{mine.pk}/end/"
    assert "You are the only contact we have at Halton Homes" in client.get(address).text
    page = client.post(address, {"name": "Ann Hill", "role": "", "email": "ann"}).text
    assert "Enter their role there, or leave all three empty" in page
    assert "Enter an email address in the right form" in page
    assert "This is your own address" in client.post(address, {"name": "A", "role": "B", "email": mine.user.email}).text
    client.post(address, {"name": "Ann Hill", "role": "Manager", "email": "ann@example.org"})
    mine.refresh_from_db()
    assert mine.state == "ended"
    assert partner.contacts.get().email == "ann@example.org"
    assert not Message.objects.exists()


def test_only_contact_may_leave_unreplaced_and_is_asked_by_email(client, partner):
    mine = make.MembershipFactory(partner=partner)
    make.ContactFactory(partner=partner, email=mine.user.email)
    client.force_login(mine.user)
    client.post(f"/account/memberships/{mine.pk}/end/", {"name": "", "role": "", "email": ""})
    assert not Contact.objects.exists()
    assert Message.objects.get().subject == "Who can we contact at Halton Homes now?"
    assert list(Partner.objects.without_contact()) == [partner]


def test_one_contact_of_two_leaves_without_being_asked(client, partner):
    mine = make.MembershipFactory(partner=partner, part="officer")
    make.ContactFactory(partner=partner)
    assert not memberships.is_only_contact(mine)
    assert not memberships.is_only_contact(make.MembershipFactory(partner=make.PartnerFactory()))


def test_closed_organisation_keeps_its_page_with_day_and_successor(client, partner):
    member = make.MembershipFactory(partner=partner).user
    make.PartnerFactory(name="Mersey Homes")
    client.force_login(make.StaffFactory())
    assert "asked to (1 person)" in client.get("/partners/halton-homes/close/").text
    answers = {"on": "1 April 2023", "because": "It joined a larger group.", "successor": "mersey homes"}
    assert "is closed." in client.post("/partners/halton-homes/close/", answers, follow=True).text
    client.logout()
    page = client.get("/partners/halton-homes/").text
    for shown in ("This organisation ended on Saturday 1 April 2023", "It joined a larger group.", "Mersey Homes"):
        assert shown in page
    assert "Halton Homes" not in client.get("/partners/").text
    assert (
        Message.objects.get(to_email=member.email).subject == "Halton Homes has closed: tell us your organisation now"
    )
    assert not member.memberships.live().exists()
    client.force_login(make.StaffFactory())
    client.post("/partners/halton-homes/reopen/")
    assert Partner.objects.public().count() == 2


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"on": ""}, "Enter the day on which it ended"),
        ({"on": "1 January 2199"}, "Choose today or an earlier day"),
        ({"because": ""}, "Say why"),
        ({"successor": "nobody"}, "We do not know an organisation with that name"),
        ({"successor": "Halton Homes"}, "An organisation cannot replace itself"),
    ],
)
def test_closing_with_bad_answers_is_explained_and_closes_nothing(client, partner, answers, message):
    client.force_login(make.StaffFactory())
    sent = {"on": "1 April 2023", "because": "It ended.", "successor": ""} | answers
    assert message in client.post("/partners/halton-homes/close/", sent).text
    assert Partner.objects.public().count() == 1


def test_closed_organisation_is_closed_once(partner):
    closing.close(partner=partner, by=None, on=TODAY(), because="It ended.")
    with pytest.raises(Refusal, match="is closed"):
        closing.close(partner=partner, by=None, on=TODAY(), because="Again.")
