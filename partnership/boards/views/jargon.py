"""Jargon in plain words, for everybody; staff keep the list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership.boards.actions import jargon as actions
from partnership.boards.forms.induction import JargonForm
from partnership.boards.models import JargonTerm
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm


@login_not_required
@require_safe
@cache_page_until_changed
def jargon(request: HttpRequest) -> HttpResponse:
    return render(request, "boards/jargon.html", {"section": "boards", "entries": JargonTerm.objects.public()})


@needs_permission("boards.edit_jargon")
def jargon_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@needs_permission("boards.edit_jargon")
def jargon_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(JargonTerm.objects.public(), pk=pk))


@needs_permission("boards.edit_jargon")
def jargon_remove(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(JargonTerm.objects.public(), pk=pk)
    if request.method == "POST":
        actions.remove(entry=entry, by=request.user)
        messages.success(request, f"“{entry.term}” is removed.")
        return redirect("jargon")
    back = reverse("jargon")
    return confirm(
        request,
        question=f"Remove “{entry.term}” from the jargon list?",
        consequence="It goes from the public list at once. Nobody is emailed.",
        label="Remove it",
        back=back,
        trail=[("Jargon", back)],
        section="boards",
    )


def _edit(request: HttpRequest, entry: JargonTerm | None) -> HttpResponse:
    heading = f"Edit “{entry.term}”" if entry else "Add a word"
    form = JargonForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save(entry=entry, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{saved.term}” is saved.")
            return redirect("jargon")
    context = {"section": "boards", "form": form, "heading": heading, "entry": entry}
    return render(request, "boards/jargon_form.html", context)
