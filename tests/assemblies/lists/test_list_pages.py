"""What a lead and staff see on the pages of invitation lists, and what each form says to bad input."""

import html
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from assemblies.lists.actions import list_entry
from assemblies.lists.actions.list_entry import Person
from assemblies.lists.models import InvitationList, ListEntry, ListImport, ListTarget
from assemblies.meetings.models import Meeting
from partnership.audit.models import Entry
from partnership.files import previews
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    InvitationFactory,
    InvitationListFactory,
    ListEntryFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    MembershipFactory,
    PartnerFactory,
    PlaceFactory,
    PlaceLeadFactory,
    RegistrationFactory,
    StaffFactory,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
OPEN = InvitationList.State.OPEN
FILE = b"Name;E-mail\nAnn Hill;ann@x.org\nCy Ng;cy.x.org\n"


@pytest.fixture
def place():
    return PlaceFactory(name="Halton", slug="halton")


@pytest.fixture
def lead(place):
    return PlaceLeadFactory(place=place, user__name="Lena Lead").user


@pytest.fixture
def listed(place):
    meeting = MeetingFactory(title="September assembly", slug="september")
    MeetingPlaceFactory(meeting=meeting, place=place)
    return InvitationListFactory(
        meeting=meeting, place=place, state=OPEN, due_on=timezone.localdate() + timedelta(days=4)
    )


@pytest.fixture
def as_lead(client, lead, listed):
    sign_in(client, lead)
    return client


@pytest.fixture
def as_staff(client, listed):
    sign_in(client, StaffFactory())
    return client


def at(name: str, *more) -> str:
    return reverse(name, args=["september", "halton", *more])


def text(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def seen(batch: ListImport) -> dict[str, str]:
    """What the page of a preview sends with its button."""
    return {"seen": previews.reading(batch)}


def upload(client, data: bytes = FILE, name: str = "people.csv"):
    return client.post(at("manage_list_import"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_empty_list_says_how_to_begin(as_lead):
    page = text(as_lead.get(at("manage_list")))
    assert "Nobody is on this list yet." in page
    assert "Sign off the list" not in page
    assert "Drawn up by Lena Lead." in page


def test_list_shows_people_their_other_lists_and_their_invitation(as_lead, listed):
    ListEntryFactory(list=listed, name="Ann Hill", email="ann@x.org", organisation="Mind", kind="vcfse")
    other = InvitationListFactory(meeting=listed.meeting, place=PlaceFactory(name="Wirral"))
    ListEntryFactory(list=other, email="ann@x.org")
    ListEntryFactory(list=InvitationListFactory(place=PlaceFactory(name="Sefton")), email="ann@x.org")
    InvitationFactory(meeting=listed.meeting, email="ann@x.org", accepted_at=timezone.now())
    page = text(as_lead.get(at("manage_list")))
    assert "Also on the list of Wirral: invited once." in page
    assert "Sefton" not in page
    assert "Accepted" in page


def test_list_can_be_searched_by_any_words(as_lead, listed):
    ListEntryFactory(list=listed, name="Ann Hill", organisation="Mind")
    ListEntryFactory(list=listed, name="Bo Lee", organisation="Council")
    page = text(as_lead.get(at("manage_list"), {"words": "lee coun"}))
    assert "Bo Lee" in page
    assert "Ann Hill" not in page
    assert "Nobody on the list matches your search." in text(as_lead.get(at("manage_list"), {"words": "zzz"}))


def test_people_added_after_sign_off_are_shown_as_added_later(as_lead, listed):
    ListEntryFactory(list=listed)
    as_lead.post(at("manage_list_sign_off"))
    assert "added later" not in text(as_lead.get(at("manage_list")))
    as_lead.post(at("manage_list_add"), {"name": "Ann Hill", "email": "ann@x.org"})
    page = text(as_lead.get(at("manage_list")))
    assert "1 person was added later." in page
    assert page.lower().count("added later") == 2
    assert "Reopen the list" in page


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"name": "", "email": "ann@x.org"}, "Enter the full name"),
        ({"name": "Ann Hill", "email": ""}, "Enter the email address"),
        ({"name": "Ann Hill", "email": "ann.x.org"}, "Enter an email address in the right form"),
        ({"name": "Bo Lee", "email": "taken@x.org"}, "Ann Taken is on this list with that email address"),
        ({"name": "A" * 201, "email": "ann@x.org"}, "at most 200 characters"),
        ({"name": "Ann", "email": "ann@x.org", "kind": "sport"}, "Choose the kind of organisation from the list"),
    ],
)
def test_adding_a_person_wrongly_says_why_and_keeps_the_answers(as_lead, listed, said, answer):
    ListEntryFactory(list=listed, name="Ann Taken", email="taken@x.org")
    page = text(as_lead.post(at("manage_list_add"), said | {"organisation": "Kept Mind"}))
    assert answer in page
    assert 'value="Kept Mind"' in page
    assert listed.entries.count() == 1


