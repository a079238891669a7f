"""The agenda: drafted by staff and the chair, item by item; what is published changes only by another version."""

import copy
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from assemblies.closures.models import Closure
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers import emails, from_plan, takers
from assemblies.papers.actions import agenda_in_common, classification, key_decision
from assemblies.papers.models import AgendaItem, AgendaVersion, Document
from assemblies.papers.takers import Taker
from partnership import audit, positions
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.refusals import Refusal

State = AgendaVersion.State


def draft_of(meeting: Meeting) -> AgendaVersion | None:
    """The draft, where there is one."""
    return meeting.agenda_versions.filter(state=State.DRAFT).first()


def published_of(meeting: Meeting) -> AgendaVersion | None:
    """The version in force: the newest that is published."""
    return meeting.agenda_versions.published().first()


@transaction.atomic
def revise(*, meeting: Meeting, by) -> AgendaVersion:
    """Returns the draft; if there is none, starts one with the items of the version in force."""
    locked = lock(meeting)
    draft = draft_of(locked)
    if draft:
        return draft
    newest = locked.agenda_versions.first()
    draft = AgendaVersion.objects.create(meeting=locked, number=newest.number + 1 if newest else 1)
    if newest:
        _carry_over(newest, draft)
    audit.record(by=by, verb="agenda.drafted", subject=locked, number=draft.number)
    return draft


@transaction.atomic
def write_item(
    *,
    meeting: Meeting,
    by,
    item: AgendaItem | None,
    documents: Iterable[Document],
    taken_by: Iterable[Taker] | None = None,
    is_key: bool | None = None,
    revision: int | None = None,
    **facts: str | datetime | None,
) -> AgendaItem:
    """Changes an item of the draft, or adds one (`item` None) at its end, before standing items that come last; returns it. Facts
    are fields of AgendaItem.

    `taken_by` says which boards of a meeting in common take it, `is_key` whether it is a key decision of a council's executive;
    None leaves that as it is.

    One that is submitted twice is one item. Where nothing changes there is no new revision. Raises Stale when somebody else
    changed the item since `revision`, and Refusal for a decision at a board that only advises, and for a paper that is
    still being checked.
    """
    draft, papers = revise(meeting=meeting, by=by), list(documents)
    agenda_in_common.refuse_decision(draft.meeting, str(facts.get("purpose", "")))
    if unchecked := Document.objects.being_checked().filter(pk__in=[paper.pk for paper in papers]).first():
        raise Refusal(f"“{unchecked}” is still being checked. You can add it when that is done.", "documents")
    if item is None:
        rows = _rows(draft)
        end = _end_of_business(rows)
        last = rows[end - 1] if end else None
        if last and _is_the_same(last, facts, papers) and not agenda_in_common.are_others(last, taken_by):
            return last
        place = last.position + 1 if last else 1
        draft.items.filter(position__gte=place).update(position=F("position") + 1)
        item, changed = AgendaItem(version=draft, position=place), []
    elif item.version_id != draft.pk:
        raise Refusal("This agenda has just been published. Start a new version to change it.")
    else:
        item.refresh_from_db()
        changed = [name for name, value in facts.items() if getattr(item, name) != value]
        changed += ["documents"] if set(item.documents.all()) != set(papers) else []
        changed += ["is_key"] if is_key is not None and is_key != key_decision.is_key(item) else []
        changed += ["taken_by"] if agenda_in_common.are_others(item, taken_by) else []
        if not changed:
            return item
        refuse_if_stale(item, revision, [*facts, "documents", "taken_by", "is_key"])
        item.revision += 1
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    item.documents.set(papers)
    if taken_by is not None:
        agenda_in_common.set_takers(item=item, taken_by=taken_by)
    if is_key is not None:
        key_decision.mark(item=item, by=by, key=is_key)
    audit.record(
        by=by, verb="agenda.item_written", subject=item, number=draft.number, revision=item.revision, fields=changed
    )
    return item


@transaction.atomic
def fill_from_plan(*, meeting: Meeting, by) -> list[AgendaItem]:
    """Adds to the draft the standing items of its boards and what is planned for the meeting; returns what was added, and
    items that another board of a meeting in common now takes as well.

    What the draft holds already is not added again. Standing items that come last stay behind planned ones. Nothing is
    removed: `off_the_plan` says what is no longer planned.
    """
    draft = revise(meeting=meeting, by=by)
    rows = _rows(draft)
    more = from_plan.lacking_takers(draft.meeting, rows)
    free = [row for row in rows if row.planned_id is None]
    first, planned, last = from_plan.lacking(draft.meeting, rows)
    for row in free:
        classification.close_plan_of(row)
    start = max((place + 1 for place, row in enumerate(rows) if from_plan.opens(row)), default=0)
    rows[start:start] = first
    end = _end_of_business(rows)
    rows[end:end] = planned
    rows += last
    added = [*first, *planned, *last]
    for position, row in enumerate(rows, start=1):
        row.version, row.position = draft, position
        row.save()
    by_plan = from_plan.planned_takers(draft.meeting)
    for row, taken_by in [*more.items(), *((row, from_plan.takers_of_added(row, by_plan)) for row in added)]:
        agenda_in_common.set_takers(item=row, taken_by=taken_by)
    added += more
    if added:
        audit.record(by=by, verb="agenda.filled", subject=draft.meeting, number=draft.number, items=len(added))
    return added


