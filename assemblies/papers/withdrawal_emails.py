"""Emails about papers that were published in error: to the chair, to who took one out of view, to those who were told of it."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import Erasure, Withdrawal
from assemblies.papers.models.decided_by_two import DecidedByTwo
from assemblies.papers.withdrawn import is_closed, openings_of
from assemblies.registrations import recipients
from assemblies.registrations.recipients import Recipient, Tie
from assemblies.registrations.telling import tell
from partnership import outbox
from partnership.accounts.models import User
from partnership.boards.models import ActingChair, Board
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import about, beginning, message_key
from partnership.outbox.models import Message

THING = "withdrawal"  # in the keys of emails
KEPT_TRYING = timedelta(days=30)


def asks_chair(*, withdrawal: Withdrawal) -> int:
    """Tells the chair, and who acts for them, that one of the staff took a paper out of view; returns how many emails are new."""
    return to_each(chairs_of(withdrawal.board), "paper_held", THING, withdrawal, withdrawal.asked_by, "held")


def is_back(*, withdrawal: Withdrawal) -> int:
    """Tells who took the paper out of view that it is back, and why; returns how many emails are new."""
    return to_each([withdrawal.asked_by], "paper_back", THING, withdrawal, withdrawal.decided_by, "back")


def erasure_asked(*, erasure: Erasure) -> int:
    """Asks the chair to confirm that a paper is erased; returns how many emails are new."""
    withdrawal = erasure.withdrawal
    people = chairs_of(withdrawal.board)
    return to_each(people, "paper_to_erase", THING, withdrawal, erasure.asked_by, "erase", erasure.pk)


def withdrawn(*, withdrawal: Withdrawal, by) -> int:
    """Asks those who were told of the papers to delete their copies, each once, with the title and the reason that anybody may
    read; returns how many are new. Of a closed paper only those who could read it are told."""
    meeting = withdrawal.meeting
    people = [each for each in _readers(withdrawal, by) if each.email.lower() != by.email.lower()]
    context = {
        "meeting": meeting,
        "withdrawal": withdrawal,
        "address": f"{settings.PORTAL_URL}{meeting.get_absolute_url()}",
    }
    key, not_after = message_key(THING, withdrawal.pk, "told"), timezone.now() + KEPT_TRYING
    return tell("papers/paper_withdrawn", context, people, key=key, not_after=not_after, method="")


def _readers(withdrawal: Withdrawal, by) -> list[Recipient]:
    """Who was told of the papers, or would be today, and who registered for the meeting, whose page has them; of a closed one the
    members of the boards, and who opened it."""
    found = recipients.of_papers(withdrawal.meeting, but=by)
    if not is_closed(withdrawal):
        once: dict[str, Recipient] = {}
        for each in [*found, *_told_before(withdrawal.meeting), *recipients.registered(withdrawal.meeting)]:
            once.setdefault(each.email.lower(), each)
        return list(once.values())
    members = {each.email.lower(): each for each in found if each.tie == Tie.MEMBER}
    link = f"{settings.PORTAL_URL}{withdrawal.meeting.get_absolute_url()}"
    for opening in openings_of(withdrawal):
        person = opening.person
        if person.is_active:
            mails = about(THING, withdrawal.pk, person.pk)
            opened = Recipient(person.email, person.name, Tie.MEMBER, link, mails)
            members.setdefault(person.email.lower(), opened)
    return list(members.values())


def _told_before(meeting: Meeting) -> list[Recipient]:
    """Everybody we sent an email about papers of the meeting, each once: their copies are as real as any."""
    keys = Q()
    for thing, rows in (("agenda", meeting.agenda_versions.published()), ("pack", meeting.packs.all())):
        for row in rows:
            keys |= Q(key__startswith=beginning(thing, row.pk))
    if not keys:
        return []
    rows = Message.objects.filter(keys, state=Message.State.SENT).without_words()
    link, mails = f"{settings.PORTAL_URL}{meeting.get_absolute_url()}", about("meeting", meeting.pk, "papers")
    found = {row.to_email.lower(): Recipient(row.to_email, row.to_name, Tie.MEMBER, link, mails) for row in rows}
    return list(found.values())


def chairs_of(board: Board) -> list[User]:
    """Who chairs the board today, and who acts for them."""
    today = timezone.localdate()
    acts = ActingChair.objects.current(today).filter(board=board).select_related("person")
    found = [board.chair_on(today), *(each.person for each in acts)]
    return list({person.pk: person for person in found if person is not None}.values())


def to_each(people: Iterable[User], template: str, thing: str, withdrawal: DecidedByTwo, by, *words) -> int:
    """Sends it to each, but nothing to who did it themselves; returns how many emails are new. `thing` and `words` make their
    keys."""
    context = {"withdrawal": withdrawal, "by": by, "link": f"{settings.PORTAL_URL}{withdrawal.get_absolute_url()}"}
    topic = about(thing, withdrawal.pk)
    return len(
        outbox.enqueue_many(
            to_person(
                f"papers/{template}", person, context, about=topic,
                key=message_key(thing, withdrawal.pk, *words, person.pk),
            )
            for person in people
            if person != by
        )
    )  # fmt: skip
