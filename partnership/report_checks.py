"""Why a cover report cannot be submitted yet. Each app adds its own in `report_checks.py`:

    @report_checks.check("risks", "It names a risk of the programme’s register")
    def names_a_risk(report) -> Iterable[str]: …

A check returns what is still missing, each as a sentence to the author. A board says which checks it asks of its reports;
one that is added with `always=True` is asked of every report.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Look = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class Check:
    """A check by its key. `label` says in words what the report must have, to staff who choose."""

    key: str
    label: str
    look: Look
    always: bool = False


CHECKS: dict[str, Check] = {}


def check(key: str, label: str, *, always: bool = False) -> Callable[[Look], Look]:
    """Adds a check. It is given the report as it stands."""

    def add(look: Look) -> Look:
        CHECKS[key] = Check(key, label, look, always)
        return look

    return add


def to_choose() -> list[Check]:
    """The checks that a board may ask for, in the order of the apps."""
    return [each for each in CHECKS.values() if not each.always]


def missing(report: Any, asked: Iterable[str]) -> list[str]:
    """What the report still lacks: by the checks asked of every report, and by those of these keys. A key that no app
    adds any more asks nothing."""
    wanted = set(asked)
    return [words for each in CHECKS.values() if each.always or each.key in wanted for words in each.look(report)]
