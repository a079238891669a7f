"""What an agenda lacks of its boards' forward plans and standing items, and what it has that is no longer planned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assemblies.forward_plan.models import PlannedItem, StandingItem
from assemblies.meetings.in_common import boards_of, is_in_common
from assemblies.meetings.models import Meeting
from assemblies.papers import takers
from assemblies.papers.models import AgendaItem, AgendaVersion
from assemblies.papers.takers import Taker
from partnership import dates


class Lacking(NamedTuple):
    """Unsaved items that an agenda lacks: standing ones that come first, planned ones, standing ones that come last."""

    first: list[AgendaItem]
    planned: list[AgendaItem]
    last: list[AgendaItem]


def lacking(meeting: Meeting, rows: list[AgendaItem]) -> Lacking:
    """What the agenda with these rows lacks. A topic that several boards take up at the meeting is one item, and so is a
    standing item that several of them have.

    A row that somebody wrote by hand under the title of one is that item from now on.
    """
    standing = [AgendaItem(standing=each, title=each.title, purpose=each.purpose) for each in _standing(meeting)]
    planned = [
        AgendaItem(
            planned=each,
            title=each.topic.title,
            purpose=each.purpose,
            presenter=str(each.lead) if each.lead else "",
            closure=each.closure,
        )
        for each in _planned(meeting)
    ]
    standing, planned = ([item for item in part if not _holds(rows, item)] for part in (standing, planned))
    return Lacking([row for row in standing if opens(row)], planned, [row for row in standing if not opens(row)])


def opens(row: AgendaItem) -> bool:
    """Whether it is a standing item that comes before the others."""
    return row.standing is not None and not row.standing.comes_last


def planned_takers(meeting: Meeting) -> dict[int, list[Taker]]:
    """Who takes up each topic that is planned for the meeting, by its number: each board in the role that it planned."""
    found: dict[int, list[Taker]] = defaultdict(list)
    rows = list(PlannedItem.objects.for_meeting(meeting).values_list("topic", "board", "role"))
    for board in boards_of(meeting):
        for topic, by, role in rows:
            if by == board.pk:
                found[topic].append(Taker(board, role))
    return found


def takers_of_added(item: AgendaItem, planned: Mapping[int, list[Taker]]) -> list[Taker]:
    """Who takes an item that was added: by the plan; a standing item of the host everybody, one of another board that board."""
    if item.planned is not None:
        return planned.get(item.planned.topic_id, [])
    boards, standing = boards_of(item.version.meeting), item.standing
    is_own = standing is not None and standing.board_id != boards[0].pk
    theirs = [each for each in boards if standing is not None and each.pk == standing.board_id] if is_own else boards
    return [Taker(each, takers.usual_role(each, item.purpose)) for each in theirs]


def lacking_takers(meeting: Meeting, rows: Iterable[AgendaItem]) -> dict[AgendaItem, list[Taker]]:
    """The items of a draft that more boards have planned than take them, each with everybody who should take it."""
    if not is_in_common(meeting):
        return {}
    planned, boards, found = planned_takers(meeting), boards_of(meeting), {}
    for row in rows:
        now = takers.takers_of(row, boards)
        taking = {each.board.pk for each in now}
        wanted = planned.get(row.planned.topic_id, []) if row.planned else []
        more = [each for each in wanted if each.board.pk not in taking]
        if more:
            found[row] = [*now, *more]
    return found


def off_the_plan(version: AgendaVersion, items: Iterable[AgendaItem]) -> dict[int, str]:
    """Those of its items that are no longer planned for its meeting, by number: what happened to each, in words."""
    found = [item for item in items if item.planned]
    if not found:
        return {}
    still = set(PlannedItem.objects.for_meeting(version.meeting).values_list("topic", flat=True))
    said = {}
    for item in found:
        if item.planned and (why := _off(item.planned, version.meeting_id)):
            said[item.pk] = f"{why} Another of the boards still plans it." if item.planned.topic_id in still else why
    return said


def _off(planned: PlannedItem, meeting_id: int) -> str:
    if planned.withdrawn_at:
        return f"It was taken off the forward plan: {planned.withdrawn_because}"
    if planned.meeting_id == meeting_id:
        return ""
    if planned.meeting is None:
        return "It went back to the forward plan, without a meeting."
    return f"It moved to the meeting on {dates.short_day(planned.meeting.starts_at)}."


def _standing(meeting: Meeting) -> list[StandingItem]:
    """The host's standing items, and those of the other boards that it does not have."""
    boards, found = boards_of(meeting), dict[str, StandingItem]()
    place = {board.pk: number for number, board in enumerate(boards)}
    rows = list(StandingItem.objects.filter(board__in=boards))
    for each in sorted(rows, key=lambda row: place[row.board_id]):  # of one board they stay in their order
        found.setdefault(each.title.casefold(), each)
    return list(found.values())


def _planned(meeting: Meeting) -> list[PlannedItem]:
    """One planned item for each topic: the host's, or else the first."""
    found: dict[int, PlannedItem] = {}
    for each in PlannedItem.objects.for_meeting(meeting).select_related("topic", "lead", "closure"):
        if each.topic_id not in found or each.board_id == meeting.board_id:
            found[each.topic_id] = each
    return list(found.values())


def _holds(rows: list[AgendaItem], item: AgendaItem) -> bool:
    """Whether one of the rows is the item; one of its title that is nothing else yet becomes it."""
    if any(_is_the_same(row, item) for row in rows):
        return True
    free = (row for row in rows if row.standing_id is None and row.planned_id is None)
    alike = next((row for row in free if row.title.casefold() == item.title.casefold()), None)
    if alike:
        alike.standing, alike.planned = item.standing, item.planned
        alike.closure = item.closed_by or alike.closure or item.closure
    return alike is not None


def _is_the_same(row: AgendaItem, item: AgendaItem) -> bool:
    if row.planned and item.planned:
        return row.planned.topic_id == item.planned.topic_id
    return (row.standing_id, row.planned_id) == (item.standing_id, item.planned_id)
