"""Minutes as one person may read them. Of an item that is closed to them they see its safe title and the ground, no more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assemblies.closures.models import Closure
from assemblies.decisions.models import Decision, DecisionVote
from assemblies.follow_up.models import FollowUp
from assemblies.minutes.models import MinutesItem, MinutesVersion
from assemblies.papers.models import AgendaItem, ReportVersion
from assemblies.papers.models.agenda import withheld_from
from assemblies.papers.report_html import html
from partnership import dates

PURPOSES = dict(AgendaItem.Purpose.choices)
OUTCOMES = dict(Decision.Outcome.choices)
VOTES = dict(DecisionVote.Vote.choices)


@dataclass(frozen=True)
class SeenOutcome:
    """What was decided on a recommendation. `page`: where the register has it, for those who may read it."""

    number: int
    asked: str
    outcome: str
    words: str
    reasons: str
    moved: str
    tally: str
    votes: list[tuple[str, str]]
    decision: Decision | None


@dataclass(frozen=True)
class SeenAction:
    text: str
    owner: str
    due: str
    follow_up: FollowUp | None


@dataclass
class SeenItem:
    """An item; `closure`: what closes it to the public now, or closed it when its minutes were drafted; `is_withheld`: from
    this person, who has an interest in it."""

    pk: int
    number: int
    title: str
    may_read: bool
    closure: Closure | None
    is_withheld: bool = False
    text: str = ""
    purpose: str = ""
    presenter: str = ""
    session: str = ""
    put_off: str = ""
    speakers: list[str] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)
    outcomes: list[SeenOutcome] = field(default_factory=list)
    actions: list[SeenAction] = field(default_factory=list)

    @property
    def html(self):
        return html(self.text)


def seen_items(version: MinutesVersion, user) -> list[SeenItem]:
    """The items of the version as the person sees them. The same number of queries however many they are."""
    rows = list(version.items.with_closures())
    readable = set(version.items.readable_by(user).values_list("pk", flat=True))
    closed = set(version.items.closed().values_list("pk", flat=True))
    decisions = _decisions(version, rows)
    shut = _closed_by_decision(version, rows, closed)
    registers = _Registers(
        {each.pk: each for each in decisions.readable_by(user)},
        set(
            decisions.filter(report_version__in=ReportVersion.objects.withdrawn().values("pk")).values_list(
                "pk", flat=True
            )
        ),
        _actions(rows, user),
    )
    withheld = withheld_from(user).items
    seen = [
        _seen(row, registers, shut.get(row.item_id or 0), is_closed=row.pk in closed, may_read=row.pk in readable)
        for row in rows
    ]
    for row, item in zip(rows, seen, strict=True):
        item.is_withheld = not item.may_read and row.item_id in withheld
    return seen


@dataclass(frozen=True)
class _Registers:
    decisions: dict[int, Decision]  # those that the person may read
    withdrawn: set[int]  # decisions on reports that are out of view
    follow_ups: dict[int, FollowUp]  # those that the person may read


def _decisions(version: MinutesVersion, rows: Iterable[MinutesItem]):
    pks = [each["decision"] for row in rows for each in row.facts.get("outcomes", ())]
    return Decision.objects.filter(pk__in=pks, board=version.minutes.board_id)


def _actions(rows: Iterable[MinutesItem], user) -> dict[int, FollowUp]:
    pks = [each["follow_up"] for row in rows for each in row.facts.get("actions", ())]
    return {each.pk: each for each in FollowUp.objects.visible_to(user).filter(pk__in=pks)} if pks else {}


def _closed_by_decision(version: MinutesVersion, rows: list[MinutesItem], closed: set[int]) -> dict[int, Closure]:
    """By item: why what was decided on it is closed, where the item itself is open. The decision may name it by its row on
    another version of the agenda."""
    items = [row.item for row in rows if row.pk in closed and not row.closures and row.item]
    if not items:
        return {}
    about = {"meeting": version.minutes.meeting_id, "board": version.minutes.board_id}
    why: dict[Any, Closure] = {}
    for each in Decision.objects.closed().filter(**about).listed():
        if each.item and each.closed_by:
            why |= dict.fromkeys([each.item_id, each.item.title], each.closed_by)
    return {item.pk: why[key] for item in items for key in (item.title, item.pk) if key in why}


def _seen(
    row: MinutesItem, registers: _Registers, shut: Closure | None, *, is_closed: bool, may_read: bool
) -> SeenItem:
    closure = next(iter(row.closures), None) or shut
    if not may_read:
        title = closure.title_for_public(row.title) if closure else "Closed to the public"
        return SeenItem(
            row.pk, row.number, title, may_read=False, closure=closure, session=_session(row.facts, is_closed)
        )
    facts = row.facts
    return SeenItem(
        row.pk, row.number, row.title, may_read=True, closure=closure or row.closure, text=row.text,
        purpose=PURPOSES.get(facts.get("purpose", ""), ""), presenter=facts.get("presenter", ""),
        session=_session(facts, is_closed), put_off=facts.get("put_off", ""), speakers=facts.get("speakers", []),
        interests=[interest_in_words(each) for each in facts.get("interests", ())],
        outcomes=[_outcome(each, registers) for each in facts.get("outcomes", ())],
        actions=[
            SeenAction(each["text"], each["owner"], dates.short_day(date.fromisoformat(each["due_on"])), found)
            for each in facts.get("actions", ())
            if (found := registers.follow_ups.get(each["follow_up"]))
        ],
    )  # fmt: skip


def _session(facts: dict[str, Any], is_closed: bool) -> str:
    """Whether the public was there, in words; empty for what was open from the start."""
    if facts.get("private"):
        resolved = (
            "The board resolved that the public be excluded" if facts.get("resolved") else "The public was excluded"
        )
        return f"{resolved} while this item was taken."
    if facts.get("resolved") is False and not is_closed:
        return "The board did not resolve to exclude the public, and took the item in public."
    return ""


def interest_in_words(facts: dict[str, Any]) -> str:
    """An interest as it was declared; of a sensitive one only that there is one (Localism Act 2011 s.32)."""
    nature = "details withheld" if facts["withheld"] else facts["nature"]
    allowed = f" Dispensation by {facts['dispensation']}." if facts.get("dispensation") else ""
    return f"{facts['name']}: {facts['kind'].lower()}, {nature.rstrip('.')}. {facts['mitigation']}.{allowed}"


def _outcome(facts: dict[str, Any], registers: _Registers) -> SeenOutcome:
    moved = [
        f"moved by {facts['mover']}" if facts["mover"] else "",
        f"seconded by {facts['seconder']}" if facts["seconder"] else "",
    ]
    tally = [f"{facts['tally'][vote]} {word}" for vote, word in VOTES.items()] if facts["tally"] else []
    if facts["casting"]:
        cast_by = f" of {facts['cast_by']}" if facts.get("cast_by") else ""
        tally.append(f"casting vote{cast_by}: {VOTES[facts['casting']]}")
    out_of_view = facts["decision"] in registers.withdrawn
    return SeenOutcome(
        facts["number"],
        "" if out_of_view else facts["asked"],
        OUTCOMES[facts["outcome"]],
        facts["words"],
        facts["reasons"],
        ", ".join(part for part in moved if part),
        ", ".join(tally),
        [(name, VOTES[vote]) for name, vote in facts["votes"]],
        registers.decisions.get(facts["decision"]),
    )
