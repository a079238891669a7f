"""Downloads of a meeting's documents."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.reading import readable
from assemblies.papers.actions import opening
from partnership.accounts.rules import is_partnership_staff
from partnership.files import sending


@login_not_required
@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A released document; to those who prepare the meeting also one that is not released yet. Of one that was withdrawn
    from view everybody but staff reads why, and nobody a word of the file. One that is closed to the public is there for those
    who may read it, and the portal writes down that they opened it.

    Its name is made from its title, never from the file that was sent; a browser may show only what cannot act.
    """
    meeting = get_object_or_404(readable(request), slug=slug)
    found = get_object_or_404(meeting.documents.readable_by(request.user).with_closures(), pk=pk)
    if found.withdrawn_because and not is_partnership_staff(request.user):
        return render(request, "papers/document_withdrawn.html", {"meeting": meeting, "document": found}, status=410)
    is_public = meeting.state != Meeting.State.DRAFT and found.released_at and not found.withdrawn_at
    if not is_public and not Meeting.objects.editable_by(request.user).filter(pk=meeting.pk).exists():
        raise Http404
    if found.is_closed:
        opening.record(paper=found, by=request.user)
    return sending.stored(found.file, found.title, found.content_type, found.extension)
