"""Withdrawing a paper that was published in error, deciding on it as the second person, and erasing it."""

from functools import partial

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.rules import chairs
from assemblies.meetings.views.managed import managed, posted
from assemblies.papers import withdrawn
from assemblies.papers.actions import erasure as erasures
from assemblies.papers.actions import withdrawal as actions
from assemblies.papers.forms.withdrawal import WithdrawForm
from assemblies.papers.models import Document, Erasure, Report, Withdrawal
from assemblies.papers.views import deciding
from assemblies.papers.views.acting import act
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm

WITHDRAW = "papers.withdraw"
ALL = ("meeting__board", "report__item__closure", "report__author", "document__closure", "asked_by", "decided_by")


def manage_withdrawals(request: HttpRequest, slug: str) -> HttpResponse:
    """What people can read of the meeting, each with a way to withdraw it, and what was withdrawn."""
    meeting = managed(request, slug, WITHDRAW)
    context = {
        "meeting": meeting,
        "papers": withdrawn.papers_in_view(meeting),
        "withdrawals": meeting.withdrawals.select_related(*ALL).prefetch_related("erasures"),
    }
    return render(request, "papers/withdrawals.html", context)


def manage_report_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A published report with its appendices."""
    meeting = managed(request, slug, WITHDRAW)
    versions = meeting.reports.published().not_withdrawn().select_related("report__item__topic")
    version = versions.filter(report=pk).order_by("-number").first()
    if version is None:
        raise Http404
    return withdraw(request, meeting, version.report, version.text.title)


def withdraw(request: HttpRequest, meeting: Meeting, paper: Report | Document, title: str) -> HttpResponse:
    """Asks why, and takes the paper out of view; leads to what is known of it then."""
    form, back = WithdrawForm(posted(request)), reverse("manage_withdrawals", args=[meeting.slug])
    if form.is_valid():
        try:
            made = actions.withdraw(paper=paper, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(made if made.meeting == meeting else back)
    return confirm(
        request,
        question=f"Withdraw “{title}”?",
        consequence=_consequence(request.user, meeting, paper),
        form=form,
        back=back,
        caption=caption(meeting),
        trail=[*manage_trail(meeting), ("Withdraw a paper", back)],
        section="meetings",
    )


def _consequence(user, meeting: Meeting, paper: Report | Document) -> str:
    whole = " Its appendices and all its versions go with it." if isinstance(paper, Report) else ""
    if isinstance(paper, Document) and paper.same_file_under_another_title().exists():
        whole = " The same file under another title goes with it."
    gone = (
        f"Nobody can open it from now on: not here, not in a pack, not by search or at an old address.{whole} People see "
        "its title and your reason instead. Packs that hold it are made again without it."
    )
    if chairs(user, meeting):
        return f"{gone} We email those who were told of the papers or registered, and ask them to delete copies."
    return f"{gone} {deciding.second_decides(meeting.board)}"


def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asked, who decided, who had opened it, which packs had it; and what may be done now."""
    found = _found(request, pk)
    live = next((each for each in found.erasures.all() if each.state != Erasure.State.REFUSED), None)
    is_closed = withdrawn.is_closed(found)
    context = {
        "withdrawal": found,
        "meeting": found.meeting,
        "files": [each.document for each in found.files.select_related("document__meeting")],
        "versions": withdrawn.versions_of(found),
        "packs": withdrawn.packs_of(found),
        "is_closed": is_closed,
        "openings": withdrawn.openings_of(found)[:500],
        "erasure": live,
        "decides": rules.has_perm("papers.decide_withdrawal", request.user, found),
        "decides_erasure": rules.has_perm("papers.decide_erasure", request.user, live),
        "organises": rules.has_perm("meetings.organise", request.user, found.meeting),
        "opens": rules.has_perm("papers.open_withdrawn", request.user, found),
    }
    return render(request, "papers/withdrawal.html", context)


def withdrawal_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return deciding.confirm_withdrawal(
        request,
        found,
        partial(_confirm, request, found),
        actions.confirm,
        perm="papers.decide_withdrawal",
        title=found.title,
        consequence="We email those who were told of the papers or registered, and ask them to delete copies. You cannot undo "
        "this: a corrected paper comes out as a new one.",
    )


def withdrawal_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return deciding.bring_back(
        request,
        found,
        partial(_confirm, request, found),
        actions.bring_back,
        perm="papers.decide_withdrawal",
        title=found.title,
        consequence="Everybody who could read it can read it again, at the same address. Packs are made again with it.",
    )


def withdrawal_erase(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not found.is_final:
        raise Http404
    if request.method == "POST":
        said = "The chair, or another member of staff, has to confirm it. We have emailed the chair."
        act(request, said, erasures.ask, withdrawal=found)
        return redirect(found)
    return _confirm(
        request,
        found,
        question=f"Erase “{found.title}”?",
        consequence=f"{_erased(found)} This happens when a second person confirms it.",
        label="Ask for it to be erased",
    )


def withdrawal_erase_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    found, erasure = _to_erase(request, pk)
    refuse_without("papers.decide_erasure", request.user, erasure)
    if request.method == "POST":
        act(request, f"“{found.title}” is erased.", erasures.confirm, erasure=erasure)
        return redirect(found)
    return _confirm(
        request,
        found,
        question=f"Erase “{found.title}” for good?",
        consequence=f"{erasure.asked_by} asked for it. {_erased(found)}",
        label="Erase it now",
    )


def withdrawal_erase_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found, erasure = _to_erase(request, pk)
    if erasure.asked_by != request.user:
        refuse_without("papers.decide_erasure", request.user, erasure)
    if request.method == "POST":
        act(request, f"“{found.title}” is kept, out of view.", erasures.refuse, erasure=erasure)
        return redirect(found)
    return _confirm(
        request,
        found,
        question=f"Keep “{found.title}”?",
        consequence="It stays withdrawn. Staff and the chair can still open it.",
        label="Keep it",
        warning=False,
    )


def _erased(found: Withdrawal) -> str:
    words = "its words in all versions, what is being written of it, " if found.report_id else ""
    return (
        f"We delete its file, {words}and the packs that hold it. You cannot undo this. Its title, the reason, the times and the "
        "checksums stay. Backups made until now still hold it until they are deleted."
    )


def _found(request: HttpRequest, pk: int) -> Withdrawal:
    rows = Withdrawal.objects.visible_to(request.user).select_related(*ALL).prefetch_related("erasures__asked_by")
    found = get_object_or_404(rows, pk=pk)
    refuse_without(WITHDRAW, request.user, found.meeting)
    return found


def _to_erase(request: HttpRequest, pk: int) -> tuple[Withdrawal, Erasure]:
    found = _found(request, pk)
    return found, get_object_or_404(found.erasures.filter(state=Erasure.State.ASKED).select_related("asked_by"))


def _confirm(request: HttpRequest, found: Withdrawal, **words) -> HttpResponse:
    papers = reverse("manage_withdrawals", args=[found.meeting.slug])
    trail = [*manage_trail(found.meeting), ("Withdraw a paper", papers), (found.title, found.get_absolute_url())]
    return confirm(
        request, back=found.get_absolute_url(), caption=caption(found.meeting), trail=trail, section="meetings", **words
    )
