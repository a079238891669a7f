"""What changed from one version of an agenda or a programme to the next, in words."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch, Q, Value

from assemblies.closures.models import is_closed
from assemblies.closures.models.closure import UNTITLED
from assemblies.meetings.in_common import boards_of, is_in_common, names_of
from assemblies.meetings.purposes import Purpose
from assemblies.papers import agenda_reports, takers
from assemblies.papers.agenda_reports import ComingOut
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, ProgrammeVersion, Session
from partnership import dates
from partnership.boards.models import Board

PRESENTER_OF = "Presenter of "


class Change(NamedTuple):
    """One change of an agenda in words, and whether it brings business or papers that nobody could read before; of which
    item, by its number."""

    words: str
    is_new_business: bool = False
    item: int | None = None


def all_of_agenda(
    version: AgendaVersion,
    items: list[AgendaItem] | None = None,
    coming: Mapping[int, list[ComingOut]] | None = None,
) -> list[Change]:
    """Items added, removed, retimed, moved or rewritten since the version before; empty for the first.

    `items`: those of the version with their papers (`closed_matters.items_with_papers`), and `coming`: the reports that come out
    with it (`agenda_reports.coming_out_with`), where they are read already.
    """
    before = version.meeting.agenda_versions.filter(number__lt=version.number).first()
    if before is None:
        return []
    if items is None:
        rows = version.items.with_closures().select_related("planned")
        items = list(rows.prefetch_related(_papers_of(), "taking__board"))
    old = {item.pk: item for item in before.items.with_closures().prefetch_related(_papers_of(), "taking__board")}
    boards = boards_of(version.meeting)
    added, removed = _added_and_removed(items, old)
    new = [item.pk for item in items if item.carried_from_id not in old]
    found = [Change(words, is_new_business=True, item=pk) for words, pk in zip(added, new, strict=True)]
    found += [Change(words) for words in removed]
    for item in items:
        if item.carried_from_id in old:
            found += _item(old[item.carried_from_id], item, boards)
    found += _reports(version, items, agenda_reports.coming_out_with(version, items) if coming is None else coming)
    kept = [item.carried_from_id for item in items if item.carried_from_id in old]
    if kept != [pk for pk in old if pk in kept]:
        found.append(Change("The order changed."))
    return found


def of_agenda(version: AgendaVersion) -> list[str]:
    """All of them in words."""
    return [change.words for change in all_of_agenda(version)]


def new_business(version: AgendaVersion) -> list[str]:
    """Those of the changes that people must be able to read in time, as they must the agenda itself.

    An item that is added, or is now about something else by its title, purpose or summary, and a paper that its item did
    not have. Not a time, a presenter, the order, nor what was taken away. Source: Local Government Act 1972 s.100B(4).
    """
    return [change.words for change in all_of_agenda(version) if change.is_new_business]


def items_with_new_business(version: AgendaVersion) -> set[int]:
    """The items, by their numbers, that are new or about something else, or have papers that nobody could read before."""
    return {change.item for change in all_of_agenda(version) if change.is_new_business and change.item}


def say_in_public(versions: Collection[AgendaVersion], *, anything_closed: bool = True) -> None:
    """Sets on each version what `changed`, as anybody may read it now: an item or a file that has been closed to the public since
    goes by its safe title, and who presents it is not said. One query where anything changed; none where it is known that nothing
    of these meetings is closed."""
    safe = _safe_titles({each.meeting_id for each in versions if each.change_note and anything_closed})
    for version in versions:
        titles = safe.get(version.meeting_id, ())
        version.changed = "\n".join(_safe_line(line, titles) for line in version.change_note.splitlines())


def _safe_line(line: str, titles: Iterable[tuple[str, str]]) -> str:
    for title, instead in titles:
        if line.startswith(f"{PRESENTER_OF}“{title}”"):
            return f"Rewritten: “{instead}”, which is closed to the public."
        line = line.replace(f"“{title}”", f"“{instead}”")
    return line


def _safe_titles(meetings: set[int]) -> dict[int, list[tuple[str, str]]]:
    """For each meeting the titles that are not public, each with what anybody may read instead."""
    if not meetings:
        return {}
    # without a ground nobody said that the title is safe
    unsafe = ~Q(closure__public_title="") | Q(closure__grounds=None)
    items = AgendaItem.objects.closed().filter(unsafe, version__meeting__in=meetings)
    files = Document.objects.filter(is_closed(), unsafe, meeting__in=meetings)
    with_items = Document.objects.filter(
        meeting__in=meetings, agenda_items__in=AgendaItem.objects.closed().values("pk")
    )
    rows = items.order_by().values_list("version__meeting", "title", "closure__public_title")
    rows = rows.union(
        files.order_by().values_list("meeting", "title", "closure__public_title"),
        with_items.exclude(is_closed()).order_by().values_list("meeting", "title", Value("")),
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for meeting, title, public_title in rows:
        found.setdefault(meeting, []).append((title, public_title or UNTITLED))
    return found


def of_programme(draft: ProgrammeVersion) -> list[str]:
    """Sessions added, removed, retimed or rewritten since the version released before; empty for the first."""
    before = draft.meeting.programme_versions.filter(number__lt=draft.number).first()
    if before is None:
        return []
    sessions, old = list(draft.sessions.all()), {session.pk: session for session in before.sessions.all()}
    added, removed = _added_and_removed(sessions, old)
    lines = added + removed
    for session in sessions:
        if session.carried_from_id in old:
            lines += _session(old[session.carried_from_id], session)
    return lines


def _added_and_removed(
    rows: Iterable[AgendaItem | Session], old: Mapping[int, AgendaItem | Session]
) -> tuple[list[str], list[str]]:
    carried = {row.carried_from_id for row in rows}
    added = [f"Added: “{_name(row)}”{_at(row.starts_at)}." for row in rows if row.carried_from_id not in old]
    return added, [f"Removed: “{_name(row)}”." for pk, row in old.items() if pk not in carried]


def _item(was: AgendaItem, item: AgendaItem, boards: list[Board]) -> list[Change]:
    found = [Change(words, is_new_business=True, item=item.pk) for words in _words(was, item, ("purpose", "summary"))]
    found += [Change(words) for words in _who(was.presenter, item)]
    if item.closed_by:
        return _of_closed(was, item, found + _papers(was, item)) + _taken_by(was, item, boards)
    return found + _time(was, item) + _taken_by(was, item, boards) + _papers(was, item)


def _taken_by(was: AgendaItem, item: AgendaItem, boards: list[Board]) -> list[Change]:
    """Boards of a meeting in common that take the item now, or do not any more, or now decide or advise."""
    before, after = ({each.board.pk: each for each in takers.takers_of(row, boards)} for row in (was, item))
    joined = [each.board for pk, each in after.items() if pk not in before]
    left = [each.board for pk, each in before.items() if pk not in after]
    name = item.public_title
    found = (
        [Change(f"“{name}” is now also for {names_of(joined)}.", is_new_business=True, item=item.pk)] if joined else []
    )
    found += [Change(f"“{name}” is no longer for {names_of(left)}.")] if left else []
    if (item.purpose, was.purpose) != (Purpose.DECISION, Purpose.DECISION):
        return found  # what is not for decision nobody decides; another purpose is said, and the usual roles with it
    return found + [
        Change(f"The {each.board} now {'decides' if each.decides else 'advises'} on “{name}”.", each.decides, item.pk)
        for pk, each in after.items()
        if pk in before and before[pk].decides is not each.decides
    ]


def _of_closed(was: AgendaItem, item: AgendaItem, found: list[Change]) -> list[Change]:
    """What may be said of an item that is closed to the public: that it was rewritten, not how; its time; its ground."""
    name = item.public_title
    is_new = any(change.is_new_business for change in found)
    said = [Change(f"Rewritten: “{name}”, which is closed to the public.", is_new, item.pk)] if found else []
    if was.closed_by and item.closed_by and was.closed_by.facts() != item.closed_by.facts():
        said.append(Change(f"Closed on another ground, or until another day: “{name}”."))
    return said + _time(was, item)


def _time(was: AgendaItem, item: AgendaItem) -> list[Change]:
    if was.starts_at == item.starts_at:
        return []
    return [Change(f"New time: “{_name(item)}”{_at(item.starts_at) or ' has no time of its own'}.")]


def _name(row: AgendaItem | Session) -> str:
    """What the public may call it."""
    return row.public_title if isinstance(row, AgendaItem) else row.title


def _papers_of() -> Prefetch:
    return Prefetch("documents", Document.objects.with_closures().select_related("replaces"))


def _papers(was: AgendaItem, item: AgendaItem) -> list[Change]:
    """Each paper that is new, newer, withdrawn from view or no longer there, by its name."""
    before, after = ({paper.pk: paper for paper in each.documents.all()} for each in (was, item))
    fresh = [paper for pk, paper in after.items() if pk not in before]
    newer = {paper.replaces_id for paper in fresh}
    gone = [paper for pk, paper in before.items() if pk not in after and pk not in newer]
    how = [(_in_place_of(before.get(paper.replaces_id or 0), paper), paper) for paper in fresh]
    how += [
        (f"{'withdrawn' if paper.withdrawn_because else 'removed'}: “{paper.public_title}”", paper) for paper in gone
    ]
    return [
        Change(f"Paper {what} (item {item.position}).", is_new_business=paper in fresh, item=item.pk)
        for what, paper in sorted(how, key=lambda each: (each[1] in gone, each[1].pk))
    ]


def _reports(version: AgendaVersion, items: Iterable[AgendaItem], out: Mapping[int, list[ComingOut]]) -> list[Change]:
    """Reports that come out with the version, or came; under the title of the item, which is public. At a meeting in common it
    is said for which board each is."""
    in_common = is_in_common(version.meeting)
    return [
        Change(
            f"{'A newer version of the report' if report.is_newer else 'Report added'}: “{item.public_title}” "
            f"(item {item.position}{f', for the {report.report.board}' if in_common else ''}).",
            is_new_business=True,
            item=item.pk,
        )
        for item in items
        for report in out.get(item.pk, [])
    ]


def _in_place_of(was: Document | None, paper: Document) -> str:
    if was is None:
        return f"added: “{paper.public_title}”"
    if was.public_title == paper.public_title:
        return f"replaced: “{paper.public_title}”"
    return f"{'renamed' if paper.is_renamed else 'replaced'}: “{was.public_title}” is now “{paper.public_title}”"


def _session(was: Session, session: Session) -> list[str]:
    lines = _words(was, session, ("kind", "description"))
    if was.speakers != session.speakers:
        lines.append(f"Speakers changed: “{session.title}”.")
    if (was.starts_at, was.ends_at) != (session.starts_at, session.ends_at):
        times = f"{dates.clock(session.starts_at)} to {dates.clock(session.ends_at)}"
        lines.append(f"New time: “{session.title}”, {times}.")
    return lines


def _words(was, row, names: tuple[str, ...]) -> list[str]:
    lines = [f"Renamed: “{was.title}” is now “{row.title}”."] if was.title != row.title else []
    if any(getattr(was, name) != getattr(row, name) for name in names):
        lines.append(f"Rewritten: “{row.title}”.")
    return lines


def _who(was: str, item: AgendaItem) -> list[str]:
    if was == item.presenter:
        return []
    return [f"{PRESENTER_OF}“{item.title}”: {item.presenter or 'nobody named'}."]


def _at(moment: datetime | None) -> str:
    return f" at {dates.clock(moment)}" if moment else ""
