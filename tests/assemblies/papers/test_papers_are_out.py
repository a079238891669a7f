"""One email says that papers are out: to who sits on the board and to followers, once, and with nothing they may not know."""

import pytest
from django.conf import settings
from django.urls import reverse

from assemblies.closures.actions import closure as closures
from assemblies.papers import emails
from assemblies.papers.actions import agenda, meeting_pack
from assemblies.registrations import recipients
from partnership.outbox.models import Message
from tests.assemblies.closures.closing import close
from tests.assemblies.papers.packed import a_document, add_item, publish
from tests.factories import (
    AppointmentFactory,
    ChairFactory,
    InvitationFactory,
    MeetingBoardFactory,
    UserFactory,
    in_days,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def follow(meeting, email: str, *, confirmed: bool = True) -> None:
    meeting.followers.create(email=email, key=email.ljust(43, "k"), confirmed_at=in_days(-1) if confirmed else None)


def told(meeting, chair) -> set[str]:
    return {person.email for person in recipients.of_papers(meeting, but=chair)}


def test_those_on_the_board_and_followers_are_told_once_each(meeting, chair):
    member = AppointmentFactory(seat__board=meeting.board, deputy=UserFactory())
    both = AppointmentFactory(seat__board=meeting.board).holder
    follow(meeting, both.email)
    follow(meeting, "follower@example.org")
    follow(meeting, "unconfirmed@example.org", confirmed=False)
    AppointmentFactory(seat__board=meeting.board, ends_on=in_days(-1).date())
    AppointmentFactory(seat__board=meeting.board, starts_on=in_days(1).date())
    AppointmentFactory(seat__board=meeting.board, holder__is_active=False)
    AppointmentFactory()
    expected = {member.holder.email, member.deputy.email, both.email, "follower@example.org"}
    assert told(meeting, chair) == expected
    add_item(meeting, "Welcome")
    publish(meeting, chair)
    assert sorted(Message.objects.values_list("to_email", flat=True)) == sorted(expected)
    people = recipients.of_papers(meeting, but=chair)
    assert emails.papers_are_out(version=meeting.agenda_versions.get(), pack=meeting.packs.get(), people=people) == 0


def test_boards_in_common_are_told_too(meeting, chair):
    other = ChairFactory()
    MeetingBoardFactory(meeting=meeting, board=other.seat.board)
    assert told(meeting, chair) == {other.holder.email}


def test_follower_who_may_no_longer_know_of_it_is_not_told(meeting, chair):
    meeting.by_invitation = True
    meeting.save()
    for email in ("stranger@example.org", "guest@example.org", "deputy@example.org"):
        follow(meeting, email)
    InvitationFactory(meeting=meeting, email="guest@example.org")
    AppointmentFactory(seat__board=meeting.board, deputy=UserFactory(email="deputy@example.org"))
    assert "stranger@example.org" not in told(meeting, chair)
    assert {"guest@example.org", "deputy@example.org"} <= told(meeting, chair)


def test_email_leads_to_the_agenda_and_to_the_packs(meeting, chair):
    follow(meeting, "follower@example.org")
    member = AppointmentFactory(seat__board=meeting.board).holder
    add_item(meeting, "Welcome")
    publish(meeting, chair)
    for email, why in (("follower@example.org", "you follow this meeting"), (member.email, "you sit on the board")):
        mail = Message.objects.get(to_email=email)
        assert mail.subject.startswith("Papers are out: ")
        for words in (
            f"Read the agenda and papers: {settings.PORTAL_URL}{meeting.get_absolute_url()}",
            f"All papers in one PDF, with their page numbers: {settings.PORTAL_URL}{reverse('packs', args=[meeting.slug])}",
            "It is being made now. The page says when it is there.",
            f"because {why}",
        ):
            assert words in mail.text
        assert reverse("packs", args=[meeting.slug]) in mail.html
        assert ("Stop following" in mail.text) == (email == "follower@example.org")


def test_one_email_for_a_publication_and_none_for_what_leads_to_it(meeting, chair):
    follow(meeting, "follower@example.org")
    add_item(meeting, "Welcome", a_document(meeting, "Figures"))
    assert not Message.objects.exists()
    publish(meeting, chair)
    assert Message.objects.count() == 1
    item = agenda.revise(meeting=meeting, by=chair).items.get()
    agenda.write_item(meeting=meeting, by=chair, item=item, documents=item.documents.all(), presenter="Ann Hill")
    publish(meeting, chair)
    later = Message.objects.order_by("pk").last()
    assert later.subject.startswith("Agenda changed: ")
    assert "All papers in one PDF" not in later.text
    assert Message.objects.count() == 2


def test_closed_item_is_named_by_its_safe_title_and_ground(meeting, chair):
    member = AppointmentFactory(seat__board=meeting.board).holder
    add_item(meeting, "Contract with Hill Ltd", a_document(meeting, "Offer of Hill Ltd"))
    close(agenda.draft_of(meeting).items.get(), by=chair, title="A contract")
    publish(meeting, chair)
    mail = Message.objects.get(to_email=member.email)
    assert "1. A contract" in mail.text
    assert "Closed to the public: " in mail.text
    assert "Hill Ltd" not in f"{mail.subject} {mail.text} {mail.html}"


def test_released_papers_are_said_once_by_their_titles(meeting, chair):
    follow(meeting, "follower@example.org")
    add_item(meeting, "Contract", a_document(meeting, "Offer of Hill Ltd"))
    closure = close(agenda.draft_of(meeting).items.get(), by=chair, title="A contract")
    publish(meeting, chair)
    closures.release(closure=closure, by=chair, note="The contract is signed.")
    meeting_pack.order_released(meeting=meeting, by=chair)
    mail = Message.objects.order_by("pk").last()
    assert mail.subject.startswith("More papers are out: ")
    assert "have been released, and are published as a supplement" in mail.text
    assert "Offer of Hill Ltd" in mail.text
    assert Message.objects.count() == 2