def still_to_fill(meeting: Meeting, items: Iterable[AgendaItem] | None = None) -> int:
    """How many standing and planned items the agenda does not hold: its draft, or else what is published.

    `items`: those of the draft, where they are read already; they stay as they are.
    """
    if items is None:
        version = draft_of(meeting) or published_of(meeting)
        rows = _rows(version) if version else []
    else:
        rows = [copy.copy(item) for item in items]  # a row by hand becomes the item of the plan
    return sum(len(part) for part in from_plan.lacking(meeting, rows)) + len(from_plan.lacking_takers(meeting, rows))


def _rows(version: AgendaVersion) -> list[AgendaItem]:
    """Its items with what says where they come from and who takes them."""
    rows = version.items.select_related("standing", "planned", "closure").prefetch_related("taking__board")
    return list(rows.order_by("position"))


def _end_of_business(rows: list[AgendaItem]) -> int:
    """How many rows stand before the first standing item that comes last."""
    return next((place for place, row in enumerate(rows) if row.standing and row.standing.comes_last), len(rows))


def link_to_plan(draft: AgendaVersion) -> None:
    """Rows that somebody wrote by hand under the title of an item planned for the meeting are that item from now on, and have
    its class."""
    rows = _rows(draft)
    free = {row.pk for row in rows if row.planned_id is None}
    from_plan.lacking(draft.meeting, rows)
    linked = [row for row in rows if row.pk in free and row.planned_id]
    AgendaItem.objects.bulk_update(linked, ["planned", "closure"])
    for row in linked:
        classification.close_plan_of(row)


def _is_the_same(item: AgendaItem, facts: dict[str, str | datetime | None], papers: list[Document]) -> bool:
    same = all(getattr(item, name) == value for name, value in facts.items())
    return same and set(item.documents.all()) == set(papers)


@transaction.atomic
def remove_item(*, item: AgendaItem, by) -> None:
    """Takes an item off the draft; those after it move up."""
    draft = _draft_of_item(item)
    AgendaItem.objects.filter(pk=item.pk).delete()
    for position, row in enumerate(draft.items.order_by("position"), start=1):
        AgendaItem.objects.filter(pk=row.pk).update(position=position)
    audit.record(by=by, verb="agenda.item_removed", subject=draft.meeting, title=item.title, number=draft.number)


@transaction.atomic
def shift_item(*, item: AgendaItem, by, up: bool) -> None:
    """Moves an item of the draft one place; at the end of the list nothing happens."""
    draft = _draft_of_item(item)
    positions.shift(draft.items.order_by("position"), item.pk, up=up)


@transaction.atomic
def discard(*, meeting: Meeting, by) -> None:
    """Deletes the draft, and newer files that waited on it; what is published stays."""
    draft = draft_of(lock(meeting))
    if draft:
        papers = list(waiting_on(draft))
        Document.objects.filter(pk__in=[paper.pk for paper in papers]).update(withdrawn_at=timezone.now())
        emails.take_back_from_chair(papers, because="The draft was deleted.")
        audit.record(
            by=by, verb="agenda.draft_discarded", subject=meeting, number=draft.number,
            papers=[paper.pk for paper in papers],
        )  # fmt: skip
        draft.delete()


def waiting_on(draft: AgendaVersion) -> QuerySet[Document]:
    """Newer files of published papers, which people see once the chair publishes this draft."""
    on_it = Document.agenda_items.through.objects.filter(agendaitem__version=draft)
    return Document.objects.waiting().filter(pk__in=on_it.values("document"))


def lock(meeting: Meeting) -> Meeting:
    """The meeting, locked, with the boards that meet. Raises Refusal where its agenda is closed to changes."""
    locked = Meeting.objects.locked().with_boards().get(pk=meeting.pk)
    if locked.state in (Meeting.State.CLOSED, Meeting.State.CANCELLED):
        raise Refusal(f"The meeting is {locked.get_state_display()}, so its agenda can no longer be changed.")
    return locked


def may_change(meeting: Meeting) -> bool:
    """Whether another version can still be published: the meeting stands and has not started."""
    return meeting.state == Meeting.State.PUBLISHED and meeting.starts_at > timezone.now()


def chair_of(meeting: Meeting, on: date | None = None):
    """Who holds the chair of the host board on the day (today unless given); None while the seat is vacant."""
    return meeting.board.chair_on(on or timezone.localdate())


def _carry_over(source: AgendaVersion, target: AgendaVersion) -> None:
    """Copies the items with their papers, those withdrawn left out."""
    boards = boards_of(target.meeting)  # asked for once, not for each item
    rows = source.items.select_related("version", "planned__closure")
    for item in rows.prefetch_related("documents", "taking__board"):
        copied = AgendaItem.objects.create(
            version=target,
            carried_from=item,
            position=item.position,
            starts_at=item.starts_at,
            title=item.title,
            purpose=item.purpose,
            presenter=item.presenter,
            summary=item.summary,
            planned=item.planned,
            standing=item.standing,
            closure=_closure_now(item, target),
        )
        copied.documents.set(paper for paper in item.documents.all() if paper.withdrawn_at is None)
        agenda_in_common.set_takers(item=copied, taken_by=takers.takers_of(item, boards))


def _closure_now(item: AgendaItem, target: AgendaVersion) -> Closure | None:
    """Why the item is closed as its plan says it now, where that still stands for this meeting; else as it was published."""
    planned = item.planned
    now = planned.closure if planned and planned.meeting_id == target.meeting_id else None
    return now or item.closure


def _draft_of_item(item: AgendaItem) -> AgendaVersion:
    """The draft the item is on, under the meeting's lock. Raises Refusal when it was published meanwhile."""
    lock(item.version.meeting)
    version = AgendaVersion.objects.select_related("meeting__board").get(pk=item.version_id)
    if version.state != State.DRAFT:
        raise Refusal("This agenda has just been published. Start a new version to change it.")
    return version
