"""Checking people in, on a phone or tablet: find, check in, let in."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.views.organiser import meeting_of_organiser
from assemblies.registrations.actions import attendance
from assemblies.registrations.forms.door import FindPersonForm, WalkInForm
from assemblies.registrations.models import Registration
from assemblies.registrations.rules import no_check_in_because
from partnership.refusals import Refusal

AT_THE_DOOR = ["registered", "attended", "absent", "held", "offered", "waiting"]
SHOWN = 50


def _closed_because(meeting: Meeting) -> str:
    return no_check_in_because(meeting, timezone.localdate())


def _found(meeting: Meeting, words: str):
    people = meeting.registrations.filter(state__in=AT_THE_DOOR).select_related("place").order_by("name", "email")
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(organisation__icontains=word) | Q(email__icontains=word))
    return people


@require_safe
def door(request, slug: str):
    """Search by name, organisation or address; one button for each person."""
    meeting = meeting_of_organiser(request.user, slug)
    find = FindPersonForm(request.GET)
    words = find.cleaned_data["q"] if find.is_valid() else ""
    people = list(_found(meeting, words)[: SHOWN + 1])
    context = {
        "meeting": meeting,
        "words": words,
        "people": people[:SHOWN],
        "more": len(people) > SHOWN,
        "here": meeting.registrations.filter(state=Registration.State.ATTENDED).count(),
        "expected": meeting.registrations.coming().count(),
        "closed_because": _closed_because(meeting),
    }
    return render(request, "registrations/door/check_in.html", context)


@require_POST
def check_in(request, slug: str, pk: int):
    """Checks the person in, or takes it back when the button said "undo"; then shows the list without a search."""
    meeting = meeting_of_organiser(request.user, slug)
    person = get_object_or_404(meeting.registrations.all(), pk=pk)
    act = attendance.undo_check_in if request.POST.get("undo") else attendance.check_in
    try:
        act(registration=person, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        said = "is no longer checked in" if request.POST.get("undo") else "is checked in"
        messages.success(request, f"{person.name} {said}.")
    return redirect(f"{reverse('manage_door', args=[slug])}")


@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request, slug: str):
    """Lets in somebody who came without a place."""
    meeting = meeting_of_organiser(request.user, slug)
    form = WalkInForm(request.POST or None, meeting=meeting)
    if form.is_valid():
        try:
            person = attendance.walk_in(
                meeting=meeting, details=attendance.WalkIn(**form.cleaned_data), by=request.user
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{person.name} is checked in.")
            return redirect("manage_door", slug=slug)
    return render(
        request,
        "registrations/door/walk_in.html",
        {"meeting": meeting, "form": form, "closed_because": _closed_because(meeting)},
    )