def test_person_is_added_changed_and_taken_off(as_lead, listed):
    as_lead.post(at("manage_list_add"), {"name": "Ann  Hill", "email": " ANN@x.org ", "kind": "vcfse"})
    entry = listed.entries.get()
    assert (entry.name, entry.email, entry.kind) == ("Ann Hill", "ann@x.org", "vcfse")
    page = text(as_lead.get(at("manage_list_entry", entry.pk)))
    assert "Added by hand, by Lena Lead" in page
    as_lead.post(at("manage_list_entry", entry.pk), {"name": "Ann Lee", "email": "ann@x.org", "kind": "council"})
    entry.refresh_from_db()
    assert (entry.name, entry.kind) == ("Ann Lee", "council")
    assert "Remove Ann Lee from the list?" in text(as_lead.get(at("manage_list_remove", entry.pk)))
    for _ in range(2):
        assert as_lead.post(at("manage_list_remove", entry.pk)).status_code == 302
    assert not listed.entries.exists()


def test_later_editor_of_a_person_sees_the_difference_and_may_save(as_lead, listed):
    facts = {"name": "Ann Hill", "email": "ann@x.org", "organisation": "", "kind": "vcfse", "role": ""}
    entry = listed.entries.create(**facts)
    assert 'name="revision" value="0"' in text(as_lead.get(at("manage_list_entry", entry.pk)))
    other = StaffFactory(name="Kofi Mensah")
    list_entry.change(entry=entry, by=other, person=Person(**facts | {"role": "Trustee"}), revision=0)
    mine = facts | {"name": "Ann Lee", "role": "Chair", "revision": "0"}
    page = text(as_lead.post(at("manage_list_entry", entry.pk), mine))
    assert "Kofi Mensah changed this on" in page
    assert '<td class="govuk-table__cell">Trustee</td> <td class="govuk-table__cell">Chair</td>' in page
    assert "Email address</th>" not in page
    assert 'value="Ann Lee"' in page
    entry.refresh_from_db()
    assert (entry.name, entry.role, entry.revision) == ("Ann Hill", "Trustee", 1)
    for _ in range(2):
        assert as_lead.post(at("manage_list_entry", entry.pk), mine | {"revision": "1"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.name, entry.role, entry.revision) == ("Ann Lee", "Chair", 2)
    record = Entry.objects.about(entry).first()
    assert (record.details["fields"], record.details["revision"]) == (["name", "role"], 2)
    assert "Ann" not in f"{record.subject_label} {record.details}"


def test_person_taken_off_is_not_changed(listed, lead):
    entry = listed.entries.create(name="Ann Hill", email="ann@x.org")
    listed.entries.all().delete()
    with pytest.raises(Refusal, match="Ann Hill has just been removed from this list"):
        list_entry.change(entry=entry, by=lead, person=Person("ann@x.org", "Ann Lee"))


def test_entry_of_another_list_is_absent(as_lead):
    other = ListEntryFactory()
    for name in ("manage_list_entry", "manage_list_remove"):
        assert as_lead.get(at(name, other.pk)).status_code == 404


def test_file_is_previewed_fixed_and_confirmed(as_lead, listed):
    page = text(upload(as_lead))
    assert "Check what we read in people.csv" in page
    assert "Cannot be used (1)" in page
    assert "“cy.x.org” is not an email address: it has no @" in page
    assert not listed.entries.exists()
    batch = ListImport.objects.get()
    row = batch.rows.get(number=3)
    said = {f"row-{row.pk}-name": "Cy Ng", f"row-{row.pk}-email": "cy@x", f"row-{row.pk}-organisation": "Kept Mind"}
    page = text(as_lead.post(at("manage_list_row", batch.pk, row.pk), said))
    assert "needs a dot" in page
    assert 'value="Kept Mind"' in page
    assert "Error: " in page
    said[f"row-{row.pk}-email"] = "cy@x.org"
    page = text(as_lead.post(at("manage_list_row", batch.pk, row.pk), said, follow=True))
    assert "Add 2 people to the list" in page
    for _ in range(2):
        page = text(as_lead.post(at("manage_list_confirm", batch.pk), seen(batch), follow=True))
    assert set(listed.entries.values_list("email", flat=True)) == {"ann@x.org", "cy@x.org"}
    assert "Imported on" in text(as_lead.get(at("manage_list_preview", batch.pk)))


def test_confirmation_without_what_was_seen_imports_nothing(as_lead, listed):
    upload(as_lead)
    page = text(as_lead.post(at("manage_list_confirm", ListImport.objects.get().pk), follow=True))
    assert "Somebody has just read this file again." in page
    assert not listed.entries.exists()


def test_refused_rows_are_said_after_the_import_until_they_are_fixed(as_lead, listed):
    upload(as_lead, FILE + b"Di Oh;di.x.org\n")
    batch = ListImport.objects.get()
    page = text(as_lead.post(at("manage_list_confirm", batch.pk), seen(batch), follow=True))
    assert "Added 1 person to the list from people.csv. 2 rows could not be used: you can still correct them." in page
    assert "2 rows of <strong>people.csv</strong>" in page
    assert "Correct or discard them" in page
    row = batch.rows.get(number=3)
    said = {f"row-{row.pk}-name": "Cy Ng", f"row-{row.pk}-email": "cy@x"}
    assert "needs a dot" in text(as_lead.post(at("manage_list_row", batch.pk, row.pk), said))
    said[f"row-{row.pk}-email"] = "cy@x.org"
    page = text(as_lead.post(at("manage_list_row", batch.pk, row.pk), said, follow=True))
    assert "Row 3: Cy Ng is on the list." in page
    assert "Save row 4" in page
    assert "1 row of <strong>people.csv</strong>" in text(as_lead.get(at("manage_list")))
    assert "We delete 1 row." in text(as_lead.get(at("manage_list_discard", batch.pk)))
    page = text(as_lead.post(at("manage_list_discard", batch.pk), follow=True))
    assert "1 row has been discarded." in page
    assert "could not be used" not in page
    assert set(listed.entries.values_list("email", flat=True)) == {"ann@x.org", "cy@x.org"}


def test_one_person_with_two_addresses_is_hinted_at_on_the_list(as_lead, listed):
    for email, organisation in (("ann@x.org", "Mind"), ("ann@home.org", ""), ("other@x.org", "Age UK")):
        ListEntryFactory(list=listed, name="Ann Hill", email=email, organisation=organisation)
    ListEntryFactory(list=listed, name="Bo Lee", email="bo@x.org")
    page = text(as_lead.get(at("manage_list")))
    assert "Ann Hill is on this list as ann@home.org too." in page
    assert "Ann Hill is on this list as ann@x.org and other@x.org too." in page
    assert "Bo Lee is on this list" not in page


def workbook(*titles: str) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        book.create_sheet(title).append(["Name", "Email"])
        book[title].append([f"Person {title}", f"{title.lower()}@x.org"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_sheet_that_was_read_is_said_and_another_can_be_chosen(as_lead):
    page = text(upload(as_lead, workbook("Halton", "Sefton"), "people.xlsx"))
    assert "The file has 2 sheets. We read “Halton”." in page
    batch = ListImport.objects.get()
    page = text(as_lead.post(at("manage_list_sheet", batch.pk), {"sheet": "Sefton"}, follow=True))
    assert "We have read the file again." in page
    assert "sefton@x.org" in page
    assert '<option value="Sefton" selected>Sefton</option>' in page
    assert "Choose the sheet to read from the list" in text(
        as_lead.post(at("manage_list_sheet", batch.pk), {"sheet": "x"})
    )
    as_lead.post(at("manage_list_confirm", batch.pk), seen(batch))
    page = text(as_lead.post(at("manage_list_sheet", batch.pk), {"sheet": "Halton"}, follow=True))
    assert "This file cannot be read again" in page


def test_file_with_one_sheet_asks_for_none(as_lead):
    assert "Sheet to read" not in text(upload(as_lead, workbook("Halton"), "people.xlsx"))


WRONGLY_GUESSED = b"""Name;Email;Charity;Contact
Halton Mind;ann@x.org;yes;Ann Hill
Age UK;bo@x.org;no;Bo Lee
"""
RIGHTLY_READ = {"column_0": "organisation", "column_1": "email", "column_2": "ignored", "column_3": "name"}


def said_of(batch) -> list[tuple]:
    return list(batch.rows.values_list("number", "outcome", "name", "organisation"))


def test_misread_column_can_be_corrected_and_read_again(as_lead, listed):
    upload(as_lead, WRONGLY_GUESSED)
    batch = ListImport.objects.get()
    assert ("Halton Mind", "Ann Hill") not in {row[2:] for row in said_of(batch)}
    page = text(as_lead.get(at("manage_list_preview", batch.pk)))
    assert "For example: Halton Mind; Age UK" in page
    page = text(as_lead.post(at("manage_list_columns", batch.pk), RIGHTLY_READ, follow=True))
    assert "We have read the file again. Nothing is saved yet" in page
    assert said_of(batch) == [(2, "add", "Ann Hill", "Halton Mind"), (3, "add", "Bo Lee", "Age UK")]
    assert '<option value="organisation" selected>Organisation</option>' in page
    assert not listed.entries.exists()
    as_lead.post(at("manage_list_confirm", batch.pk), seen(batch))
    assert set(listed.entries.values_list("name", "organisation")) == {
        ("Ann Hill", "Halton Mind"),
        ("Bo Lee", "Age UK"),
    }


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ({"column_3": "email"}, "“Email” and “Contact” cannot both be the email address"),
        ({"column_1": "ignored"}, "Say which column holds the email address"),
        ({"column_1": "ignored", "column_2": "email"}, "There is no email address in “Charity”"),
        ({"column_2": "telephone"}, "Choose what “Charity” holds from the list"),
        ({"column_2": ""}, "Say what “Charity” holds"),
    ],
)
def test_columns_that_cannot_be_are_refused_and_the_preview_stays(as_lead, listed, what, answer):
    upload(as_lead, WRONGLY_GUESSED)
    batch = ListImport.objects.get()
    before = said_of(batch)
    page = html.unescape(text(as_lead.post(at("manage_list_columns", batch.pk), RIGHTLY_READ | what)))
    assert answer in page
    assert "Error: " in page
    assert '<option value="organisation" selected>' in page
    assert said_of(batch) == before
    assert not listed.entries.exists()


def test_file_imported_or_discarded_cannot_be_read_again(as_lead):
    upload(as_lead, WRONGLY_GUESSED)
    batch = ListImport.objects.get()
    as_lead.post(at("manage_list_confirm", batch.pk), seen(batch))
    assert "Read the file again" not in text(as_lead.get(at("manage_list_preview", batch.pk)))
    page = text(as_lead.post(at("manage_list_columns", batch.pk), RIGHTLY_READ, follow=True))
    assert "This file cannot be read again" in page


@pytest.mark.parametrize(
    ("data", "name", "answer"),
    [
        (b"%PDF-1.7 x", "people.csv", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "people.xlsx", "This is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "people.xls", "This is an old Excel"),
        (b"PK\x03\x04 broken", "people.xlsx", "The file is damaged"),
        (b"", "people.csv", "The file is empty"),
        (b"Name,Town\nAnn,Leeds\n", "people.csv", "We found no email addresses"),
        (b"a@x.org\n" * 20_100, "people.csv", "more than 20,000 rows"),
        (b"x" * (10 * 1024 * 1024 + 1), "people.csv", "larger than 10 MB"),
    ],
    ids=["pdf", "picture", "xls", "damaged", "empty", "no addresses", "rows", "bytes"],
)
def test_file_that_is_no_list_is_refused_and_says_what_it_is(as_lead, data, name, answer):
    assert answer in text(upload(as_lead, data, name))
    assert not ListImport.objects.exists()


def test_no_file_chosen_is_said(as_lead):
    assert "Choose a file" in text(as_lead.post(at("manage_list_import"), {}))


def test_name_of_a_file_is_shown_as_text_only(as_lead):
    page = text(upload(as_lead, name='<img src=x onerror="a">.csv'))
    assert "<img src=x" not in page


def test_waiting_file_is_shown_on_the_list_and_can_be_discarded(as_lead, listed):
    upload(as_lead)
    batch = ListImport.objects.get()
    assert "would add 1 person" in text(as_lead.get(at("manage_list")))
    assert "We delete what we read about 2 people" in text(as_lead.get(at("manage_list_discard", batch.pk)))
    as_lead.post(at("manage_list_discard", batch.pk))
    assert "would add" not in text(as_lead.get(at("manage_list")))
    assert not batch.rows.exists()


def test_people_are_chosen_from_the_directory(as_lead, listed, place):
    larder = PartnerFactory(name="Halton Larder")
    place.partners.add(larder)
    ann = MembershipFactory(partner=larder, user__name="Ann Hill", role="Trustee")
    MembershipFactory(partner=larder, user__name="Waiting Will", state="waiting", decided_at=None)
    elsewhere = MembershipFactory(user__name="Far Fred")
    page = text(as_lead.get(at("manage_list_directory")))
    assert "Ann Hill" in page
    assert "Waiting Will" not in page
    assert "Far Fred" not in page
    assert "Far Fred" in text(as_lead.get(at("manage_list_directory"), {"place": "", "words": "fred"}))
    assert "Select at least one person" in text(as_lead.post(at("manage_list_directory"), {}))
    wrong = text(as_lead.post(at("manage_list_directory"), {"people": [elsewhere.pk]}))
    assert "no longer on this page" in wrong
    for _ in range(2):
        as_lead.post(at("manage_list_directory"), {"people": [ann.pk]})
    entry = listed.entries.get()
    assert (entry.name, entry.partner, entry.role, entry.source) == ("Ann Hill", larder, "Trustee", "directory")
    assert "already on the list" in text(as_lead.get(at("manage_list_directory")))


def test_people_are_chosen_from_last_time(as_lead, listed, place):
    page = text(as_lead.get(at("manage_list_last_time")))
    assert "There is no earlier meeting with people from here." in page
    before = MeetingFactory(
        title="May assembly", board=listed.meeting.board, starts_at=timezone.now() - timedelta(days=90), state="held"
    )
    old = InvitationListFactory(meeting=before, place=place)
    ListEntryFactory(list=old, name="Ann Hill", email="ann@x.org", organisation="Mind", kind="vcfse")
    RegistrationFactory(meeting=before, place=place, name="Bo Lee", email="bo@x.org", state="attended")
    RegistrationFactory(meeting=before, place=PlaceFactory(), name="Far Fred", email="fred@x.org", state="attended")
    page = text(as_lead.get(at("manage_list_last_time")))
    assert "May assembly" in page
    assert "on the list" in page
    assert "came" in page
    assert "Far Fred" not in page
    page = text(as_lead.post(at("manage_list_last_time"), {"people": ["ann@x.org", "bo@x.org"]}, follow=True))
    assert "Added 2 people to the list." in page
    assert set(listed.entries.values_list("source", flat=True)) == {ListEntry.Source.LAST_TIME}


def test_sign_off_says_what_it_means_before_it_happens(as_lead, listed):
    assert "There is nobody on this list" in text(as_lead.get(at("manage_list_sign_off")))
    assert "There is nobody on this list" in text(as_lead.post(at("manage_list_sign_off"), follow=True))
    ListEntryFactory(list=listed)
    page = text(as_lead.get(at("manage_list_sign_off")))
    assert "Sign off 1 person" in page
    assert "on its behalf" not in page
    for _ in range(2):
        page = text(as_lead.post(at("manage_list_sign_off"), follow=True))
    assert "Signed off by Lena Lead on" in page
    assert "wait until someone signs it off again" in text(as_lead.get(at("manage_list_reopen")))
    as_lead.post(at("manage_list_reopen"))
    listed.refresh_from_db()
    assert listed.state == OPEN


def test_staff_sign_off_on_behalf_of_a_place_and_the_page_says_so(as_staff, listed):
    ListEntryFactory(list=listed)
    assert "signed off on its behalf" in text(as_staff.get(at("manage_list_sign_off")))
    assert "on behalf of the place" in text(as_staff.post(at("manage_list_sign_off"), follow=True))


def test_staff_see_every_list_who_has_it_and_how_it_stands(as_staff, listed, lead):
    ListEntryFactory(list=listed, kind="council")
    ListTarget.objects.create(list=listed, sector="vcfse", percent=40)
    late = InvitationListFactory(
        meeting=listed.meeting,
        place=PlaceFactory(name="Wirral"),
        state=OPEN,
        due_on=timezone.localdate() - timedelta(days=1),
    )
    page = text(as_staff.get(reverse("manage_lists", args=["september"])))
    assert "0 of 2 signed off." in page
    assert "Lena Lead" in page
    assert "overdue" in page
    assert f"{late.place}" in page
    assert "no lead in post" in page
    assert "Too few people yet from: Voluntary" in page


def test_meeting_without_places_says_what_to_do(as_staff):
    MeetingFactory(slug="bare")
    assert "No place takes part" in text(as_staff.get(reverse("manage_lists", args=["bare"])))


def test_staff_chase_after_seeing_who_they_write_to(as_staff, listed, lead):
    address = reverse("manage_lists_chase", args=["september"])
    assert "We will email 1 place lead" in text(as_staff.get(address))
    assert "We are emailing 1 place lead." in text(as_staff.post(address, follow=True))
    assert "Already chased today" in text(as_staff.get(address))
    assert "Nobody was emailed" in text(as_staff.post(at("manage_list_chase"), follow=True))
    assert Message.objects.count() == 1


def test_draft_meeting_cannot_be_chased(as_staff, listed, lead):
    Meeting.objects.update(state="draft", published_at=None)
    address = reverse("manage_lists_chase", args=["september"])
    assert "This meeting is not published." in text(as_staff.get(address))
    as_staff.post(address)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("shares", "answer"),
    [
        (["30", "20", "40", "20"], "The shares add up to 110%"),
        (["", "20", "40", "20"], "Enter a share for NHS, or 0"),
        (["a lot", "20", "40", "20"], "must be a whole number"),
        (["-5", "25", "60", "20"], "must be 0 or more"),
        (["150", "0", "0", "0"], "must be 100 or less"),
    ],
)
def test_mix_that_cannot_be_is_refused_and_kept(as_staff, listed, shares, answer):
    said = dict(zip(("nhs", "council", "vcfse", "other"), shares, strict=True))
    page = text(as_staff.post(reverse("manage_lists_mix", args=["september"]), said))
    assert answer in page
    assert f'value="{shares[1]}"' in page
    assert not ListTarget.objects.exists()


def test_mix_of_all_lists_and_of_one(as_staff, listed):
    InvitationListFactory(meeting=listed.meeting)
    said = {"nhs": 30, "council": 20, "vcfse": 40, "other": 10}
    as_staff.post(reverse("manage_lists_mix", args=["september"]), said)
    assert ListTarget.objects.count() == 8
    as_staff.post(at("manage_list_mix"), said | {"nhs": 40, "other": 0})
    assert dict(listed.targets.values_list("sector", "percent"))["nhs"] == 40
    assert ListTarget.objects.filter(percent=30).count() == 1


def test_lead_with_one_list_is_taken_to_it_and_staff_work_is_refused(as_lead):
    assert as_lead.get(reverse("manage_lists", args=["september"]))["Location"] == at("manage_list")
    for name in ("manage_lists_chase", "manage_lists_mix"):
        assert as_lead.get(reverse(name, args=["september"])).status_code == 403
    for name in ("manage_list_chase", "manage_list_mix"):
        assert as_lead.get(at(name)).status_code == 403


def test_list_is_absent_for_a_lead_whose_term_has_ended(client, listed, place):
    ended = PlaceLeadFactory(place=place, ends_on=timezone.localdate() - timedelta(days=1))
    sign_in(client, ended.user)
    assert client.get(at("manage_list")).status_code == 404


def test_list_of_another_place_is_absent_for_a_lead(client, listed):
    sign_in(client, PlaceLeadFactory().user)
    for name in (
        "manage_list",
        "manage_list_add",
        "manage_list_import",
        "manage_list_directory",
        "manage_list_sign_off",
    ):
        assert client.get(at(name)).status_code == 404
        assert client.post(at(name)).status_code == 404
