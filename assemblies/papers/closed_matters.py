"""What is closed to the public: of which boards, what those who may know call it, where they find it, when to look again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from assemblies.closures.models import Closure, is_closed
from assemblies.closures.models.closure import ClosureQuerySet
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.in_common import boards_of, names_of
from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, PaperOpening, Report, ReportAppendix
from assemblies.papers.models.agenda import withheld_from
from assemblies.papers.models.document import files_withheld_from
from assemblies.papers.models.opening import PaperOpeningQuerySet
from assemblies.papers.takers import boards_taking
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_sat_on


@dataclass(frozen=True)
class ClosedMatter:
    """Something closed, as those who may know of it read it. `url`: where it is looked at."""

    closure: Closure
    title: str
    what: str
    url: str


def in_words(closure: Closure | None) -> str:
    """The class of what has the closure, as the head of a report says it: "Open", or the grounds of its boards."""
    return str(closure) if closure else "Open"


def items_with_papers(version: AgendaVersion) -> list[AgendaItem]:
    """Its items with their papers, and why any of them is closed, for those who prepare the agenda."""
    papers = Document.objects.with_closures().select_related("replaces").order_by("kind", "position", "pk")
    rows = version.items.with_closures().select_related("standing", "planned__meeting")
    return list(rows.prefetch_related("taking__board", Prefetch("documents", papers)))


def openings_of(board: Board) -> PaperOpeningQuerySet:
    """Who opened the board's closed papers, the last first, for those who may know."""
    return PaperOpening.objects.of_board(board).with_papers()


def boards_that_take(thing: PlannedItem | AgendaItem | Document | ReportAppendix) -> list[Board]:
    """The boards whose grounds it needs: those of its meeting that take it. While it has no meeting, the one it is planned for.

    Of an item of the plan these are the boards that planned its topic for the meeting, and those that take it by the agenda.
    """
    if isinstance(thing, ReportAppendix):
        return boards_that_take(thing.report.item)
    meeting = thing.version.meeting if isinstance(thing, AgendaItem) else thing.meeting
    if meeting is None:
        assert isinstance(thing, PlannedItem), "all else is of a meeting"
        return [thing.board]
    boards = boards_of(meeting)
    return boards if len(boards) == 1 else _taking_in_common(thing, meeting, boards)


def _taking_in_common(thing: PlannedItem | AgendaItem | Document, meeting: Meeting, boards: list[Board]) -> list[Board]:
    if isinstance(thing, AgendaItem):
        return boards_taking(rows_of(meeting, [thing.planned] if thing.planned else [], thing), boards)
    if isinstance(thing, Document):
        rows = thing.agenda_items.select_related("version__meeting__board").prefetch_related("taking__board")
        return boards_taking(rows, boards)
    plans = [thing, *planned_beside(thing)]
    agenda_rows = rows_of(meeting, plans)
    by_agenda = boards_taking(agenda_rows, boards) if agenda_rows else []
    taking = {each.board_id for each in plans} | {each.pk for each in by_agenda}
    return [each for each in boards if each.pk in taking] or [thing.board]


def planned_beside(item: PlannedItem) -> list[PlannedItem]:
    """What other boards of a meeting in common planned of the same topic there: with the item it is one matter."""
    if item.meeting_id is None:
        return []
    others = PlannedItem.objects.live().filter(meeting=item.meeting_id, topic=item.topic_id).exclude(pk=item.pk)
    return list(others.select_related("closure", "board"))


def rows_of(meeting: Meeting, plans: Collection[PlannedItem], item: AgendaItem | None = None) -> list[AgendaItem]:
    """The rows of one item on every version of the meeting's agenda: those that follow one another, or one of the plan."""
    root_of = agenda_history.roots(meeting)
    same = {pk for pk, root in root_of.items() if item and root == root_of[item.pk]}
    rows = AgendaItem.objects.filter(version__meeting=meeting).filter(
        Q(pk__in=same) | Q(planned__isnull=False, planned__in=plans)
    )
    return list(rows.select_related("closure", "version__meeting__board").prefetch_related("taking__board"))


def of_boards(boards: Iterable[int]) -> ClosureQuerySet:
    """What closes items, reports and files of these boards, by their ids, meetings in common included."""
    meetings = Meeting.objects.of_boards(boards).values("pk")
    ours = Q(board__in=boards) | Q(meeting__in=meetings)
    items, planned = AgendaItem.objects.filter(version__meeting__in=meetings), PlannedItem.objects.filter(ours)
    return Closure.objects.filter(
        Q(pk__in=planned.values("closure"))
        | Q(pk__in=items.values("closure"))
        | Q(pk__in=Document.objects.filter(meeting__in=meetings).values("closure"))
        | Q(pk__in=ReportAppendix.objects.in_use().filter(report__item__in=planned.values("pk")).values("closure"))
    )


def known_to(user) -> ClosureQuerySet:
    """What staff know of: all. Others what is closed at the boards on which they sit, deputies included."""
    if not user.is_authenticated:
        return Closure.objects.none()
    return Closure.objects.all() if is_partnership_staff(user) else not_withheld(of_boards(boards_sat_on(user)), user)


