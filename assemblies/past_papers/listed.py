"""The papers of one past meeting, in the order in which its page lists them."""

import re
from collections.abc import Collection
from datetime import date

from assemblies.past_papers.models import PastPaper
from partnership.boards.models import Board

ORDER = list(PastPaper.Kind)


def papers_of(boards: Collection[Board], held_on: date, user) -> list[PastPaper]:
    """The papers of these boards' day that the person may read, and those of which they may read why they were withdrawn: by
    kind, and “Item 9” before “Item 10”."""
    found = PastPaper.objects.visible_to(user).shown().of_day(boards, held_on).select_related("meeting__board")
    return sorted(found, key=lambda paper: (ORDER.index(PastPaper.Kind(paper.kind)), _as_read(paper.title), paper.pk))


def _as_read(title: str) -> list[tuple[int, str]]:
    parts = re.findall(r"\d+|\D+", title.lower())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
