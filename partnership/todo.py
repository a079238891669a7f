"""What needs a person now. Each app adds what it asks for in its `todo.py`:

    @todo.provider
    def lists_to_sign_off(user) -> Iterator[Todo]: …

`/home/` shows votes to cast, then the rest with the nearest date first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Todo:
    """What to do (`title`), why (`why`), where (`url`), and the last day for it (`due`), if there is one.

    A vote `comes_first`, however far its last day: nobody else can cast it, and it cannot be made up for.
    """

    title: str
    why: str
    url: str
    due: date | None = None
    comes_first: bool = False

    @property
    def is_soon(self) -> bool:
        """Whether it is due within three days, or overdue."""
        return self.due is not None and self.due - timezone.localdate() <= SOON


Provider = Callable[..., Iterable[Todo]]
PROVIDERS: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Adds a function that takes a user and yields what needs them now."""
    PROVIDERS.append(function)
    return function


def now_for(user) -> list[Todo]:
    """Everything that needs this person now: votes first, then by the nearest date; what has no date comes last."""
    found = [each for provide in PROVIDERS for each in provide(user)]
    return sorted(found, key=lambda each: (not each.comes_first, each.due is None, each.due))
