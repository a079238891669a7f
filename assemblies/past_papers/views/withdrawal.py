"""Withdrawing a past paper, deciding on it as the second person, and deleting its file."""

from functools import partial

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assemblies.papers.forms.withdrawal import WithdrawForm
from assemblies.papers.views import deciding
from assemblies.papers.views.acting import act
from assemblies.past_papers.actions import past_paper as papers
from assemblies.past_papers.actions import withdrawal as actions
from assemblies.past_papers.models import PastPaper, PastPaperWithdrawal
from assemblies.past_papers.rules import chairs_its_board
from assemblies.past_papers.views.past_paper import paper_of, trail_of
from partnership.dates import day
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm

WITHDRAW = "past_papers.withdraw_paper"


def past_paper_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """At once: what must not be read cannot wait."""
    paper = _managed(request, slug, pk)
    known = paper.withdrawals.in_force().first()
    if known and request.method != "POST":
        return redirect(known)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.withdraw(paper=paper, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{paper.title}” is {'withdrawn' if made.is_final else 'out of view'}.")
            return redirect(made)
    return _confirm(
        request,
        paper,
        question=f"Withdraw “{paper.title}”?",
        consequence=_consequence(request.user, paper),
        form=form,
        back=paper.meeting.get_absolute_url(),
    )


def _consequence(user, paper: PastPaper) -> str:
    gone = "Nobody can open it from now on, and nobody finds it. People see its title and your reason instead."
    others = PastPaper.objects.visible_to(user).in_view().filter(sha256=paper.sha256).exclude(pk=paper.pk)
    if also := [str(each.meeting) for each in others.select_related("meeting__board")]:
        gone += f" The same file stays in view as a paper of: {'; '.join(also)}."
    if chairs_its_board(user, paper):
        return f"{gone} Only staff and you can still open the file."
    return f"{gone} {deciding.second_decides(paper.meeting.board)}"


def past_paper_withdrawal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who asked, who decided, who had opened it; and what may be done now."""
    paper = _managed(request, slug, pk)
    found = paper.withdrawals.select_related("asked_by", "decided_by").first()
    if found is None and not paper.withdrawn_because:
        raise Http404
    context = {
        "paper": paper,
        "withdrawal": found,
        "decides": rules.has_perm("past_papers.decide_withdrawal", request.user, found),
        "confirm_url": reverse("past_paper_withdrawal_confirm", args=[slug, pk]),
        "back_url": reverse("past_paper_withdrawal_back", args=[slug, pk]),
        "is_gone": paper.withdrawn_at and not (found and found.is_held),
        "erases": paper.withdrawn_by_id != request.user.pk,
        "openings": paper.openings.select_related("person")[:500] if paper.members_only else (),
        "trail": trail_of(paper),
        "section": "boards",
    }
    return render(request, "past_papers/withdrawal.html", context)


def past_paper_withdrawal_confirm(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _found(request, slug, pk)
    return deciding.confirm_withdrawal(
        request,
        found,
        partial(_confirm, request, found.paper, back=found.get_absolute_url()),
        actions.confirm,
        perm="past_papers.decide_withdrawal",
        title=str(found),
        consequence="You cannot undo this.",
    )


def past_paper_withdrawal_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _found(request, slug, pk)
    return deciding.bring_back(
        request,
        found,
        partial(_confirm, request, found.paper, back=found.get_absolute_url()),
        actions.bring_back,
        perm="past_papers.decide_withdrawal",
        title=str(found),
        consequence="Everybody who could read it can read and find it again, at the same address.",
    )


def past_paper_erase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The second step after a withdrawal: the file itself goes."""
    paper = _managed(request, slug, pk)
    if request.method == "POST":
        act(request, f"The file of “{paper.title}” is deleted.", papers.erase, paper=paper)
        return redirect(paper.meeting)
    if paper.withdrawn_at is None or not paper.file or paper.withdrawals.held().exists():
        return redirect(paper.meeting)
    return _confirm(
        request,
        paper,
        question=f"Delete the file of “{paper.title}” for good?",
        consequence="Nobody can open it any more, staff and the chair included. Its title, its day and why it was withdrawn "
        "stay. Copies in backups go with the backups.",
        label="Delete the file",
        back=paper.meeting.get_absolute_url(),
    )


def _managed(request: HttpRequest, slug: str, pk: int) -> PastPaper:
    """The paper, for those who withdraw papers of its board."""
    paper = paper_of(request, slug, pk)
    refuse_without(WITHDRAW, request.user, paper)
    return paper


def _found(request: HttpRequest, slug: str, pk: int) -> PastPaperWithdrawal:
    """The last withdrawal of the paper."""
    paper = _managed(request, slug, pk)
    found = paper.withdrawals.select_related("paper__meeting__board", "asked_by").first()
    if found is None:
        raise Http404
    return found


def _confirm(request: HttpRequest, paper: PastPaper, **words) -> HttpResponse:
    caption = f"{paper.meeting.board}, {day(paper.meeting.held_on)}"
    return confirm(request, caption=caption, trail=trail_of(paper), section="boards", **words)
