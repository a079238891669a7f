"""Answering a call for your own organisation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assemblies.meetings.views.managed import posted
from assemblies.voice import call_results
from assemblies.voice.actions import partner_answer
from assemblies.voice.forms.call import AnswerForm
from assemblies.voice.models import CallForViews
from partnership.refusals import Refusal


def call_answer(request: HttpRequest, pk: int, partner: str) -> HttpResponse:
    rows = CallForViews.objects.visible_to(request.user).select_related("meeting__board", "seat__board", "opened_by")
    call = get_object_or_404(rows, pk=pk)
    mine = call_results.own_partners(call, request.user)
    own, answer = next((each for each in mine if each[0].slug == partner), (None, None))
    if own is None:
        raise Http404
    if not call.is_open():
        messages.info(request, "This call is closed, so answers can no longer be changed.")
        return redirect(call)
    topics = list(call.topics.select_related("item__closure"))
    form = AnswerForm(posted(request), call=call, topics=topics, answer=answer)
    theirs = None
    if form.is_valid():
        given = {"named": form.cleaned_data["named"], "seen": form.cleaned_data["seen"], "views": form.views()}
        try:
            partner_answer.give(call=call, partner=own, by=request.user, **given)
        except Refusal as refusal:
            form.refuse(refusal)
            theirs = answer
            form.data = form.data.copy()
            form.data["seen"] = theirs.revision if theirs else 0
        else:
            messages.success(
                request, f"Thank you. We have the answer from {own}. You can change it until the call closes."
            )
            return redirect(call)
    context = {"form": form, "call": call, "partner": own, "answer": answer, "theirs": theirs}
    return render(request, "voice/answer.html", context)
