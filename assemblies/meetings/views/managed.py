"""Finds the meeting for each manage page: 404 for those with nothing to do there, 403 for the wrong role."""

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from assemblies.meetings.models import Meeting
from partnership.ui.access import refuse_without


def managed(request: HttpRequest, slug: str, perm: str = "meetings.organise") -> Meeting:
    """Returns the meeting. Raises Http404 unless the person manages some of it, PermissionDenied without `perm`."""
    meeting = get_object_or_404(Meeting.objects.editable_by(request.user).with_boards(), slug=slug)
    refuse_without(perm, request.user, meeting)
    return meeting


def row_of(rows, pk: int):
    """Returns the row of a meeting's own rows. Raises Http404."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """Returns the answers, empty ones too, where a form was sent; otherwise nothing, so that the form is fresh."""
    return request.POST if request.method == "POST" else None
