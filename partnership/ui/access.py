"""How a view asks whether somebody may: by a permission of some app's `rules.py`, and by nothing else."""

from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied


def refuse_without(permission: str, user: Any, of: Any = None) -> None:
    """Raises PermissionDenied (403) unless the person has the permission, for the thing `of` where it is about one.

    What a person may not know of is absent instead (404): the view looks it up by `visible_to` and the like first.
    """
    if not rules.has_perm(permission, user, of):
        raise PermissionDenied


def needs_permission(permission: str):
    """Guards a view: whoever lacks the permission gets 403. The page is known to exist, the role is missing."""

    def guard(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            refuse_without(permission, request.user)
            return view(request, *args, **kwargs)

        return guarded

    return guard
