"""Two people have an organisation's page, or one of its contacts, open at once: nothing is lost silently."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from partnership.audit.models import Entry
from partnership.partners.actions import contact as contacts
from partnership.partners.actions import directory_import, merge, yearly_check
from partnership.partners.actions import partner as partners
from partnership.partners.actions import place as places
from partnership.partners.models import PeopleGroup
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from tests import factories as make

pytestmark = pytest.mark.django_db
EDIT = "/partners/halton-homes/edit/"


@pytest.fixture
def partner():
    return make.PartnerFactory(name="Halton Homes", slug="halton-homes", summary="Homes.")


@pytest.fixture
def officer(client, partner):
    user = make.MembershipFactory(partner=partner, part="officer").user
    client.force_login(user)
    return user


@pytest.fixture
def kofi():
    return make.StaffFactory(name="Kofi Mensah")


def revision_in(page: str) -> str:
    return re.search(r'name="revision" value="(\d*)"', page)[1]


def said(response) -> str:
    return " ".join(response.text.split())


def differs(theirs: str, yours: str) -> str:
    return f'<td class="govuk-table__cell">{theirs}</td> <td class="govuk-table__cell">{yours}</td>'


def test_later_editor_of_the_page_sees_the_difference_and_may_save(client, partner, officer, kofi):
    carers = PeopleGroup.objects.get(slug="carers")
    mine = {"summary": "Homes, mine.", "phone": "0151 496 0000", "revision": revision_in(client.get(EDIT).text)}
    partners.change(partner=partner, by=kofi, summary="Homes, theirs.", groups=[carers], phone="0151 496 0000")
    page = said(client.post(EDIT, mine))
    assert "Kofi Mensah changed this on" in page
    assert differs("Homes, theirs.", "Homes, mine.") in page
    assert differs("Carers", "none") in page
    assert "General phone number</th>" not in page
    assert "Homes, mine.</textarea>" in page
    partner.refresh_from_db()
    assert (partner.summary, partner.checked_on, partner.revision) == ("Homes, theirs.", None, 1)
    assert client.post(EDIT, mine | {"revision": revision_in(page)}).status_code == 302
    partner.refresh_from_db()
    assert (partner.summary, partner.groups.count(), partner.revision) == ("Homes, mine.", 0, 2)
    assert partner.checked_on


def test_staff_and_officer_meet_on_the_same_page(client, partner, officer, kofi):
    client.force_login(kofi)
    mine = {"name": "Halton Houses", "kind": "housing", "revision": revision_in(client.get(EDIT).text)}
    partners.change(partner=partner, by=officer, checked=True, phone="0151 496 0000")
    page = said(client.post(EDIT, mine))
    assert f"{officer} changed this on" in page
    assert differs("Halton Homes", "Halton Houses") in page
    assert differs("0151 496 0000", "empty") in page
    assert differs("Voluntary, community, faith or social enterprise", "Housing association") in page
    partner.refresh_from_db()
    assert partner.name == "Halton Homes"


def test_page_saved_twice_or_as_it_stands_counts_once(client, partner, officer):
    mine = {"summary": "New words.", "revision": revision_in(client.get(EDIT).text)}
    assert [client.post(EDIT, mine).status_code for _ in range(2)] == [302, 302]
    partner.refresh_from_db()
    assert partner.revision == 1
    assert Entry.objects.about(partner).filter(verb="partner.changed").count() == 1


def test_page_saved_as_it_stands_is_still_the_yearly_check(client, partner, officer):
    client.post(EDIT, {"summary": "Homes.", "revision": "0"})
    partner.refresh_from_db()
    assert (partner.revision, partner.checked_on is not None) == (0, True)
    assert Entry.objects.about(partner).get().verb == "partner.checked"


def test_holder_of_the_yearly_mails_link_is_told_too(client, partner, kofi):
    key = yearly_check.key_for(partner, make.ContactFactory(partner=partner).email)
    partners.change(partner=partner, by=kofi, summary="Theirs.")
    page = said(client.post(f"/partners/check/{key}/change/", {"summary": "Mine.", "revision": "0"}))
    assert "Kofi Mensah changed this on" in page
    assert differs("Theirs.", "Mine.") in page


def test_what_the_holder_of_a_link_changed_names_nobody(client, partner, officer):
    partners.change(partner=partner, by=None, summary="Theirs.")
    assert "Someone else changed this on" in said(client.post(EDIT, {"summary": "Mine.", "revision": "0"}))


@pytest.mark.parametrize("revision", ["", "no number", None])
def test_form_without_its_revision_overwrites_nobody(client, partner, officer, kofi, revision):
    partners.change(partner=partner, by=kofi, summary="Theirs.")
    page = client.post(EDIT, {"summary": "Mine."} | ({} if revision is None else {"revision": revision})).text
    partner.refresh_from_db()
    assert partner.summary == "Theirs."
    assert "Mine.</textarea>" in page


def test_rows_of_a_file_imported_are_told_of(client, partner, officer, kofi):
    data = b"Name,What it does\nHalton Homes,From the file.\n"
    directory_import.confirm(batch=directory_import.start(by=kofi, filename="a.csv", data=data), by=kofi)
    page = said(client.post(EDIT, {"summary": "Mine.", "revision": "0"}))
    assert "Someone else changed this after you opened it." in page
    assert differs("From the file.", "Mine.") in page


def test_place_given_to_the_partner_is_not_lost(client, partner, officer, kofi):
    halton = make.PlaceFactory(name="Halton")
    places.add_partner(place=halton, partner=partner, by=kofi)
    places.add_partner(place=halton, partner=partner, by=kofi)
    page = said(client.post(EDIT, {"summary": "Mine.", "revision": "0"}))
    assert "Kofi Mensah changed this on" in page
    assert differs("Halton", "none") in page
    places.remove_partner(place=halton, partner=partner, by=kofi)
    partner.refresh_from_db()
    assert (partner.revision, partner.places.count()) == (2, 0)


def test_merge_made_or_undone_is_told_of(client, partner, officer, kofi):
    other = make.PartnerFactory(summary="Taken over.")
    done = merge.merge(kept=partner, absorbed=other, by=kofi, take={"summary"})
    page = said(client.post(EDIT, {"summary": "Mine.", "revision": "0"}))
    assert "Kofi Mensah changed this on" in page
    assert differs("Taken over.", "Mine.") in page
    merge.undo(merge=done, by=kofi)
    assert differs("Homes.", "Mine.") in said(client.post(EDIT, {"summary": "Mine.", "revision": "1"}))


def test_later_editor_of_a_contact_sees_the_difference_and_may_save(client, partner, officer, kofi):
    contact = make.ContactFactory(partner=partner, name="Ann Lee", role="Trustee", email="ann@example.org")
    address = f"/partners/halton-homes/people/{contact.pk}/"
    mine = {"name": "Ann Lee", "role": "Chair", "email": "ann@example.org", "agreed": "on"}
    mine["revision"] = revision_in(client.get(address).text)
    contacts.save(partner=partner, by=kofi, contact=contact, name="Ann Lee", role="Secretary", email="ann@example.org")
    page = said(client.post(address, mine))
    assert "Kofi Mensah changed this on" in page
    assert differs("Secretary", "Chair") in page
    assert differs("no", "yes") in page
    assert "Their name</th>" not in page
    contact.refresh_from_db()
    assert (contact.role, contact.agreed_on) == ("Secretary", None)
    client.post(address, mine | {"revision": revision_in(page)})
    contact.refresh_from_db()
    assert (contact.role, contact.revision, contact.agreed_on is not None) == ("Chair", 2, True)


def test_contact_saved_as_it_stands_is_not_on_record(client, partner, officer):
    contact = make.ContactFactory(partner=partner, email="ann@example.org")
    answers = {"name": contact.name, "role": contact.role, "email": contact.email, "revision": "0"}
    client.post(f"/partners/halton-homes/people/{contact.pk}/", answers)
    assert not Entry.objects.about(contact).exists()


def test_contact_removed_is_explained(partner, kofi):
    contact = make.ContactFactory(partner=partner)
    contacts.remove(contact=type(contact).objects.get(), by=kofi)
    with pytest.raises(Refusal, match="Someone has just removed this contact"):
        contacts.save(partner=partner, by=kofi, contact=contact, name="Ann", role="Trustee", phone="0151 496 0000")
    assert not partner.contacts.exists()


def test_code_that_has_the_row_as_it_stands_is_never_refused(partner, kofi):
    partners.change(partner=partner, by=kofi, summary="One.")
    partners.change(partner=partner, by=kofi, summary="Two.")
    with pytest.raises(Stale):
        partners.change(partner=partner, by=kofi, summary="Three.", revision=1)
    partner.refresh_from_db()
    assert partner.summary == "Two."


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told():
    partner, barrier = make.PartnerFactory(), Barrier(2)

    def save(summary):
        barrier.wait()
        try:
            partners.change(partner=partner, by=None, summary=summary, revision=0)
        except Stale:
            return "told"
        else:
            return "saved"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, ["One.", "Two."])) == ["saved", "told"]
    partner.refresh_from_db()
    assert partner.revision == 1
