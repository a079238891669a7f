"""What changed from one version of an agenda or a programme to the next, in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assemblies.papers.models import AgendaItem, AgendaVersion, ProgrammeVersion, Session
from partnership import dates


def of_agenda(draft: AgendaVersion) -> list[str]:
    """Items added, removed, retimed, moved or rewritten since the version before; empty for the first."""
    before = draft.meeting.agenda_versions.filter(number__lt=draft.number).first()
    if before is None:
        return []
    items = list(draft.items.prefetch_related("documents__replaces"))
    old = {item.pk: item for item in before.items.prefetch_related("documents")}
    lines = _added_and_removed(items, old)
    for item in items:
        if item.carried_from_id in old:
            lines += _item(old[item.carried_from_id], item)
    kept = [item.carried_from_id for item in items if item.carried_from_id in old]
    if kept != [pk for pk in old if pk in kept]:
        lines.append("The order changed.")
    return lines


def of_programme(draft: ProgrammeVersion) -> list[str]:
    """Sessions added, removed, retimed or rewritten since the version released before; empty for the first."""
    before = draft.meeting.programme_versions.filter(number__lt=draft.number).first()
    if before is None:
        return []
    sessions, old = list(draft.sessions.all()), {session.pk: session for session in before.sessions.all()}
    lines = _added_and_removed(sessions, old)
    for session in sessions:
        if session.carried_from_id in old:
            lines += _session(old[session.carried_from_id], session)
    return lines


def _added_and_removed(rows: Iterable[AgendaItem | Session], old: Mapping[int, AgendaItem | Session]) -> list[str]:
    carried = {row.carried_from_id for row in rows}
    lines = [f"Added: “{row.title}”{_at(row.starts_at)}." for row in rows if row.carried_from_id not in old]
    return lines + [f"Removed: “{row.title}”." for pk, row in old.items() if pk not in carried]


def _item(was: AgendaItem, item: AgendaItem) -> list[str]:
    lines = _words(was, item, ("purpose", "summary"))
    lines += _who(was.presenter, item)
    if was.starts_at != item.starts_at:
        lines.append(f"New time: “{item.title}”{_at(item.starts_at) or ' has no time of its own'}.")
    return lines + _papers(was, item)


def _papers(was: AgendaItem, item: AgendaItem) -> list[str]:
    """A newer file, and one that was withdrawn from view, by its own name; any other difference in one sentence."""
    before, after = (set(each.documents.all()) for each in (was, item))
    fresh = sorted((paper for paper in after - before if paper.replaces in before), key=lambda paper: paper.pk)
    old = {paper.replaces for paper in fresh}
    gone = sorted((paper for paper in before - after - old if paper.withdrawn_because), key=lambda paper: paper.pk)
    lines = [f"Paper replaced: “{paper.title}” (item {item.position})." for paper in fresh]
    lines += [f"Paper withdrawn: “{paper.title}” (item {item.position})." for paper in gone]
    rest = before - old - set(gone) != after - set(fresh)
    return [*lines, f"Papers changed: “{item.title}”."] if rest else lines


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
    return [f"Presenter of “{item.title}”: {item.presenter or 'nobody named'}."]


def _at(moment: datetime | None) -> str:
    return f" at {dates.clock(moment)}" if moment else ""
