"""Send what is due.

Claim a batch (a lease on each row, taken with FOR UPDATE SKIP LOCKED so that no two workers wait for each other),
talk to the mail server outside any transaction, and write down each answer at once. A worker that dies leaves its
rows leased; when the lease ends they are due again. Only the message whose answer was not yet written down can go
twice, and then with the same Message-ID.
"""

import random
import time
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Now
from django.utils import timezone

from partnership import states
from partnership.outbox import mime
from partnership.outbox.actions.withdraw import settle_as_withdrawn
from partnership.outbox.models import Message
from partnership.outbox.nudge import nudge
from partnership.outbox.smtp import Answer, Outcome, Unavailable, mail_server

TURN_SECONDS = 20  # then another task gets its turn on this process
FIRST_RETRY, LONGEST_RETRY = 30, 4 * 60 * 60  # seconds
MOST_ATTEMPTS = 14  # about a day of "not now"
MOST_UNKNOWN = 5  # a server that never answers for a message may have taken it each time: a person should look
TOO_LATE = "It was too late: what it was about had started or ended."

CLAIM = """
    UPDATE outbox_message SET state = 'sending', due_at = statement_timestamp() + %s * interval '1 second'
    WHERE id IN (
        SELECT id FROM outbox_message WHERE state IN ('queued', 'sending') AND due_at <= statement_timestamp()
        ORDER BY sensitive DESC, due_at LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING *
"""
# One statement, one commit, which does not wait for the disk: a worker that dies loses nothing by it, and a database
# server that dies forgets half a second of answers at most, so those few go out again under the same Message-ID.
SENT = """
    UPDATE outbox_message SET state = 'sent', sent_at = clock_timestamp(), failed_at = NULL, smtp_code = %s, failure = '',
        attempts = attempts + 1, last_error = '',
        text = CASE WHEN sensitive THEN '' ELSE text END, html = CASE WHEN sensitive THEN '' ELSE html END,
        calendar = CASE WHEN sensitive THEN '' ELSE calendar END,
        attachments = CASE WHEN sensitive THEN '[]' ELSE attachments END
    WHERE id = %s AND set_config('synchronous_commit', 'off', true) = 'off'
"""
STILL_MINE = "SELECT 1 FROM outbox_message WHERE id = %s AND state = 'sending' AND due_at = %s"


def deliver() -> int:
    """Send everything due, or as much as fits in one turn of 20 seconds; returns how many the server accepted."""
    accepted, ends, woke_another = 0, time.monotonic() + TURN_SECONDS, False
    if mail_server().rest:
        return 0
    while batch := claim(settings.OUTBOX_BATCH):
        if len(batch) == settings.OUTBOX_BATCH and not woke_another:
            woke_another = nudge()
        done, wait = send(batch)
        accepted += done
        if wait is not None:
            nudge(after=wait)
            break
        if time.monotonic() > ends:
            nudge()
            break
    return accepted


def claim(most: int) -> list[Message]:
    """Up to `most` due messages, leased to this worker: those that cannot wait first, then the longest due."""
    claimed = Message.objects.raw(CLAIM, [settings.OUTBOX_LEASE_SECONDS, most])
    return sorted(claimed, key=lambda message: (not message.sensitive, message.pk))


def send(batch: Sequence[Message]) -> tuple[int, float | None]:
    """Send a claimed batch. Returns how many were accepted, and when to come back (seconds) if the server is down."""
    accepted, half_time = 0, time.monotonic() + settings.OUTBOX_LEASE_SECONDS / 2
    for place, message in enumerate(batch):
        if time.monotonic() > half_time:
            _release(batch[place:])
            break
        if message.not_after and message.not_after <= timezone.now():
            settle_as_withdrawn(Message.objects.filter(pk=message.pk), TOO_LATE)
        elif _still_mine(message):
            try:
                accepted += _send_one(message)
            except Unavailable as trouble:
                return accepted, _wait_for_the_server(batch[place:], trouble)
    return accepted, None


def _send_one(message: Message) -> bool:
    try:
        content = mime.write(message)
        recipient = mime.envelope(message.to_email)
    except (ValueError, LookupError, TypeError) as error:
        words = f"It could not be written as an email: {error}"
        _fail(message, Answer(Outcome.REFUSED, words=words, failure=Message.Failure.ADDRESS))
        return False
    answer = mail_server().send(sender=mime.sender()[1], recipient=recipient, content=content)
    match answer.outcome:
        case Outcome.ACCEPTED:
            with connection.cursor() as cursor:
                cursor.execute(SENT, [answer.code, message.pk])
        case Outcome.REFUSED:
            _fail(message, answer)
        case Outcome.LATER | Outcome.UNKNOWN:
            _try_again(message, answer)
    return answer.outcome is Outcome.ACCEPTED


def _still_mine(message: Message) -> bool:
    """Nobody withdrew it, and no lease ran out, since it was claimed."""
    with connection.cursor() as cursor:
        cursor.execute(STILL_MINE, [message.pk, message.due_at])
        return cursor.fetchone() is not None


def _mine(message: Message):
    return Message.objects.filter(pk=message.pk, state=Message.State.SENDING, due_at=message.due_at)


def _fail(message: Message, answer: Answer) -> None:
    states.move_all(
        _mine(message),
        Message.State.FAILED,
        failed_at=Now(),
        attempts=F("attempts") + 1,
        smtp_code=answer.code,
        failure=answer.failure,
        last_error=answer.words or f"The mail server answered {answer.code} and gave no reason.",
    )


def _try_again(message: Message, answer: Answer) -> None:
    most = MOST_UNKNOWN if answer.outcome is Outcome.UNKNOWN else MOST_ATTEMPTS
    if message.attempts + 1 >= most:
        _fail(message, answer)
        return
    states.move_all(
        _mine(message),
        Message.State.QUEUED,
        due_at=Now() + _seconds(retry_delay(message.attempts + 1)),
        attempts=F("attempts") + 1,
        smtp_code=answer.code,
        last_error=answer.words,
    )


def _release(messages: Sequence[Message]) -> None:
    """Give back what there was no time for."""
    states.move_all(_leased(messages), Message.State.QUEUED, due_at=Now())


def _wait_for_the_server(messages: Sequence[Message], trouble: Unavailable) -> float:
    """Give back what a server that is down could not take, none of it counted as an attempt; returns the wait."""
    wait = mail_server().rest
    states.move_all(
        _leased(messages),
        Message.State.QUEUED,
        due_at=Now() + _seconds(wait),
        smtp_code=trouble.code,
        last_error=trouble.words,
    )
    return wait


def _leased(messages: Sequence[Message]):
    ids = [message.pk for message in messages]
    return Message.objects.filter(pk__in=ids, state=Message.State.SENDING, due_at=messages[0].due_at)


def _seconds(seconds: float) -> Value:
    return Value(timedelta(seconds=seconds))


def retry_delay(attempts: int) -> float:
    """Seconds until the next try after `attempts` answers of "not now": doubling from 30 s to 4 h, with jitter."""
    return min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY) * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
