"""One old paper: the file, and what it is called."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assemblies.past_papers.actions import opening
from assemblies.past_papers.actions import past_paper as actions
from assemblies.past_papers.forms.papers import EVERYBODY, MEMBERS, PastPaperForm
from assemblies.past_papers.models import PastPaper
from partnership.dates import day
from partnership.files import sending
from partnership.files.kinds import PDF
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.pages import page_of


@login_not_required
@require_safe
def past_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file, for who may read it; the portal writes down who opens one that is for members alone. Of one that was withdrawn
    everybody but staff and the chair reads why; of one whose import was undone, nobody a word of what it was."""
    paper = paper_of(request, slug, pk)
    withdraws = paper.withdrawn_at and rules.has_perm("past_papers.withdraw_paper", request.user, paper)
    if paper.withdrawn_at and not (paper.file and withdraws):
        known = paper.withdrawals.in_force().first()
        context = {
            "paper": paper,
            "withdrawal": known,
            "is_erased": not paper.file,
            "manages": withdraws,
            "section": "boards",
        }
        return render(request, "past_papers/withdrawn.html", context, status=410)
    if paper.members_only:
        opening.record(paper=paper, by=request.user)
    name = f"{paper.meeting.board.name} {paper.meeting.held_on} {paper.title}"
    return sending.stored(paper.file, name, PDF.content_type, PDF.extension)


def past_paper_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    paper = paper_of(request, slug, pk)
    refuse_without("past_papers.edit_paper", request.user, paper)
    readers = MEMBERS if paper.members_only else EVERYBODY
    form = PastPaperForm(request.POST or None, initial={"title": paper.title, "kind": paper.kind, "readers": readers})
    if request.method == "POST" and form.is_valid():
        try:
            actions.describe(paper=paper, by=request.user, **form.facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved.")
            return redirect(paper.meeting)
    openings = paper.openings.select_related("person")
    context = {"form": form, "paper": paper, "openings": page_of(openings, request), "trail": trail_of(paper)}
    context["section"] = "boards"
    return render(request, "past_papers/edit.html", context)


def paper_of(request: HttpRequest, slug: str, pk: int) -> PastPaper:
    """The paper, or 404 where the person may not know of it."""
    papers = PastPaper.objects.visible_to(request.user).select_related("meeting__board")
    return get_object_or_404(papers, meeting__board__slug=slug, pk=pk)


def trail_of(paper: PastPaper) -> list[tuple[str, str]]:
    """The pages above it, each with its address."""
    board = paper.meeting.board
    return [
        ("Boards", reverse("boards")),
        (board.name, board.get_absolute_url()),
        ("Past meetings", reverse("past_meetings", args=[board.slug])),
        (day(paper.meeting.held_on), paper.meeting.get_absolute_url()),
    ]
