"""Mail that comes back: servers that take an email and say later that it could not be delivered."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from partnership import audit, inbound, states
from partnership.outbox import imap, mime, reports
from partnership.outbox.models import MailboxLook, Message

log = logging.getLogger(__name__)

TURN_SECONDS = 20  # then another task gets its turn on this process
MOST_MAILS = 1000
FIRST_WAIT = timedelta(hours=4)  # before an email that came back for now is sent again; then twice as long, and so on
MOST_RETURNS = 3
MOST_TRIES = 30  # of an email that an app fails on: an hour, at a look each two minutes
State = Message.State


def look(*, most: int = MOST_MAILS, seconds: float = TURN_SECONDS) -> int:
    """Read what is new in the mailbox; returns how many messages were found to have come back.

    Looks at `most` emails, and starts no other after `seconds`; the next look continues from there. Reads nothing
    where no mailbox is set. A mailbox that cannot be read is tried again at the next look: what lies in it stays,
    unread, and nothing is ever deleted or moved.
    """
    if not settings.MAILBOX_URL:
        return 0
    mailbox = imap.Mailbox.at(settings.MAILBOX_URL)
    known, _ = MailboxLook.objects.get_or_create(name=str(mailbox)[:500])
    try:
        with imap.opened(mailbox) as conversation:
            came_back = _read_on(conversation, known, most, time.monotonic() + seconds)
    except imap.MailboxError as error:
        log.warning("the mailbox for returned mail could not be read: %s", error)
        MailboxLook.objects.filter(pk=known.pk).update(trouble=str(error)[:300])
        return 0
    MailboxLook.objects.filter(pk=known.pk).update(looked_at=Now(), trouble="")
    return came_back


def _read_on(conversation: imap.Conversation, known: MailboxLook, most: int, ends: float) -> int:
    """Go through what failed before and what came since the last look, writing down after each email how far we are.

    An email that an app fails on is tried at the looks that follow, up to MOST_TRIES times; then it is left, unread.
    """
    came_back = 0
    starts_again = known.validity != conversation.validity
    if starts_again:
        known.validity, known.last_number, known.again = conversation.validity, 0, {}
    numbers = conversation.unread(known.last_number)[:most]
    found = conversation.chosen(sorted({*map(int, known.again), *numbers}), inbound.is_wanted)
    known.again = {number: tries for number, tries in known.again.items() if int(number) in found}  # others have gone
    for number in found:
        if time.monotonic() > ends:
            return came_back
        taken = inbound.offer(conversation.content(number))
        came_back += taken.changed
        if taken.settled:
            conversation.mark_read(number)
        _try_again_if(taken.failed, known, number)
        _got_to(known, max(number, known.last_number))
    if numbers or starts_again:
        _got_to(known, numbers[-1] if numbers else 0)
    return came_back


def _try_again_if(failed: bool, known: MailboxLook, number: int) -> None:
    tries = known.again.pop(str(number), 0) + 1
    if failed and tries < MOST_TRIES:
        known.again[str(number)] = tries
    elif failed:
        log.error("email %s of the mailbox for returned mail failed %s times and is left unread", number, tries)


def _got_to(known: MailboxLook, number: int) -> None:
    known.last_number = number
    known.save(update_fields=["validity", "last_number", "again"])


@transaction.atomic
def settle(report: reports.Report) -> tuple[bool, bool]:
    """Mark the message a report speaks of as failed, or send it again where the mailbox was full or the server gave up
    for now; returns whether the report is known to be right, and whether that is new.

    Only for an email of ours that was sent, by its Message-ID (122 random bits, known to those who had the email), and for
    the address it was sent to: nobody else's word makes an address look wrong.
    """
    message = Message.objects.select_for_update().filter(message_id=report.message_id).first()
    if message is None or message.state not in (State.SENT, State.FAILED):
        return False, False
    failure = next((each for each in report.failures if each.addresses & _addresses(message)), None)
    if failure is None or message.state == State.FAILED:
        return failure is not None, False
    answer = {"smtp_code": failure.code, "last_error": failure.words}
    if failure.kind == Message.Failure.LATER and _can_go_again(message):
        due_at = timezone.now() + FIRST_WAIT * 2**message.came_back
        states.move(message, State.QUEUED, due_at=due_at, sent_at=None, came_back=message.came_back + 1, **answer)
        audit.record(by=None, verb="message.sent_again", subject=message, about=message.about)
        return True, True
    states.move(message, State.FAILED, failed_at=Now(), failure=failure.kind, **answer)
    audit.record(by=None, verb="message.came_back", subject=message, about=message.about)
    return True, True


def _can_go_again(message: Message) -> bool:
    """Its words are kept, it is not too late for it, and it has not come back too often."""
    too_late = message.not_after is not None and message.not_after <= timezone.now() + FIRST_WAIT
    return bool(message.text) and not too_late and message.came_back < MOST_RETURNS


def _addresses(message: Message) -> set[str]:
    """Their address as we keep it, and as the envelope carried it."""
    return {message.to_email.lower(), mime.envelope(message.to_email).lower()}
