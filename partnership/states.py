"""The only writes to a state: `move` one thing, `move_all` of a queryset, `enter` for a locked row that is saved after.

Each app's `states.py` says, for each of its models that has states, which may follow which (`TRANSITIONS`), which a
new row may have (`STARTS`) and who moves it on (`OWNERS`).
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from django.apps import apps
from django.db import models

from partnership.refusals import Refusal


class Owner(StrEnum):
    """Who moves a thing on from a state."""

    STAFF = "staff"
    CHAIR = "the chair"
    LEAD = "the lead of the place"
    PERSON = "the person it is about"
    AUTHOR = "the author of the report"
    HOLDER = "who holds the step"
    PARTNER = "the partner that is asked"
    CLOCK = "the clock"
    WORKER = "a worker"
    NOBODY = "nobody"  # it is at its end


class Stateful(Protocol):
    """A row of a model that has states, whose `State` names them."""

    pk: Any
    state: Any


@cache
def transitions(model: type[Any]) -> Mapping[str, set[str]]:
    """Returns which states may follow each state of the model."""
    return _said_of(model, "TRANSITIONS")


@cache
def starts(model: type[Any]) -> set[str]:
    """Returns the states in which a new row of the model may begin."""
    return _said_of(model, "STARTS")


def _said_of(model: type[Any], what: str) -> Any:
    app = apps.get_containing_app_config(model.__module__)
    assert app is not None, f"{model.__module__} is in no app"
    return getattr(import_module(f"{app.name}.states"), what)[model]


def allowed(thing: Stateful, to: str) -> bool:
    """Whether the thing may go from the state it is in to the state `to`."""
    return to in transitions(type(thing))[thing.state]


def check(thing: Stateful, to: str) -> None:
    """Raises Refusal, in words for the person, when the thing may not go to the state `to`."""
    if not allowed(thing, to):
        model: Any = type(thing)
        label = model.State
        raise Refusal(f"This is already {label(thing.state).label}, so it cannot become {label(to).label}.")


def move(thing: Stateful, to: str, **fields: Any) -> None:
    """Moves the thing to the state `to` and writes the fields, in one UPDATE; nothing else of the thing is written.

    Raises Refusal where the step is not allowed, or where the row is no longer in the state that `thing` says.
    """
    check(thing, to)
    model: Any = type(thing)
    rows = model._base_manager.filter(pk=thing.pk, state=thing.state)  # noqa: SLF001 - the manager that hides no row
    if not rows.update(state=to, **fields):
        raise Refusal("Someone changed this a moment ago. Open the page again to see how it stands.")
    for name, value in {"state": to, **fields}.items():
        setattr(thing, name, value)


def enter(thing: Stateful, to: str) -> None:
    """Sets the state of a thing, unsaved. The caller holds its row's lock, or creates it, and saves it with the rest.

    Raises Refusal where the step is not allowed, ValueError where a new row would not start in one of its `STARTS`.
    """
    if thing.pk:
        check(thing, to)
    elif to not in starts(type(thing)):
        raise ValueError(f"A new {type(thing).__name__} does not start as {to}")
    thing.state = to


def move_all(rows: models.QuerySet[models.Model], to: str, **fields: Any) -> int:
    """Moves those rows that may go to the state `to`, and writes the fields; returns how many. The others stay."""
    may = [state for state, following in transitions(rows.model).items() if to in following]
    return rows.filter(state__in=may).update(state=to, **fields)
