"""Which items of the plan are withheld from a person with an interest in them: an app that comes later says it here."""

from collections.abc import Callable

Says = Callable[..., frozenset[int]]

_says: list[Says] = []


def says(function: Says) -> Says:
    """Registers what gives, for a user, the ids of the items of whose closed matter they read nothing."""
    _says.append(function)
    return function


def plans_withheld_from(user) -> frozenset[int]:
    """Returns the ids of the items of which the person reads only what everybody may: none for most people."""
    return frozenset().union(*(function(user) for function in _says))
