"""Marking an agenda item as changed by members' input, and taking a mark back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import posted, row_of
from assemblies.voice.actions import input_mark
from assemblies.voice.forms.call import MarkForm, TakeBackForm
from assemblies.voice.models.call import seats_of
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm


def input_mark_new(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _marked(request, slug)
    item = row_of(input_mark.items_to_mark(meeting), pk)
    form = MarkForm(posted(request))
    if form.is_valid():
        seat = seats_of(request.user).filter(board__in=boards_of(meeting)).order_by("is_chair", "position").first()
        try:
            input_mark.mark(item=item, by=request.user, seat=seat, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{item.title}” is marked as changed by members’ input.")
            return redirect(f"{meeting.get_absolute_url()}#agenda")
    return render(request, "voice/mark_new.html", {"form": form, "meeting": meeting, "item": item})


def input_mark_take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _marked(request, slug)
    mark = row_of(input_mark.marks_on(meeting), pk)
    form = TakeBackForm(posted(request))
    if form.is_valid():
        input_mark.take_back(mark=mark, by=request.user, **form.cleaned_data)
        messages.success(request, "The mark has been withdrawn. People can still read it, with your reason.")
        return redirect(f"{meeting.get_absolute_url()}#agenda")
    return confirm(
        request,
        question=f"Withdraw the mark on “{mark.item.title}”?",
        consequence=f"“{mark.how}” is struck through beside the item, followed by your reason.",
        form=form,
        back=f"{meeting.get_absolute_url()}#agenda",
        trail=[(meeting.title, meeting.get_absolute_url())],
        section="meetings",
    )


def _marked(request: HttpRequest, slug: str) -> Meeting:
    """The meeting, for staff and holders of its board's seats. Others who may see it are refused."""
    rows = Meeting.objects.visible_to(request.user).select_related("board")
    meeting = get_object_or_404(rows, slug=slug)
    if meeting.state == Meeting.State.DRAFT:
        raise Http404
    refuse_without("voice.mark_items", request.user, meeting)
    return meeting
