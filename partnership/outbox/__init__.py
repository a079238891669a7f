"""Every email the portal sends: a row with a unique key, delivered by a worker, swept when a nudge is lost.

    outbox.enqueue(key="registration:41:confirmed:0", to="a@example.org", subject=…, text=…, about="registration:41")
    outbox.enqueue_many([Draft(…), Draft(…)])
    outbox.withdraw(about="registration:41", because="They cancelled.")

All three work inside the caller's transaction; nothing leaves before it commits.
"""

from collections.abc import Iterable
from typing import Any

from partnership.outbox.draft import Attachment, Draft

__all__ = [
    "Attachment",
    "Draft",
    "enqueue",
    "enqueue_many",
    "forget",
    "forget_when_withdrawn",
    "unsubscribe_links",
    "withdraw",
]


def enqueue(**fields: Any) -> Any:
    """Queue one email and return its Message; the one already there if the key is taken. Fields as in `Draft`."""
    from partnership.outbox.actions import enqueue as queue  # models load later than this package

    return queue.enqueue(Draft(**fields))


def enqueue_many(drafts: Iterable[Draft]) -> list[int]:
    """Queue many emails in a few statements; returns the ids of those whose key was new."""
    from partnership.outbox.actions import enqueue as queue  # models load later than this package

    return queue.enqueue_many(drafts)


def unsubscribe_links(*, topic: str, name: str, emails: Iterable[str], even_if_stopped: bool = False) -> dict[str, str]:
    """The link with which each person stops emails on a topic, by address; without those who have (see `subscription`)."""
    from partnership.outbox.actions import subscription  # models load later than this package

    return subscription.links(topic=topic, name=name, emails=emails, even_if_stopped=even_if_stopped)


def withdraw(*, keys: Iterable[str] = (), about: str = "", about_prefix: str = "", because: str) -> int:
    """Stop emails that no longer make sense and have not left; returns how many. `because` is shown to staff."""
    from partnership.outbox.actions import withdraw as stop  # models load later than this package

    return stop.withdraw(keys=keys, about=about, about_prefix=about_prefix, because=because)


def forget_when_withdrawn(*, about: str) -> int:
    """Let no row tell in which order the withdrawn emails about one thing were withdrawn; returns how many there are."""
    from partnership.outbox.actions import withdraw as stop  # models load later than this package

    return stop.forget_when_withdrawn(about)


def forget(about: Iterable[str]) -> int:
    """Delete the emails about these things that are sent, failed or withdrawn, with their addresses; returns how many."""
    from partnership.outbox.actions import purge  # models load later than this package

    return purge.forget(about)
