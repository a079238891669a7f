"""What the minutes of a board say at first: what was recorded of its meeting, in words; nothing that nobody entered.

Decisions and actions come from their registers, which the record of the meeting fed: their words are those that everybody reads.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assemblies.closures.models import Closure
from assemblies.decisions.models import Decision, DecisionVote
from assemblies.follow_up.models import FollowUp
from assemblies.meetings.models import Meeting
from assemblies.minutes.models import MinutesVersion
from assemblies.papers.blocks import Paragraph, Run
from assemblies.papers.markdown import to_markdown
from assemblies.papers.models import AgendaItem
from assemblies.questions.models import Question
from assemblies.sittings.entry_kinds import DOES, Attends, EntryKind, Sits
from assemblies.sittings.on_screen import moves_of
from assemblies.sittings.order_of_business import Business, OrderOfBusiness, seat_name
from assemblies.sittings.picture import Attendance, Picture, Recorded
from partnership import dates, minutes_parts
from partnership.accounts.models import User
from partnership.boards.models import Board, Seat
from partnership.interests.interest_kinds import Kind


@dataclass
class DraftedItem:
    """An item of the agenda as the minutes begin with it."""

    number: int
    title: str
    item: AgendaItem | None
    closure: Closure | None
    text: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Drafted:
    content: dict[str, Any]
    items: list[DraftedItem]
    present: list[User]


def from_record(meeting: Meeting, board: Board, picture: Picture) -> Drafted:
    """What the minutes of the board begin with, after the record of the meeting has ended: the items that the board takes."""
    order = picture.order
    content, present = _attendance(picture, board)
    decided, agreed = _decisions(meeting, board), _actions(meeting, board)
    taken = _taken(order, board)
    parts = _parts(taken, board)
    items = [
        DraftedItem(
            business.number,
            business.title,
            business.row,
            business.closure,
            "\n\n".join([*_asked(picture, business, first=number == 0), *_noted(picture, business), *parts[number]]),
            _facts(picture, business, board)
            | {
                "outcomes": [_outcome(each) for pk in business.pks for each in decided[pk]],
                "actions": [_action(each) for pk in business.pks for each in agreed[pk]],
            },
        )
        for number, business in enumerate(taken)
    ]
    return Drafted(content, items, present)


def _noted(picture: Picture, item: Business) -> list[str]:
    return [note.facts["text"] for note in picture.of_kind(item.place, EntryKind.NOTE)]


def _parts(taken: list[Business], board: Board) -> list[list[str]]:
    """What other apps say of each item; nothing of a row that is not on the agenda."""
    found = minutes_parts.of([each.row for each in taken if each.row], board)
    return [found[each.row.pk] if each.row else [] for each in taken]


def _asked(picture: Picture, item: Business, *, first: bool) -> list[str]:
    """The questions of the public that were asked at the item, with their answers; at the first one also those from before it."""
    said = [
        each
        for place in ((0, item.place) if first else (item.place,))
        for each in picture.of_kind(place, EntryKind.QUESTION)
    ]
    texts = Question.objects.in_bulk([each.facts["question"] for each in said]) if said else {}
    return [
        f"{_as_text(f'{each.name} asked: {question.text}')}\n\n{each.facts['answer'] or 'The reply follows in writing.'}"
        for each in said
        if (question := texts.get(each.facts["question"]))
    ]


def _as_text(words: str) -> str:
    """What somebody from outside typed, as Markdown in which none of it is markup."""
    return to_markdown(Paragraph((Run(part),)) for part in re.split(r"\n\s*\n", words.replace("\r", "").strip()))


def from_agenda(board: Board, order: OrderOfBusiness) -> Drafted:
    """What the minutes begin with where nobody recorded the meeting: the items, and who sat on the board that day."""
    lines, people = [], []
    for seat in order.seats_of(board):
        if seat.holders:
            lines.append(seat_name(seat))
            people += [each for each in (seat.holders[0].holder, seat.holders[0].deputy) if each]
    taken = _taken(order, board)
    items = [
        DraftedItem(
            each.number, each.title, each.row, each.closure, "\n\n".join(said),
            {"purpose": each.purpose, "presenter": each.presenter},
        )
        for each, said in zip(taken, _parts(taken, board), strict=True)
    ]  # fmt: skip
    empty: dict[str, Any] = {name: [] for name in MinutesVersion.PEOPLE}
    return Drafted(empty | {"present": lines, "presided": ""}, items, people)


def _taken(order: OrderOfBusiness, board: Board) -> list[Business]:
    return [each for each in order.items if any(taker.board.pk == board.pk for taker in each.takers)]


def _attendance(picture: Picture, board: Board) -> tuple[dict[str, Any], list[User]]:
    content: dict[str, Any] = {name: [] for name in MinutesVersion.PEOPLE}
    present: list[User] = []
    for seat in picture.order.seats_of(board):
        said = _as_corrected(picture.attendance.get(seat.pk, []))
        here = [each for _, each in said if each.is_here]
        for name in dict.fromkeys(each.name for each in here):
            content["present"].append(_line(seat, [each for each in here if each.name == name]))
        away = {name for each in here if (name := each.name)}
        for status, where in ((Attends.APOLOGIES, "apologies"), (Attends.ABSENT, "absent")):
            names = dict.fromkeys(each.name or _holder(seat) for _, each in said if each.status == status)
            content[where] += [f"{name}, {seat.title}" for name in names if name and name not in away]
        content["movements"] += [str(move) for move in moves_of(picture, seat)]
        present += [person for each in here if (person := _person(seat, each))]
    content["in_attendance"] = [
        ", ".join(part for part in (each.name, each.facts.get("role", "")) if part) for each in picture.guests
    ]
    presided = dict.fromkeys(each.name for _, each in picture.presiding)
    content["presided"] = ", then ".join(presided)
    return content, list(dict.fromkeys(present))


def _as_corrected(said: list[tuple[int, Attendance]]) -> list[tuple[int, Attendance]]:
    """Without what a later entry at the same item puts right: of the same person, or who else sits in the seat. What holds before
    the first item holds at it."""
    stands = []
    for number, (place, how) in enumerate(said):
        later = [other for at, other in said[number + 1 :] if max(at, 1) == max(place, 1)]
        if not any(other.name == how.name or (other.is_here and how.is_here) for other in later):
            stands.append((place, how))
    return stands


def _line(seat: Seat, hows: list[Attendance]) -> str:
    """Who sat there, in whose place, and whether online: all the time, or for a part."""
    how, notes = hows[0], []
    if how.in_whose_place:
        notes.append(f"{how.in_whose_place} for {_holder(seat) or 'the vacant seat'}")
    online = [each.status == Attends.ONLINE for each in hows]
    if any(online):
        notes.append("online" if all(online) else "online for a part")
    return f"{how.name or seat.title}, {seat.title}" + (f" ({', '.join(notes)})" if notes else "")


def _holder(seat: Seat) -> str:
    return str(seat.holders[0].holder) if seat.holders and seat.holders[0].holder else ""


def _person(seat: Seat, how: Attendance) -> User | None:
    """Who sat there, where they have an account: a substitute is a name alone."""
    term = seat.holders[0] if seat.holders else None
    if term is None or how.sits == Sits.SUBSTITUTE:
        return None
    return term.deputy if how.sits == Sits.DEPUTY else term.holder


def _facts(picture: Picture, item: Business, board: Board) -> dict[str, Any]:
    place = item.place
    put_off, resolution = picture.put_off(place), picture.resolutions.get((place, board.pk))
    return {
        "purpose": item.purpose,
        "presenter": item.presenter,
        "private": picture.is_private(place),
        "resolved": resolution.facts["private"] if resolution else None,
        "put_off": put_off.facts.get("because", "") if put_off else "",
        "speakers": list(dict.fromkeys(each.name for each in picture.of_kind(place, EntryKind.SPEAKER))),
        "interests": [
            _interest(said) for said in picture.interests.get(place, []) if said.seat and said.seat.board_id == board.pk
        ],
    }


def _interest(said: Recorded) -> dict[str, Any]:
    facts = said.facts
    until = facts.get("dispensation_until")
    return {
        "name": said.name,
        "kind": Kind(facts["kind"]).label,
        "nature": "" if facts["withheld"] else facts["nature"],
        "withheld": facts["withheld"],
        "mitigation": DOES[facts["mitigation"]],
        "dispensation": f"{facts['dispensation_by']}, until {dates.day(datetime.fromisoformat(until))}"
        if until
        else "",
    }


def _decisions(meeting: Meeting, board: Board) -> dict[int | None, list[Decision]]:
    """What the board decided, by the row of the item."""
    found: dict[int | None, list[Decision]] = defaultdict(list)
    rows = Decision.objects.filter(meeting=meeting, board=board, item__isnull=False, revises__isnull=True)
    for each in rows.prefetch_related("votes").order_by("recommendation_number", "pk"):
        found[each.item_id].append(each)
    return found


def _outcome(decision: Decision) -> dict[str, Any]:
    votes = list(decision.votes.all())
    cast = [each.vote for each in votes if not each.is_casting]
    return {
        "decision": decision.pk,
        "number": decision.recommendation_number or 0,
        "asked": decision.recommendation,
        "outcome": decision.outcome,
        "words": decision.text if decision.text not in (decision.recommendation, decision.title) else "",
        "reasons": decision.reasons,
        "mover": decision.mover,
        "seconder": decision.seconder,
        "tally": {vote: cast.count(vote) for vote in DecisionVote.Vote.values} if cast else {},
        "votes": [[each.name, each.vote] for each in votes if not each.is_casting],
        "casting": next((each.vote for each in votes if each.is_casting), ""),
        "cast_by": next((each.name for each in votes if each.is_casting), ""),
    }


def _actions(meeting: Meeting, board: Board) -> dict[int | None, list[FollowUp]]:
    """What people took on for the board, by the row of the item."""
    found: dict[int | None, list[FollowUp]] = defaultdict(list)
    rows = FollowUp.objects.filter(meeting=meeting, board=board, item__isnull=False)
    for each in rows.exclude(state=FollowUp.State.DROPPED).order_by("due_on", "pk"):
        found[each.item_id].append(each)
    return found


def _action(follow_up: FollowUp) -> dict[str, Any]:
    return {
        "follow_up": follow_up.pk,
        "text": follow_up.text,
        "owner": follow_up.owner_name,
        "due_on": follow_up.due_on.isoformat(),
    }
