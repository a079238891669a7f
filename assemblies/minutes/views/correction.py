"""Corrections: proposed by those who were there, answered by staff or the chair."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assemblies.meetings.named import manage_trail
from assemblies.meetings.views.managed import posted
from assemblies.minutes.actions import correction as actions
from assemblies.minutes.forms.correction import AnswerForm, CorrectionForm
from assemblies.minutes.models import Minutes
from assemblies.minutes.seen_minutes import seen_items
from assemblies.minutes.views.found import minutes_of, seen_versions, worked_on
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without


def correction_new(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    """For those who were there, while the minutes are circulated; afterwards it says why not."""
    minutes = minutes_of(Minutes.objects.visible_to(request.user), slug, board)
    refuse_without("minutes.correct", request.user, minutes)
    versions = seen_versions(request, minutes)
    if not versions:
        raise Http404
    version = versions[0]
    items = seen_items(version, request.user)
    asked = request.GET.get("item", "")
    form = CorrectionForm(posted(request), items=items, initial={"item": asked if asked.isdecimal() else ""})
    if form.is_valid():
        about = version.items.filter(pk=form.cleaned_data["item"]).first() if form.cleaned_data["item"] else None
        try:
            actions.propose(minutes=minutes, by=request.user, text=form.cleaned_data["text"], item=about)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, "Your correction is with staff and the chair. You will get an email when it is answered."
            )
            return redirect(version.get_absolute_url())
    context = {"minutes": minutes, "meeting": minutes.meeting, "version": version, "form": form}
    return render(request, "minutes/correction.html", context)


def correction_answer(request: HttpRequest, slug: str, board: str, pk: int) -> HttpResponse:
    minutes = worked_on(request, slug, board)
    correction = get_object_or_404(minutes.newest.corrections.select_related("by", "item"), pk=pk)
    form = AnswerForm(posted(request))
    if form.is_valid():
        accepted = form.cleaned_data["outcome"] == AnswerForm.ACCEPT
        try:
            actions.answer(correction=correction, by=request.user, accepted=accepted, words=form.cleaned_data["words"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                "Your answer is sent." if not accepted else "Your answer is sent. Change the text if you have not.",
            )
            return redirect(minutes.work_url)
    context = {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "correction": correction,
        "form": form,
        "trail": [*manage_trail(minutes.meeting), ("Minutes", minutes.work_url)],
    }
    return render(request, "minutes/answer.html", context)
