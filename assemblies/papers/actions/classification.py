"""Who may read an item, a report or a file: closed to the public on the ground of each board that takes it, or open.

Closing takes effect at once, in every version of the agenda: what must not be read cannot wait. What was published as closed is
opened by a release alone, so that nobody opens it by mistake.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from assemblies.closures.actions import closure as closures
from assemblies.closures.actions.closure import Said, fingerprint
from assemblies.closures.models import Closure, is_closed
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.papers.actions.report import refuse_unless_open
from assemblies.papers.closed_matters import boards_that_take, planned_beside, rows_of
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, Report, ReportAppendix, ReportVersion
from partnership import audit
from partnership.boards.models import Board
from partnership.refusals import Refusal

CHANGED = "Someone changed this after you opened the page. Read it again below, then save it."


@dataclass
class Matter:
    """The rows that have one class: an item of the plan, and what other boards of a meeting in common planned of its topic there,
    its rows on each version of an agenda, and published files of its report; or a single file.

    `thing` is what the person named. `published_for`: the items of the plan whose reports were published for the meeting, also
    where they have moved on since.
    """

    thing: PlannedItem | AgendaItem | Document | ReportAppendix
    boards: list[Board]
    planned: PlannedItem | None = None
    items: list[AgendaItem] = field(default_factory=list)
    beside: list[PlannedItem] = field(default_factory=list)
    published_for: list[PlannedItem] = field(default_factory=list)
    meeting: Meeting | None = None

    @property
    def plans(self) -> list[PlannedItem]:
        """All items of the plan that have the class."""
        return [self.planned, *self.beside] if self.planned else []

    @property
    def closure(self) -> Closure | None:
        return self.thing.closure

    @property
    def published_items(self) -> list[AgendaItem]:
        return [row for row in self.items if row.version.state == AgendaVersion.State.PUBLISHED]

    def published_versions(self):
        """The versions of the report that are published for the meeting at which the item stands."""
        rows = ReportVersion.objects.published().filter(meeting=self.meeting)
        return rows.filter(report__item__in=self.published_for)

    def files(self):
        """Files of the report as they were published: documents of the meeting."""
        appendices = ReportAppendix.objects.filter(report__item__in=self.published_for, document__isnull=False)
        return Document.objects.filter(pk__in=appendices.values("document"), meeting=self.meeting)


@transaction.atomic
def classify(
    *,
    thing: PlannedItem | AgendaItem | Document | ReportAppendix,
    by,
    said: Said | None,
    seen: str | None = None,
    now: datetime | None = None,
) -> Closure | None:
    """Closes it to the public on these grounds, or with `said` None opens it; returns the closure that it has now, if any.

    The caller has checked that `by` may. An item is closed with its cover report, on the plan and on every version of the
    agenda of its meeting. Raises Refusal when somebody changed it since `seen`; for grounds that are wrong, by the name of the
    question; for a safe title where the title is public elsewhere; when it is to be opened although it was published as
    closed, its report is signed or being signed so, or another board keeps its title from the public.
    """
    matter = _lock(thing)
    if seen is not None and seen != fingerprint(matter.closure):
        raise Refusal(CHANGED)
    if said is None:
        _open(matter, by)
        return None
    _refuse_title(matter, said)
    before = matter.closure
    closure = closures.write(closure=before, by=by, said=said, boards=matter.boards)
    if closure != before:
        _set(matter, closure, now)
    if seen is None or fingerprint(closure) != seen:
        grounds = [ground.get_ground_display() for ground in closure.grounds.all()]
        audit.record(by=by, verb="closure.written", subject=closure, grounds=grounds, review_on=closure.review_on)
        _count(matter, by)
    return closure


def begin(*, thing: Document | ReportAppendix, by) -> None:
    """Closes a file that has just come in, before anybody says on which ground. In the caller's transaction."""
    thing.closure = closures.begin(by=by)
    thing.save(update_fields=["closure"])


def close_plan_of(row: AgendaItem) -> None:
    """Closes what is planned of the topic of a row that was closed while it was written by hand, and with it the report. In the
    caller's transaction."""
    if row.planned and row.closed_by:
        same = PlannedItem.objects.for_meeting(row.planned.meeting_id).filter(topic=row.planned.topic_id)
        same.exclude(is_closed()).update(closure=row.closure)


