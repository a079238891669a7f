"""Pages only the partnership's staff may open."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def staff_only(view):
    """Anyone signed in who is not staff gets 403: the page is known to exist, the role is missing."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
