"""One old paper: the file, what it is called, and its withdrawal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assemblies.papers.forms.withdrawal import WithdrawForm
from assemblies.past_papers.actions import opening
from assemblies.past_papers.actions import past_paper as actions
from assemblies.past_papers.forms.papers import EVERYBODY, MEMBERS, PastPaperForm
from assemblies.past_papers.models import PastPaper
from partnership.accounts.rules import is_partnership_staff
from partnership.dates import day
from partnership.files import sending
from partnership.files.kinds import PDF
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of


@login_not_required
@require_safe
def past_paper(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file, for who may read it; the portal writes down who opens one that is for members alone. Of one that was withdrawn
    everybody but staff reads why; of one whose import was undone, nobody a word of what it was."""
    paper = _paper(request, slug, pk)
    if paper.withdrawn_at and not (paper.file and is_partnership_staff(request.user)):
        return render(request, "past_papers/withdrawn.html", {"paper": paper, "section": "boards"}, status=410)
    if paper.members_only:
        opening.record(paper=paper, by=request.user)
    name = f"{paper.meeting.board.name} {paper.meeting.held_on} {paper.title}"
    return sending.stored(paper.file, name, PDF.content_type, PDF.extension)


def past_paper_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    paper = _paper(request, slug, pk)
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
    context = {"form": form, "paper": paper, "openings": page_of(openings, request), "trail": _trail(paper)}
    context["section"] = "boards"
    return render(request, "past_papers/edit.html", context)


def past_paper_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """At once: what must not be read cannot wait."""
    paper = _paper(request, slug, pk)
    refuse_without("past_papers.withdraw_paper", request.user, paper)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw(paper=paper, by=request.user, because=form.cleaned_data["because"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{paper.title}” is withdrawn.")
            return redirect(paper.meeting)
    return confirm(
        request,
        question=f"Withdraw “{paper.title}”?",
        consequence="Nobody can open it from now on, and nobody finds it. People see your reason instead. Only staff can still "
        "open the file.",
        form=form,
        back=paper.meeting.get_absolute_url(),
        caption=f"{paper.meeting.board}, {day(paper.meeting.held_on)}",
        trail=_trail(paper),
        section="boards",
    )


def past_paper_erase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The second step after a withdrawal: the file itself goes."""
    paper = _paper(request, slug, pk)
    refuse_without("past_papers.edit_paper", request.user, paper)
    if request.method == "POST":
        try:
            actions.erase(paper=paper, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"The file of “{paper.title}” is deleted.")
        return redirect(paper.meeting)
    if paper.withdrawn_at is None or not paper.file:
        return redirect(paper.meeting)
    return confirm(
        request,
        question=f"Delete the file of “{paper.title}” for good?",
        consequence="Nobody can open it any more, staff included. Its title, its day and why it was withdrawn stay. Copies in "
        "backups go with the backups.",
        label="Delete the file",
        back=paper.meeting.get_absolute_url(),
        caption=f"{paper.meeting.board}, {day(paper.meeting.held_on)}",
        trail=_trail(paper),
        section="boards",
    )


def _paper(request: HttpRequest, slug: str, pk: int) -> PastPaper:
    papers = PastPaper.objects.visible_to(request.user).select_related("meeting__board")
    return get_object_or_404(papers, meeting__board__slug=slug, pk=pk)


def _trail(paper: PastPaper) -> list[tuple[str, str]]:
    board = paper.meeting.board
    return [
        ("Boards", reverse("boards")),
        (board.name, board.get_absolute_url()),
        ("Past meetings", reverse("past_meetings", args=[board.slug])),
        (day(paper.meeting.held_on), paper.meeting.get_absolute_url()),
    ]
