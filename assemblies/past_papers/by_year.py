"""The past meetings of a board, those in the portal and those from before it, each once."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.past_papers.models import PastPaper
from partnership.boards.models import Board


@dataclass(frozen=True)
class Held:
    """A day on which a board met: where to read of it, its title in the portal, and how many old papers can be opened."""

    on: date
    url: str
    title: str = ""
    papers: int = 0


def held_by(board: Board, user) -> list[Held]:
    """The past meetings of the board of which the person may read, the newest first. Two queries, however many there are."""
    old = PastPaper.objects.visible_to(user).shown().filter(meeting__board=board).order_by()
    papers = dict(old.values_list("meeting__held_on").annotate(number=Count("pk", filter=Q(withdrawn_at=None))))
    meetings = Meeting.objects.visible_to(user).published().of_boards([board.pk]).exclude(state=Meeting.State.CANCELLED)
    found, days = [], set()
    for starts_at, slug, title in meetings.past(timezone.now()).values_list("starts_at", "slug", "title"):
        on = timezone.localdate(starts_at)
        found.append(Held(on, reverse("meeting", args=[slug]), title, papers.get(on, 0)))
        days.add(on)
    found += [
        Held(on, reverse("past_meeting", args=[board.slug, on]), "", number)
        for on, number in papers.items()
        if on not in days
    ]
    return sorted(found, key=lambda each: each.on, reverse=True)


@dataclass(frozen=True)
class Older:
    """A board that has papers from before the portal, and of which years."""

    name: str
    slug: str
    first: int
    last: int

    @property
    def years(self) -> str:
        return f"{self.first} to {self.last}" if self.first != self.last else str(self.first)


def older_than_meetings(slug: str, user) -> list[Older]:
    """The boards with papers from before the portal of which the person may read, or the one with this slug; by name. One
    query."""
    rows = PastPaper.objects.visible_to(user).shown().filter(meeting__board__in=Board.objects.visible_to(user))
    if slug:
        rows = rows.filter(meeting__board__slug=slug)
    found = rows.order_by("meeting__board__name").values_list("meeting__board__name", "meeting__board__slug")
    found = found.annotate(first=Min("meeting__held_on"), last=Max("meeting__held_on"))
    return [Older(name, slug, first.year, last.year) for name, slug, first, last in found]


def years_of(found: list[Held]) -> list[tuple[int, int]]:
    """Each year in which the board met, the newest first, and how many meetings it had."""
    return sorted(Counter(each.on.year for each in found).items(), reverse=True)
