"""Items of an agenda as one person sees them. Of a closed item outsiders see that it is there, its safe title and the ground."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from assemblies.closures.models import Closure
from assemblies.executive_notices.asked import Asked
from assemblies.meetings.in_common import boards_of
from assemblies.papers import takers, withheld
from assemblies.papers.agenda_reports import with_reports
from assemblies.papers.models import AgendaItem, AgendaVersion, Document
from assemblies.papers.seen_reports import ClosedPaper, SeenReport, readable, seen_reports


@dataclass
class SeenItem:
    """An item as somebody may see it. `closure`: why it is or was closed to the public; `may_read`: all of it, papers too."""

    pk: int
    position: int
    title: str
    purpose: str
    starts_at: datetime | None
    may_read: bool
    closure: Closure | None
    presenter: str = ""
    summary: str = ""
    reports: list[SeenReport] = field(default_factory=list)  # one, or at a meeting in common that of each board
    papers: list[Document] = field(default_factory=list)
    closed_papers: list[ClosedPaper] = field(default_factory=list)
    marks: list = field(default_factory=list)
    taken_by: str = ""  # which boards of a meeting in common, in words
    topic: int | None = None  # of the forward plan
    key_decision: Asked | None = None
    purpose_round: Any = None  # in which members are asked about the purpose of the board, where the item is about that
    session: str = ""  # whether the meeting took it in private, in words, once it has ended
    withheld: str = ""  # why, where its closed papers are withheld from this person: they alone read that
    is_about_actions: bool = False  # the standing item of the board under which open actions are listed

    @property
    def has_several_reports(self) -> bool:
        """Whether it has to be said which board each is for."""
        return len(self.reports) + sum(paper.board is not None for paper in self.closed_papers) > 1

    @property
    def is_closed(self) -> bool:
        return self.closure is not None and self.closure.in_force


def seen_items(version: AgendaVersion, user, until: datetime | None = None) -> list[SeenItem]:
    """The items of a version as the person sees them, with the reports that were out while it was in force: `until` the next
    came. The same number of queries whatever it holds, fewer where all is open."""
    papers = Document.objects.with_closures().order_by("kind", "position", "pk")
    rows = with_reports(version.items.with_closures().select_related("planned", "standing"), until)
    items = list(rows.prefetch_related("taking__board", Prefetch("documents", papers)))
    read = readable(AgendaItem, [item.pk for item in items if item.closed_by], user)
    closed = [paper.pk for item in items for paper in item.documents.all() if paper.is_closed]
    files = readable(Document, closed, user)
    reports = seen_reports([number for item in items for number in item.reports_out], user)
    seen = [_seen(item, files, reports, may_read=item.closed_by is None or item.pk in read) for item in items]
    boards = boards_of(version.meeting)
    why = withheld.in_words_for(user, version.meeting) if any(item.closed_by for item in items) or closed else {}
    for item, row in zip(items, seen, strict=True):
        row.withheld = why.get(item.pk, "")
        row.taken_by = takers.said_in_public(item, boards)
        row.topic = item.planned.topic_id if item.planned else None
    about_actions = (
        row for item, row in zip(items, seen, strict=True) if item.standing and item.standing.is_about_actions
    )
    if first := next(about_actions, None):
        first.is_about_actions = True
    return seen


def readable_papers(papers: Iterable[Document], user) -> list[Document]:
    """Those of the papers, read `with_closures`, that the person may read."""
    papers = list(papers)
    read = readable(Document, [paper.pk for paper in papers if paper.is_closed], user)
    return [paper for paper in papers if not paper.is_closed or paper.pk in read]


def _seen(item, read: set[int], reports: dict[int, SeenReport | ClosedPaper], *, may_read: bool) -> SeenItem:
    seen = SeenItem(
        pk=item.pk, position=item.position, title=item.title if may_read else item.public_title,
        purpose=item.get_purpose_display(), starts_at=item.starts_at, may_read=may_read, closure=item.closure,
    )  # fmt: skip
    if not may_read:
        return seen
    seen.presenter, seen.summary = item.presenter, item.summary
    found = [report for number, report in reports.items() if number in item.reports_out]
    seen.reports = [report for report in found if isinstance(report, SeenReport)]
    told = [paper for paper in item.documents.all() if paper.released_at and _is_told_of(paper)]
    seen.papers = [paper for paper in told if not paper.is_closed or paper.pk in read]
    seen.closed_papers = [report for report in found if isinstance(report, ClosedPaper)]
    seen.closed_papers += [
        ClosedPaper(paper.public_title, paper.closed_by)
        for paper in told
        if paper not in seen.papers and paper.closed_by and paper.withdrawn_at is None
    ]
    return seen


def _is_told_of(paper: Document) -> bool:
    """Whether it can be opened, or the reason is shown in its place."""
    return paper.withdrawn_at is None or bool(paper.withdrawn_because)
