"""The legal regime of a board: which rules of meetings and papers the law sets for it, and which are the board's own.

Sources: Local Government Act 1972 Part VA (councils, Health and Wellbeing Boards, joint committees of councils); Public Bodies
(Admission to Meetings) Act 1960 (boards of NHS bodies); a foundation trust's constitution; for all others, assemblies,
executive groups, forums and place committees among them, the board's own terms. Executives of councils, and they alone, give
28 days' notice of key decisions and private meetings besides. DOMAIN §2.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import models

from partnership.boards.clear_days import DayKind


class Regime(models.TextChoices):
    COUNCIL = "council", "Council"
    NHS = "nhs", "NHS"
    CONSTITUTION = "constitution", "Foundation trust constitution"
    OWN_TERMS = "own_terms", "Its own terms"


@dataclass(frozen=True)
class Rules:
    """What a regime says. `fewest_days`: clear working days that the law asks for papers, 0 where it leaves them to the board;
    `notice_days`: clear days of public notice of time and place; `recording`: what the law says of filming, or ""."""

    bodies: str
    source: str
    fewest_days: int = 0
    notice_days: int = 0
    recording: str = ""


RULES = {
    Regime.COUNCIL: Rules(
        "committees of a council, Health and Wellbeing Boards, joint committees of councils",
        "Local Government Act 1972, Part VA",
        fewest_days=5,
        notice_days=5,
        recording="Anyone who comes may film, photograph, record and report on the parts held in public. "
        "Speaking a commentary in the room is for the chair to allow.",
    ),
    Regime.NHS: Rules(
        "boards of integrated care boards and NHS trusts, and committees of all their members",
        "Public Bodies (Admission to Meetings) Act 1960",
        notice_days=3,
    ),
    Regime.CONSTITUTION: Rules("boards and councils of governors of foundation trusts", "The trust’s constitution"),
    Regime.OWN_TERMS: Rules(
        "assemblies, executive groups, alliances, forums, and place committees that have not adopted other rules",
        "The board’s terms of reference",
    ),
}


@dataclass(frozen=True)
class ExecutiveRules:
    """What the law asks of a council's executive besides, in clear days before a key decision or a private meeting. The kind of
    day of the first number is a setting of the board, calendar days by default; the second counts working days."""

    source: str
    notice_days: int
    second_days: int
    second_kind: DayKind


EXECUTIVE = ExecutiveRules(
    "Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012",
    notice_days=28,
    second_days=5,
    second_kind=DayKind.WORKING,
)


def online_counts(regime: str, day: date) -> bool:
    """Whether members who attend online count for a quorum at a meeting on the day.

    Council bodies count the people in the room, but for the periods in which the law counts those online too; other boards
    follow their own terms, and count both.
    """
    return regime != Regime.COUNCIL or any(
        first <= day and (last is None or day <= last) for first, last in settings.ONLINE_COUNTS_FOR_COUNCILS
    )


def what_is_wrong(regime: str, clear_days: int, day_kind: str) -> str:
    """Why a board of the regime cannot publish by this rule, in words; "" where it can."""
    fewest = RULES[Regime(regime)].fewest_days
    if clear_days >= fewest and (day_kind == DayKind.WORKING or not fewest):
        return ""
    return (
        f"The law asks council bodies for at least {fewest} clear working days: enter {fewest} or more, as working days"
    )
