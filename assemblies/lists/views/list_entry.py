"""A person joins a list by hand, changes on it, leaves it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.lists.actions import list_entry
from assemblies.lists.forms.list_entry import AddForm, ChangeForm
from assemblies.lists.views.listed import listed, posted, trail_of
from assemblies.meetings.named import caption
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale


def manage_list_add(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    form = AddForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            entry = list_entry.add(invitation_list=invitation_list, by=request.user, person=form.person)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{entry.name} is on the list.")
            return redirect("manage_list", slug, place)
    context = {"list": invitation_list, "meeting": invitation_list.meeting, "form": form}
    return render(request, "lists/add.html", context)


def manage_list_entry(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    entry = get_object_or_404(invitation_list.entries.all(), pk=pk)
    entry.list = invitation_list
    name, differences = entry.name, []
    form = ChangeForm(posted(request), initial=ChangeForm.initial_of(entry))
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            list_entry.change(entry=entry, by=request.user, person=form.person, revision=revision)
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{entry.name} is saved.")
            return redirect("manage_list", slug, place)
    context = {
        "list": invitation_list,
        "meeting": invitation_list.meeting,
        "entry": entry,
        "name": name,
        "differences": differences,
        "form": form,
    }
    return render(request, "lists/entry.html", context)


def manage_list_remove(request: HttpRequest, slug: str, place: str, pk: int) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    entry = invitation_list.entries.filter(pk=pk).first()
    if entry is None:
        if request.method == "POST":  # submitted twice: they have left already
            return redirect("manage_list", slug, place)
        entry = get_object_or_404(invitation_list.entries.all(), pk=pk)
    entry.list = invitation_list
    if request.method == "POST":
        try:
            list_entry.remove(entry=entry, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{entry.name} has been removed from the list.")
        return redirect("manage_list", slug, place)
    who = f"{entry.name}, {entry.organisation}," if entry.organisation else entry.name
    return confirm(
        request,
        question=f"Remove {entry.name} from the list?",
        consequence=f"{who} will not be invited from the list of {invitation_list.place}. They stay on any other list.",
        label="Remove from the list",
        back=reverse("manage_list", args=[slug, place]),
        caption=caption(invitation_list.meeting),
        trail=trail_of(invitation_list),
        section="meetings",
    )
