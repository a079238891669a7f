"""The pages of packs: what is in them, how far they are, their files, and who may have the closed part."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.papers.models import MeetingPack, PaperOpening
from tests.assemblies.closures.closing import close as close_matter
from tests.assemblies.papers.packed import a_document, add_item, publish, signed_report
from tests.factories import (
    AppointmentFactory,
    ClosureGroundFactory,
    MeetingFactory,
    PackFileFactory,
    PackPartFactory,
    StaffFactory,
    UserFactory,
)
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def published(meeting, chair):
    signed_report(meeting, "The plan", "Slides")
    add_item(meeting, "The plan", a_document(meeting, "Figures"))
    publish(meeting, chair)
    return meeting


@pytest.fixture
def pack(published):
    return published.packs.get()


def ready(pack, *, members: bool = False, content=b"%PDF-1.7 public") -> MeetingPack:
    """As a worker leaves it, without making the files."""
    for part in pack.parts.all():
        part.page, part.sheet = f"{'E' if part.is_closed else ''}{part.position}", part.position
        part.save()
    pages = {"first_page": 1, "last_page": 9, "first_closed_page": 1, "last_closed_page": 4 if members else 0}
    MeetingPack.objects.filter(pk=pack.pk).update(state="ready", ready_at=timezone.now(), **pages)
    PackFileFactory(pack=pack, file=ContentFile(content, name="a.pdf"), pages=9, sha256="ab" * 32)
    if members:
        PackFileFactory(pack=pack, file=ContentFile(b"%PDF-1.7 members", name="b.pdf"), pages=13, for_members=True)
    pack.refresh_from_db()
    return pack


def close(pack):
    """Moves the document to the closed part, as an item that is closed has it."""
    part = pack.parts.get(title="Figures")
    PackPartFactory(pack=pack, item=part.item, title="Secret title", is_closed=True, position=90)
    part.is_closed, part.position = True, 91
    part.save()


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def test_page_lists_the_papers_with_their_pages_and_checksum(client, pack):
    ready(pack)
    page = words(client.get(reverse("packs", args=[pack.meeting.slug])))
    assert f'href="{pack.get_absolute_url()}">Open the pack (PDF, 9 pages, 4.0 KB)</a>' in page
    assert re.findall(r">page (\d+)<", page) == ["1", "2", "3", "4"]
    assert "ab" * 32 in page
    assert pack.parts.get(report__isnull=False).report.get_absolute_url() in page


def test_page_asks_the_same_for_one_paper_and_for_fifty(client, pack):
    ready(pack)
    address = reverse("packs", args=[pack.meeting.slug])
    sign_in(client, StaffFactory())
    few = queries(client, address)
    item, document = pack.parts.first().item, pack.parts.get(title="Figures").document
    for number in range(100, 125):
        PackPartFactory(pack=pack, item=item, position=2 * number)
        PackPartFactory(pack=pack, item=item, position=2 * number + 1, document=document)
    assert queries(client, address) == few


def test_file_is_sent_under_an_address_that_stays(client, pack):
    address = f"/meetings/{pack.meeting.slug}/papers/pack.pdf"
    assert client.get(address)["Location"] == f"/meetings/{pack.meeting.slug}/papers/"
    ready(pack)
    answer = client.get(address)
    assert (answer.status_code, content(answer)) == (200, b"%PDF-1.7 public")
    assert answer["Content-Type"] == "application/pdf"
    meeting = pack.meeting
    meeting.title = "Renamed since"
    meeting.save()
    assert client.get(address).status_code == 200
    assert (pack.get_absolute_url(), pack.number) == (address, 0)


def test_supplement_has_an_address_with_its_number(client, published, chair):
    add_item(published, "A late matter")
    publish(published, chair)
    supplement = ready(published.packs.last())
    assert supplement.get_absolute_url() == f"/meetings/{published.slug}/papers/supplement-1.pdf"
    assert client.get(supplement.get_absolute_url()).status_code == 200
    assert client.get(f"/meetings/{published.slug}/papers/supplement-2.pdf").status_code == 404
    assert client.get(f"/meetings/{published.slug}/papers/other.pdf").status_code == 404


def test_page_says_how_far_the_pack_is_and_that_it_is_done(client, pack):
    address = reverse("packs", args=[pack.meeting.slug])
    assert "Being made" in words(client.get(address))
    MeetingPack.objects.update(steps=2)
    part = words(client.get(f"{address}?part=progress"))
    assert "Pack: 2 of 3 steps are done. You can leave this page." in part
    assert "<html" not in part
    ready(pack)
    assert 'data-done="Packs of papers"' in words(client.get(f"{address}?part=progress"))
    assert "Being made" not in words(client.get(address))


def test_failure_is_said_to_chair_and_staff_with_a_way_on(client, pack, chair):
    MeetingPack.objects.update(state="failed", failed_because="It is too large. Make its appendices smaller")
    address = reverse("packs", args=[pack.meeting.slug])
    everybody = words(client.get(address))
    assert "The PDF could not be made. All papers can be read one by one" in everybody
    assert "too large" not in everybody
    for person in (chair, StaffFactory()):
        sign_in(client, person)
        page = words(client.get(address))
        assert "It is too large. Make its appendices smaller." in page
        assert "Try again" in page
    client.post(reverse("manage_pack_again", args=[pack.meeting.slug, pack.pk]))
    pack.refresh_from_db()
    assert pack.state == "waiting"


def test_meeting_page_does_not_wait_for_the_pack(client, pack):
    page = words(client.get(pack.meeting.get_absolute_url()))
    assert "The plan" in page


def test_closed_part_is_for_those_who_read_closed_matter(client, pack):
    close(pack)
    ready(pack, members=True)
    member = AppointmentFactory(seat__board=pack.meeting.board, deputy=UserFactory())
    for reader in (member.holder, member.deputy, StaffFactory()):
        sign_in(client, reader)
        page = words(client.get(reverse("packs", args=[pack.meeting.slug])))
        assert f'href="{pack.members_url}">Open it with the closed papers (PDF, 13 pages' in page
        assert "Secret title" in page
        assert content(client.get(pack.members_url)) == b"%PDF-1.7 members"


def test_closed_part_does_not_exist_for_others(client, pack, published):
    close(pack)
    ready(pack, members=True)
    elsewhere = AppointmentFactory().holder
    for outsider in (None, UserFactory(), elsewhere, published.reports.get().report.author):
        client.logout()
        if outsider:
            sign_in(client, outsider)
        assert client.get(pack.members_url).status_code == 404
        page = words(client.get(reverse("packs", args=[published.slug])))
        assert "Secret title" not in page
        assert "Figures" not in page
        assert "members" not in page


def test_pack_without_a_closed_part_has_no_members_file(client, pack):
    ready(pack)
    sign_in(client, StaffFactory())
    assert client.get(pack.members_url).status_code == 404


def test_packs_of_a_meeting_by_invitation_are_for_who_may_know_it(client, pack):
    ready(pack)
    pack.meeting.by_invitation = True
    pack.meeting.save()
    addresses = [reverse("packs", args=[pack.meeting.slug]), pack.get_absolute_url()]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    sign_in(client, AppointmentFactory(seat__board=pack.meeting.board).holder)
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_meeting_without_a_published_agenda_has_no_page_of_packs(client):
    meeting = MeetingFactory()
    add_item(meeting, "Welcome")
    assert client.get(reverse("packs", args=[meeting.slug])).status_code == 404


def test_pack_of_an_older_agenda_is_made_when_somebody_asks(client, pack):
    meeting = pack.meeting
    pack.delete()
    address = reverse("packs", args=[meeting.slug])
    assert "Make the pack" not in words(client.get(address))
    sign_in(client, StaffFactory())
    assert "Make the pack" in words(client.get(address))
    page = words(client.post(reverse("manage_pack_make", args=[meeting.slug]), follow=True))
    assert "The pack is being made. You can leave this page." in page
    assert meeting.packs.get().parts.count() == 4


def test_chair_publishes_released_papers_as_a_supplement(client, meeting, chair):
    closure = ClosureGroundFactory(board=meeting.board).closure
    add_item(meeting, "Contract", a_document(meeting, "Offer"))
    meeting.agenda_versions.get().items.update(closure=closure)
    publish(meeting, chair)
    address = reverse("manage_pack_released", args=[meeting.slug])
    sign_in(client, chair)
    assert client.get(address).status_code == 404
    closures.release(closure=closure, by=chair, note="The contract is signed.")
    page = words(client.get(reverse("packs", args=[meeting.slug])))
    assert f'href="{address}">Publish them as a supplement</a>' in page
    assert "“Offer”: the public can read this now" in words(client.get(address))
    page = words(client.post(address, follow=True))
    assert "The released papers are published as a supplement." in page
    assert "Supplement 1" in page
    sign_in(client, StaffFactory())
    assert client.get(address).status_code == 403


def test_page_for_everybody_is_cached_until_the_pack_changes(client, pack, django_assert_num_queries):
    address = reverse("packs", args=[pack.meeting.slug])
    for _ in range(2):
        client.get(address)
    ready(pack)
    assert "Open the pack" in words(client.get(address))


def test_pack_with_a_paper_closed_since_is_for_those_who_read_it(client, pack, chair):
    ready(pack)
    close_matter(pack.parts.get(title="Figures").document, by=chair)
    page = reverse("packs", args=[pack.meeting.slug])
    for outsider in (None, UserFactory()):
        client.logout()
        if outsider:
            sign_in(client, outsider)
        assert client.get(pack.get_absolute_url())["Location"] == page
        said = words(client.get(page))
        assert "has been closed to the public since" in said
        assert "Figures" not in said
        assert "not for the public any more" in words(client.get(pack.meeting.get_absolute_url()))
    sign_in(client, chair)
    assert content(client.get(pack.get_absolute_url())) == b"%PDF-1.7 public"
    assert "Figures" in words(client.get(page))
    assert PaperOpening.objects.get(person=chair).document.title == "Figures"


def test_pack_with_an_item_that_was_closed_since_does_not_name_it(client, pack, chair):
    ready(pack)
    close_matter(pack.parts.first().item, by=chair, title="A matter")
    said = words(client.get(reverse("packs", args=[pack.meeting.slug])))
    assert "1. A matter" in said
    assert "The plan" not in said
    assert client.get(pack.get_absolute_url()).status_code == 302


def test_opening_the_closed_part_is_written_down_for_each_paper(client, pack, chair):
    close(pack)
    ready(pack, members=True)
    sign_in(client, chair)
    client.get(pack.members_url)
    opened = PaperOpening.objects.get()
    assert (opened.person, opened.document.title) == (chair, "Figures")