def drop_unused(closures: Iterable[int | None]) -> None:
    """Deletes the closures of files that have just been deleted, by their numbers, where nothing else has them and they are not
    on record. In the caller's transaction."""
    free = {"planned_items": None, "agenda_items": None, "documents": None, "appendices": None, "report_versions": None}
    numbers = [pk for pk in closures if pk]
    if numbers:
        Closure.objects.filter(pk__in=numbers, recorded_at=None, replaced_by=None, **free).delete()


def record_published(version: AgendaVersion, now: datetime | None = None) -> None:
    """Puts on record why items of an agenda and their papers are closed, when it is published. In the caller's transaction."""
    papers = Document.objects.filter(agenda_items__version=version).values_list("closure", flat=True)
    closures.record([*version.items.values_list("closure", flat=True), *papers], now)


def _lock(thing: PlannedItem | AgendaItem | Document | ReportAppendix) -> Matter:
    """The matter as it stands, its rows locked: the meeting first, as everywhere."""
    if isinstance(thing, AgendaItem):
        return _matter_of_item(thing)
    if isinstance(thing, PlannedItem):
        return _matter_of_plan(thing)
    if isinstance(thing, ReportAppendix):
        refuse_unless_open(Report.objects.locked().get(pk=thing.report_id))
        known = ("closure", "document__closure", "report__item__meeting", "report__item__board")
        row = ReportAppendix.objects.select_related(*known).get(pk=thing.pk)
        _refuse_shared(row.closure)
        return Matter(row, boards_that_take(row))
    Meeting.objects.locked().get(pk=thing.meeting_id)
    document = Document.objects.select_related("closure", "meeting__board").get(pk=thing.pk)
    _refuse_shared(document.closure)
    return Matter(document, boards_that_take(document), meeting=document.meeting)


def _matter_of_plan(item: PlannedItem) -> Matter:
    if item.meeting_id:
        Meeting.objects.locked().get(pk=item.meeting_id)
    topics.lock(item.topic)
    row = PlannedItem.objects.select_related("topic", "board", "meeting__board", "closure").get(pk=item.pk)
    beside = planned_beside(row)
    plans = [row, *beside]
    rows = rows_of(row.meeting, plans) if row.meeting else []
    return Matter(row, boards_that_take(row), row, rows, beside, plans, row.meeting)


def _matter_of_item(item: AgendaItem) -> Matter:
    meeting = Meeting.objects.locked().select_related("board").get(pk=item.version.meeting_id)
    row = AgendaItem.objects.select_related("closure", "planned__topic", "version__meeting__board").get(pk=item.pk)
    planned = row.planned if row.planned and row.planned.meeting_id == meeting.pk else None
    beside = planned_beside(planned) if planned else []
    plans = [row.planned, *beside] if row.planned else []
    return Matter(row, boards_that_take(row), planned, rows_of(meeting, plans, row), beside, plans, meeting)


def _refuse_shared(closure: Closure | None) -> None:
    if closure and (closure.planned_items.exists() or closure.agenda_items.exists()):
        raise Refusal("It is closed together with its item: change that, on the agenda or the forward plan.")


def _refuse_title(matter: Matter, said: Said) -> None:
    """A title that is public elsewhere cannot be kept back here: the other board would show it."""
    if not said.public_title or matter.planned is None:
        return
    others = matter.planned.topic.items.live().exclude(pk__in=_numbers(matter.plans)).exclude(is_closed())
    other = others.select_related("board").first()
    if other:
        raise Refusal(
            f"The title “{matter.planned.topic.title}” is on the plan of the {other.board} in public. Leave this empty, or "
            "close the item there first.",
            "public_title",
        )


