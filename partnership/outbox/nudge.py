"""Tell a worker that there is mail. A nudge that is lost costs seconds, never an email: the sweep finds the row."""

import logging
import threading
import time

from django.db import connection, transaction

log = logging.getLogger(__name__)

QUIET_SECONDS = 5  # after a nudge that failed nobody waits for the broker again for this long
BROKER_SECONDS = 0.1  # how long a request may wait for the broker, for each of connecting and answering
IMPATIENT = {
    "socket_connect_timeout": BROKER_SECONDS,
    "socket_timeout": BROKER_SECONDS,
    "retry_on_timeout": False,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
DELIVER = "partnership.outbox.tasks.deliver"
EXPIRES = 300  # seconds after which a nudge still waiting in the broker is dropped: newer ones have done its work
_thread = threading.local()
_quiet_until = 0.0
PAUSE_SECONDS = 1  # between the nudges of one process that writes email after email
_pause_ends, _last_word = 0.0, False


def nudge_on_commit() -> None:
    """Nudge once when this transaction commits, however many emails it queued."""
    if not any(function is nudge_soon for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(nudge_soon, robust=True)


def nudge_soon() -> None:
    """Nudge at once, but when many commit in a row only twice a second: the first, and one after all.

    So a hundred people who register in a second wake the workers a few times, and no email waits for more than that second.
    """
    global _pause_ends, _last_word  # noqa: PLW0603 - one pace for the process
    now = time.monotonic()
    if now >= _pause_ends:
        _pause_ends, _last_word = now + PAUSE_SECONDS, False
        nudge()
    elif not _last_word:
        _last_word = nudge(after=PAUSE_SECONDS)


def nudge(after: float = 0, task: str = DELIVER) -> bool:
    """Ask for a delivery, or for another task by name, in `after` seconds.

    Returns whether the broker took it; that it is down is no error.
    """
    global _quiet_until  # noqa: PLW0603 - one circuit for the process
    if time.monotonic() < _quiet_until:
        return False
    try:
        _send(after, task)
    except OSError as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("the broker did not take a nudge; the sweep will find the mail: %s", error)
        return False
    return True


def _send(after: float, task: str) -> None:
    """Publish over a connection of this thread's own, which gives up long before a person would notice.

    Raises ConnectionError when the broker does not take it.
    """
    from kombu.exceptions import OperationalError  # the same as Celery:

    from partnership.celery import app  # no part of a web process until it first has mail to send

    connection = getattr(_thread, "broker", None)
    if connection is None:
        connection = _thread.broker = app.connection_for_write(transport_options=IMPATIENT)
    try:
        app.send_task(
            task,
            connection=connection,
            retry=False,
            ignore_result=True,
            countdown=after or None,
            expires=after + EXPIRES,
        )
    except (OperationalError, OSError) as error:
        _thread.broker = None
        connection.release()
        raise ConnectionError(str(error)) from error
