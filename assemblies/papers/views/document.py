"""Downloads of a meeting's documents."""

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.reading import readable
from assemblies.meetings.rules import may_manage
from assemblies.papers.actions import opening
from assemblies.papers.views.gone import instead_of_file
from partnership.files import sending


@login_not_required
@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A released document; to staff and chairs, who read the draft of the agenda, also one that is not released yet.

    Of one that was withdrawn from view people read why, and nobody but staff, the chair and who wrote it a word of the file. One
    that is closed to the public is there for those who may read it, and the portal writes down that they opened it. A PDF is
    opened by nobody before it is checked.

    Its name is made from its title, never from the file that was sent; a browser may show only what cannot act.
    """
    meeting = get_object_or_404(readable(request), slug=slug)
    rows = meeting.documents.readable_by(request.user).with_closures().select_related("closure", "pdf_check")
    found = get_object_or_404(rows, pk=pk)
    found.meeting = meeting
    if found.is_being_checked or found.is_refused:
        raise Http404
    if answer := instead_of_file(request, found):
        return answer
    is_out = found.released_at and (found.withdrawn_at is None or found.withdrawn_because)
    if not is_out and not rules.has_perm("papers.read_draft_agenda", request.user, meeting):
        raise Http404
    if meeting.state == Meeting.State.DRAFT and not may_manage(request.user, meeting):
        raise Http404
    if found.is_closed:
        opening.record(paper=found, by=request.user)
    return sending.stored(found.file, found.title, found.content_type, found.extension)