def _set(matter: Matter, closure: Closure, now: datetime | None) -> None:
    """Gives the rows the closure. What is published under another one keeps that; what was published open is closed now."""
    out = matter.published_versions().filter(closure=None).update(closure=closure) > 0
    rows = [row for row in matter.items if row not in matter.published_items or row.closure is None]
    out = out or any(row in matter.published_items for row in rows)
    AgendaItem.objects.filter(pk__in=[row.pk for row in rows]).update(closure=closure)
    PlannedItem.objects.filter(pk__in=_numbers(matter.plans)).update(closure=closure)
    out = matter.files().filter(closure=None).update(closure=closure) > 0 or out
    if isinstance(matter.thing, Document | ReportAppendix):
        matter.thing.closure = closure
        matter.thing.save(update_fields=["closure"])
    if isinstance(matter.thing, ReportAppendix) and matter.thing.document and matter.thing.document.closure is None:
        matter.thing.document.closure, out = closure, True  # as it was published with an earlier version
        matter.thing.document.save(update_fields=["closure"])
    if isinstance(matter.thing, Document):
        out = _close_like(matter.thing)
    if out:
        closures.record([closure.pk], now)


def _close_like(document: Document) -> bool:
    """Closes the same file under its other titles too, and where it is out already, the older files in whose place it came: they
    stay on older agendas, and what must not be read in the newest is hardly right in them. Only where these are open. Returns
    whether any was released."""
    others = {each.pk for each in document.same_file_under_another_title()}
    if document.released_at:
        others |= _older_than({document.pk, *others})
    rows = Document.objects.filter(pk__in=others, closure=None)
    released = list(rows.values_list("released_at", flat=True))
    rows.update(closure=document.closure)
    return any([document.released_at, *released])


def _older_than(numbers: set[int]) -> set[int]:
    """The numbers of the files in whose place these came, and of those before them."""
    found: set[int] = set()
    newer = numbers
    while newer:
        rows = Document.objects.filter(replaced_by__in=newer, withdrawn_at=None).exclude(pk__in=found | numbers)
        newer = set(rows.values_list("pk", flat=True))
        found |= newer
    return found


def _open(matter: Matter, by) -> None:
    closure = matter.closure
    if closure is None or not closure.in_force:
        return
    _refuse_opening(matter)
    alike = Q(closure=closure)
    AgendaItem.objects.filter(alike, pk__in=[row.pk for row in matter.items]).update(closure=None)
    matter.files().filter(alike).update(closure=None)
    PlannedItem.objects.filter(pk__in=_numbers(matter.plans)).update(closure=None)
    if isinstance(matter.thing, Document | ReportAppendix):
        matter.thing.closure = None
        matter.thing.save(update_fields=["closure"])
    audit.record(by=by, verb="closure.dropped", subject=closure)
    _count(matter, by)
    if closure.recorded_at is None:
        Document.objects.filter(alike).update(closure=None)  # older files in whose place one came
        closure.delete()


def _count(matter: Matter, by) -> None:
    """A page of the report that was opened before is not the report that would be submitted now."""
    thing = matter.thing
    items = [thing.report.item] if isinstance(thing, ReportAppendix) else matter.plans
    for report in Report.objects.locked().filter(item__in=items).order_by("pk"):
        if report.is_open:
            report.revision += 1
            report.save(update_fields=["revision"])
            audit.record(by=by, verb="report.classified", subject=report, revision=report.revision, fields=["class"])


def _refuse_opening(matter: Matter) -> None:
    thing = matter.thing
    if _is_out(matter):
        raise Refusal("It was published as closed. To open it, make it public: that is kept, with who did it and why.")
    if matter.planned is None:
        return
    signing = [Report.State.SUBMITTED, Report.State.SIGNED]
    report = Report.objects.filter(item__in=matter.plans, state__in=signing).first()
    if report:
        raise Refusal(
            f"Its report is {report.get_state_display()} as closed. Take the report back, or start its next version, first."
        )
    assert not isinstance(thing, Document | ReportAppendix), "these are on no plan"
    others = matter.planned.topic.items.exclude(pk__in=_numbers(matter.plans)).closed_under_another_title()
    other = others.select_related("board").first()
    if other:
        raise Refusal(
            f"Its title is not public: the {other.board} has closed it under another one. Make it public there."
        )


def _numbers(items: Iterable[PlannedItem]) -> list[int]:
    return [each.pk for each in items]


def _is_out(matter: Matter) -> bool:
    """Whether something that was published is closed by it, or by what it replaced."""
    thing = matter.thing
    if isinstance(thing, Document):
        return thing.released_at is not None
    if isinstance(thing, ReportAppendix):
        return thing.document is not None and thing.document.closed_by is not None
    return any(row.closed_by for row in matter.published_items) or matter.published_versions().closed().exists()
