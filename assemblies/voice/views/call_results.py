"""What was answered: counted, in words, who has not; and the summary a representative makes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assemblies.meetings.views.managed import posted
from assemblies.voice import call_results, summary_draft
from assemblies.voice.actions import topic_summary
from assemblies.voice.actions.call import items_in_sight
from assemblies.voice.forms.call import SummaryForm
from assemblies.voice.models import CallForViews, CallTopic, TopicView
from partnership.refusals import Refusal
from partnership.ui.pages import page_of
from places.footprint.models import Place


@require_safe
def call_views(request: HttpRequest, pk: int) -> HttpResponse:
    call, speaks = _read(request, pk)
    context = {
        "call": call,
        "speaks": speaks,
        "results": call_results.results_of(call),
        "progress": call_results.progress(call),
    }
    context |= {
        "is_ahead": topic_summary.is_ahead(call.meeting) and not call.is_about_purpose,
        "stances": [stance.label for stance in call.stances],
    }
    return render(request, "voice/call_results.html", context)


@require_safe
def call_silent(request: HttpRequest, pk: int) -> HttpResponse:
    call, _ = _read(request, pk)
    page = page_of(call_results.silent(call).prefetch_related("places"), request)
    return render(request, "voice/silent.html", {"call": call, "page": page})


@require_safe
def call_topic(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """The words on one topic; narrowed to a stance, a place or a group of people by the address."""
    call, speaks = _read(request, pk)
    topic = _topic(call, position)
    stance = request.GET.get("stance", "")
    place = _chosen(Place.objects.visible_to(request.user), request, "place")
    group = _chosen(call_results.groups_of(call), request, "group")
    if stance not in TopicView.Stance.values:
        stance = ""
    rows = call_results.words_on(topic, stance=stance, place=place and place.pk, group=group and group.pk)
    narrowed = [str(each) for each in (stance and TopicView.Stance(stance).label, place, group) if each]
    context = {"call": call, "topic": topic, "page": page_of(rows, request), "narrowed": narrowed, "speaks": speaks}
    return render(request, "voice/topic.html", context)


def call_summary(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Edits the draft of a summary, and attaches it as a paper."""
    call, speaks = _read(request, pk)
    if not speaks:
        raise PermissionDenied
    if call.is_about_purpose:  # its result stands with the purpose, by itself
        raise Http404
    topic = _topic(call, position)
    known = getattr(topic, "summary", None)
    items = [] if topic.item else items_in_sight(call.meeting)
    form = SummaryForm(
        posted(request), initial={"text": known.text if known else summary_draft.draft(topic)}, items=items
    )
    if form.is_valid():
        try:
            made = topic_summary.attach(topic=topic, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            assert made.paper is not None
            on_agenda = made.paper.agenda_items.exists()
            where = "It is on the draft agenda, which the chair will publish." if on_agenda else "Staff will add it."
            messages.success(request, f"“{made.paper.title}” is now a paper. {where}")
            return redirect("call_views", pk)
    context = {"form": form, "call": call, "topic": topic, "known": known}
    return render(request, "voice/summary.html", context)


def _read(request: HttpRequest, pk: int) -> tuple[CallForViews, bool]:
    """The call, and whether the person holds its seat: staff read along, without the names of those who answered."""
    rows = (
        CallForViews.objects.visible_to(request.user)
        .read_by(request.user)
        .select_related("meeting__board", "seat__board", "opened_by")
    )
    call = get_object_or_404(rows, pk=pk)
    return call, rows.held_by(request.user).filter(pk=pk).exists()


def _topic(call: CallForViews, position: int) -> CallTopic:
    topic = call.topics.filter(position=position).select_related("item__closure", "summary__paper").first()
    if topic is None:
        raise Http404
    topic.call = call
    return topic


def _chosen(rows, request: HttpRequest, name: str):
    """The row the address names by number; none where it names nothing that is there."""
    number = request.GET.get(name, "")
    return rows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() and len(number) < 10 else None