def not_withheld(found: ClosureQuerySet, user) -> ClosureQuerySet:
    """Those of the closures that close nothing which is withheld from the person."""
    withheld = withheld_from(user)
    if not withheld.items and not withheld.plans:
        return found
    appendices = ReportAppendix.objects.filter(report__item__in=withheld.plans, closure__isnull=False)
    files = Document.objects.filter(pk__in=files_withheld_from(user), closure__isnull=False)
    of_items = AgendaItem.objects.filter(pk__in=withheld.items, closure__isnull=False)
    of_plans = PlannedItem.objects.filter(pk__in=withheld.plans, closure__isnull=False)
    rows = (of_items, of_plans, files, appendices)
    return found.exclude(pk__in={pk for each in rows for pk in each.values_list("closure", flat=True)})


def in_force(found: ClosureQuerySet) -> list[ClosedMatter]:
    """Those of the closures that close something now and that no newer one replaced, the first to be looked at first."""
    rows = found.in_force().filter(replaced_by=None).with_grounds().order_by("review_on", "pk")
    items = AgendaItem.objects.select_related("version__meeting").order_by("-version__number")
    rows = rows.prefetch_related(
        Prefetch("planned_items", PlannedItem.objects.select_related("topic", "board", "meeting")),
        Prefetch("agenda_items", items),
        Prefetch("documents", Document.objects.select_related("meeting")),
        Prefetch("appendices", ReportAppendix.objects.in_use().select_related("report")),
    )
    return [matter for row in rows if (matter := _matter(row))]


def _matter(closure: Closure) -> ClosedMatter | None:
    """The matter by what has the closure: the item of the plan, else that of an agenda, else the file; None for nothing."""
    for item in closure.planned_items.all():
        where = f"Item for {item.board}" if item.meeting is None else f"Item of {item.meeting}"
        return ClosedMatter(closure, item.title, where, item.topic.get_absolute_url())
    for row in closure.agenda_items.all():
        is_out = row.version.state == AgendaVersion.State.PUBLISHED
        url = row.get_absolute_url() if is_out else reverse("manage_agenda", args=[row.version.meeting.slug])
        return ClosedMatter(closure, row.title, f"Item of {row.version.meeting}", url)
    for document in closure.documents.all():
        url = reverse("document", args=[document.meeting.slug, document.pk])
        return ClosedMatter(closure, document.title, f"Paper of {document.meeting}", url)
    for appendix in closure.appendices.all():
        what = f"Appendix of the report “{appendix.report}”"
        return ClosedMatter(closure, appendix.title, what, reverse("report_work", args=[appendix.report_id]))
    return None


def board_of(closure: Closure) -> Board | None:
    """The first board that closes it, else the one that takes what it closes: on its page people find it."""
    for ground in closure.grounds.all():
        return ground.board
    for item in closure.planned_items.select_related("board"):
        return item.board
    for thing in (*closure.agenda_items.select_related("version__meeting__board")[:1],):
        return thing.version.meeting.board
    for document in closure.documents.select_related("meeting__board")[:1]:
        return document.meeting.board
    for appendix in closure.appendices.select_related("report__item__board")[:1]:
        return appendix.report.item.board
    return None


def title_of() -> Coalesce:
    """The title of what a closure closes, for a query of closures."""
    own = {"closure": OuterRef("pk")}
    return Coalesce(
        Subquery(PlannedItem.objects.filter(**own).order_by().values("topic__title")[:1]),
        Subquery(AgendaItem.objects.filter(**own).order_by().values("title")[:1]),
        Subquery(Document.objects.filter(**own).order_by().values("title")[:1]),
        Subquery(ReportAppendix.objects.in_use().filter(**own).order_by().values("title")[:1]),
    )


def boards_that_close(closure: Closure) -> set[int]:
    """The ids of the boards whose ground it is; while none is given, of those that take what it closes."""
    given = set(closure.grounds.values_list("board", flat=True))
    things = (closure.planned_items, closure.agenda_items, closure.documents, closure.appendices)
    return given or {board.pk for rows in things for thing in rows.all() for board in boards_that_take(thing)}


def boards_to_look_again(on: date) -> set[int]:
    """The ids of the boards that have something to look at again: most have not, and nothing more is asked for them."""
    due = Closure.objects.due_for_review(on)
    return set(due.filter(grounds__isnull=False).values_list("grounds__board", flat=True))


def without_ground(version: AgendaVersion, items: list[AgendaItem] | None = None) -> list[str]:
    """Items of an agenda and their papers that are closed without a ground of each board that takes them, in words.

    `items`: those of the version with their papers, where they are read already.
    """
    boards = boards_of(version.meeting)
    found = []
    for item in items_with_papers(version) if items is None else items:
        closed = [("Item", item.title, item.closed_by)]
        closed += [("Paper", paper.title, paper.closed_by) for paper in item.documents.all()]
        for what, title, closure in closed:
            if closure and (lacking := closure.lacks_ground_of(boards_taking([item], boards))):
                where = f"{what} “{title}” (item {item.position})"
                found.append(f"{where} is closed without a ground of {names_of(lacking)}.")
    return found + _appendices_without_ground(version.meeting)


def _appendices_without_ground(meeting: Meeting) -> list[str]:
    """Of reports that come out with the agenda."""
    signed = Report.objects.filter(item__in=meeting.planned_items.live(), state=Report.State.SIGNED).values("pk")
    rows = ReportAppendix.objects.in_use().filter(is_closed(), report__in=signed)
    rows = rows.select_related("report__item__meeting__board", "report__item__board", "closure")
    return [
        f"The appendix “{row.title}” of the report “{row.report}” is closed without a ground of {names_of(lacking)}."
        for row in rows.prefetch_related("closure__grounds", "report__item__meeting__boards_in_common")
        if (lacking := row.closure.lacks_ground_of(boards_that_take(row)))
    ]
