"""The list of the latest entries below the screen of a meeting, each in a line."""

from typing import Any

from assemblies.sittings.entry_kinds import DOES, STAYS, Done, EntryKind, Outcome, Sits
from assemblies.sittings.order_of_business import seat_name
from assemblies.sittings.picture import Attendance, Picture
from partnership.boards.models import Seat


def log_of(entries: Any, picture: Picture) -> list[dict[str, Any]]:
    """The newest entries first, in words, with whether each was taken back, and whether it can be."""
    return [
        {
            "entry": each,
            "words": _words_of(each, picture),
            "is_undone": each.number in picture.undone,
            "may_undo": each.kind not in STAYS and each.number not in picture.undone,
        }
        for each in sorted(entries, key=lambda each: -each.number)
        if each.kind != EntryKind.UNDO
    ]


def _words_of(entry: Any, picture: Picture) -> str:
    """An entry in a line, as the list of the newest ones says it."""
    facts, place = entry.facts, picture.order.place_of(entry.item_id)
    seat = picture.order.seats.get(entry.seat_id)
    named = {
        EntryKind.ITEM: lambda: "begins",
        EntryKind.INTEREST: lambda: (
            f"interest of {seat_name(seat) if seat else ''}: {DOES[facts['mitigation']].lower()}"
        ),
        EntryKind.SESSION: lambda: "private session" if facts["private"] else "taken in public",
        EntryKind.OUTCOME: lambda: _outcome(facts),
        EntryKind.DONE: lambda: _done(facts),
        EntryKind.ACTION: lambda: f"action for {facts['name']}: {facts['text']}",
        EntryKind.NOTE: lambda: f"note: {facts['text']}",
        EntryKind.ATTENDANCE: lambda: _attendance(facts, seat),
    }
    say = named.get(entry.kind, lambda: f"{entry.get_kind_display().lower()}: {facts.get('name', '')}")
    item = picture.order.item(place)
    return f"{f'Item {item.number}' if item else 'Before the first item'}: {say()}"


def _done(facts: dict[str, Any]) -> str:
    return "dealt with" if facts["how"] == Done.TAKEN else Done(facts["how"]).label.lower()


def _outcome(facts: dict[str, Any]) -> str:
    number = f"recommendation {facts['recommendation']}, " if facts["recommendation"] else ""
    return f"{number}{Outcome(facts['outcome']).label}"


def _attendance(facts: dict[str, Any], seat: Seat | None) -> str:
    how = Attendance(facts["status"], facts.get("name", ""), facts.get("sits", Sits.HOLDER))
    instead = f" ({how.in_whose_place})" if how.in_whose_place else ""
    return f"{how.name or (seat.title if seat else '')}{instead}, {how.label.lower()}"
