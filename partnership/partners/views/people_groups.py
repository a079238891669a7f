"""Staff keep the list of groups of people: add one, rename it, make two one, take one off that nothing names."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from partnership.partners.actions import people_group as actions
from partnership.partners.forms.people_group import MergeGroupForm, PeopleGroupForm
from partnership.partners.models import PeopleGroup
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of
from partnership.ui.templatetags.portal import plural

HERE: dict[str, Any] = {
    "section": "partners",
    "trail": [("Partners", reverse_lazy("partners")), ("Groups of people", reverse_lazy("people_groups"))],
}


@needs_permission("partners.edit_groups")
@require_safe
def people_groups(request: HttpRequest) -> HttpResponse:
    rows = PeopleGroup.objects.visible_to(request.user)
    page = page_of(rows.with_uses(), request, count=rows.count())
    return render(request, "partners/people_groups.html", {"section": "partners", "page": page})


@needs_permission("partners.edit_groups")
def people_group_new(request: HttpRequest) -> HttpResponse:
    form = PeopleGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{added}” is on the list. Organisations and seats can name it now.")
            return redirect("people_groups")
    context = HERE | {"form": form, "heading": "Add a group of people"}
    return render(request, "partners/people_group_form.html", context)


@needs_permission("partners.edit_groups")
def people_group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    group = _counted(request, pk)
    form = PeopleGroupForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.rename(group=group, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{saved}” is saved.")
            return redirect("people_groups")
    context = HERE | {"form": form, "group": group, "heading": f"Rename “{group}”", "used_by": _used_by(group)}
    return render(request, "partners/people_group_form.html", context)


@needs_permission("partners.edit_groups")
def people_group_merge(request: HttpRequest, pk: int) -> HttpResponse:
    group = _counted(request, pk)
    form = MergeGroupForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            into = actions.merge(group=group, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{group}” is now part of “{into}”.")
            return redirect("people_groups")
    return confirm(
        request,
        question=f"Merge “{group}” into another group?",
        consequence=f"{_used_by(group)} it now. They will use the other group instead, and “{group}” leaves the list. You "
        "cannot undo this. Nobody is emailed.",
        form=form,
        back=reverse("people_groups"),
        **HERE,
    )


@needs_permission("partners.edit_groups")
def people_group_remove(request: HttpRequest, pk: int) -> HttpResponse:
    group = _counted(request, pk)
    if group.is_used:
        messages.error(request, f"“{group}” cannot be removed: {_used_by(group)} it. You can merge it instead.")
        return redirect("people_group_merge", pk)
    if request.method == "POST":
        try:
            actions.remove(group=group, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"“{group}” has been removed from the list.")
        return redirect("people_groups")
    return confirm(
        request,
        question=f"Remove “{group}”?",
        consequence="No organisation or seat uses this group. Nobody can choose it any more. Nobody is emailed.",
        label="Remove it",
        back=reverse("people_groups"),
        **HERE,
    )


def _counted(request: HttpRequest, pk: int) -> PeopleGroup:
    return get_object_or_404(PeopleGroup.objects.visible_to(request.user).with_uses(), pk=pk)


def _used_by(group: PeopleGroup) -> str:
    """Returns "3 organisations and 1 seat use", to be followed by what they use."""
    counts = [(group.partner_count, "organisation", "organisations"), *group.other_uses]
    found = [plural(count, f"{one},{many}") for count, one, many in counts if count]
    verb = "uses" if sum(count for count, *_ in counts) == 1 else "use"
    return f"{' and '.join(found)} {verb}" if found else "Nothing uses"
