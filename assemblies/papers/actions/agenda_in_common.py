"""An agenda in common: which boards take each of its items."""

from collections.abc import Iterable, Iterator

from assemblies.meetings import purposes
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import Purpose, may_decide
from assemblies.papers import takers
from assemblies.papers.models import AgendaItem, AgendaItemBoard, AgendaVersion
from assemblies.papers.takers import Taker


def set_takers(*, item: AgendaItem, taken_by: Iterable[Taker]) -> None:
    """Says which boards take the item. What is usual is not stored. In the caller's transaction."""
    said, boards = list(taken_by), boards_of(item.version.meeting)
    here = [each for each in said if each.board in boards]
    is_usual = bool(here) if len(boards) == 1 else takers.is_usual(here, boards, item.purpose)
    _store(item, [] if is_usual else said)


def freeze_takers(*, version: AgendaVersion) -> None:
    """Writes down who takes each item of an agenda in common, because it is published: boards that join later took none of
    them. In the caller's transaction, before it is published."""
    boards = boards_of(version.meeting)
    if len(boards) > 1:
        for item in version.items.prefetch_related("taking__board"):
            _store(item, takers.takers_of(item, boards))


def are_others(item: AgendaItem, taken_by: Iterable[Taker] | None) -> bool:
    """Whether these are not the boards, or not the roles, that the item has now."""
    if taken_by is None:
        return False
    now = {each.board.pk: each.decides for each in takers.takers_of(item)}
    after = {each.board.pk: each.decides for each in taken_by}
    return after != now if item.purpose == Purpose.DECISION else after.keys() != now.keys()


def _store(item: AgendaItem, taken_by: Iterable[Taker]) -> None:
    wanted = {each.board.pk: str(each.role) for each in taken_by}
    if wanted == dict(item.taking.values_list("board", "role")):
        return
    item.taking.all().delete()
    AgendaItemBoard.objects.bulk_create(
        AgendaItemBoard(item=item, board_id=board, role=role) for board, role in wanted.items()
    )


def refuse_decision(meeting: Meeting, purpose: str) -> None:
    """Raises Refusal for an item that is for decision at a meeting of boards that only advise."""
    boards = boards_of(meeting)
    purposes.refuse_decision(next((each for each in boards if may_decide(each)), boards[0]), purpose)


def without_taker(draft: AgendaVersion, items: Iterable[AgendaItem]) -> Iterator[str]:
    """Says, in words, which items of the draft no board of the meeting takes, and which are for decision though no board decides
    them."""
    boards = boards_of(draft.meeting)
    for item in items:
        taken_by, named = takers.takers_of(item, boards), f"item {item.position}, “{item.title}”"
        if not taken_by:
            yield f"No board of this meeting takes {named}. Say who takes it, or remove it."
        elif item.purpose == Purpose.DECISION and not any(may_decide(each) for each in boards):
            yield f"The {boards[0]} is a consultative forum, and {named}, is for decision. Say what else it is for."
        elif forum := next((each.board for each in taken_by if each.decides and not may_decide(each.board)), None):
            yield f"The {forum} is a consultative forum, so it cannot decide {named}. Say who decides it."
        elif item.purpose == Purpose.DECISION and len(boards) > 1 and not any(each.decides for each in taken_by):
            yield (
                f"{named[0].upper()}{named[1:]}, is for decision, and no board decides it. Say which does, or give it another "
                "purpose."
            )
