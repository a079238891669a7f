"""One thing that needs a person."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

SOON = timedelta(days=3)


@dataclass(frozen=True)
class Need:
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
