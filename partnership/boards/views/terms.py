"""A board's terms of reference, every version of them, in public; staff add the next."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards.actions import terms as actions
from partnership.boards.forms.terms import TermsForm
from partnership.boards.models import Board
from partnership.files import sending
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions, with what changed in each; the newest first."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    in_force = board.terms.in_force(timezone.localdate()).first()
    context = {"section": "boards", "board": board, "in_force": in_force}
    context["page"] = page_of(board.terms.defer("text"), request)
    return render(request, "boards/terms.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
def terms_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    version = get_object_or_404(board.terms, number=number)
    context = {
        "section": "boards",
        "board": board,
        "version": version,
        "later": board.terms.filter(number__gt=number).order_by("number").first(),
    }
    return render(request, "boards/terms_version.html", context)


@login_not_required
@require_safe
def terms_document(request: HttpRequest, slug: str, number: int) -> FileResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    version = get_object_or_404(board.terms, number=number)
    if not version.file:
        raise Http404
    return sending.stored(version.file, f"terms of reference {board.slug} {number}", "application/pdf")


@needs_permission("boards.edit_board")
def terms_new(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form = TermsForm(request.POST or None, request.FILES or None, is_first=not board.terms.exists())
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.add(board=board, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Version {version.number} is added. Earlier versions stay readable.")
            return redirect("board_terms", slug=slug)
    heading = "Add the terms of reference" if form.is_first else "Add a version of the terms of reference"
    return render(
        request,
        "boards/board_form.html",
        {"section": "boards", "form": form, "board": board, "name": board.name, "heading": heading},
    )
