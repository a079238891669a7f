"""The words of the trade in plain words, for everybody; staff keep the list."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.boards.actions import jargon as actions
from partnership.boards.forms.induction import JargonForm
from partnership.boards.models import JargonTerm
from partnership.ui.access import staff_only
from partnership.ui.page_cache import cache_page_until_changed


@login_not_required
@require_safe
@cache_page_until_changed
def jargon(request: HttpRequest) -> HttpResponse:
    return render(request, "boards/jargon.html", {"section": "boards", "entries": JargonTerm.objects.public()})


@staff_only
def jargon_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@staff_only
def jargon_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(JargonTerm.objects.public(), pk=pk))


@staff_only
def jargon_remove(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(JargonTerm.objects.public(), pk=pk)
    if request.method == "POST":
        actions.remove(entry=entry, by=request.user)
        messages.success(request, f"“{entry.term}” is removed.")
        return redirect("jargon")
    context = {
        "question": f"Remove “{entry.term}” from the jargon list?",
        "consequence": "Everybody sees the list without it. Nobody is told.",
        "confirm_label": "Remove it",
        "back_url": "/jargon/",
        "parent": "Jargon",
        "parent_url": "/jargon/",
    }
    return render(request, "components/confirm.html", context)


def _edit(request: HttpRequest, entry: JargonTerm | None) -> HttpResponse:
    heading = f"Edit “{entry.term}”" if entry else "Explain a word"
    form = JargonForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        saved = actions.save(entry=entry, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{saved.term}” is saved.")
        return redirect("jargon")
    context = {"section": "boards", "form": form, "heading": heading, "entry": entry}
    return render(request, "boards/jargon_form.html", context)
