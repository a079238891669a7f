"""An officer records a decision; somebody records that something was decided again, closes it, or says what it relied on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.closures.actions import closure as closures
from assemblies.closures.forms.closure import ReleaseForm, ReviewForm
from assemblies.closures.models import Closure
from assemblies.decisions.actions import background, closing
from assemblies.decisions.actions import decision as actions
from assemblies.decisions.forms.background import BackgroundPaperForm, ChooseBoardForm, GroundForm
from assemblies.decisions.forms.officer import OfficerDecisionForm
from assemblies.decisions.forms.revision import RevisionForm
from assemblies.decisions.models import Decision
from assemblies.decisions.seen_decisions import around
from assemblies.meetings.views.managed import posted
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.dates import day
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission, refuse_without
from partnership.ui.confirm import confirm

REGISTER = "Decisions"


@needs_permission("decisions.record_as_officer")
def decision_new(request: HttpRequest) -> HttpResponse:
    """An officer records what they decided; staff enter it for one."""
    by_staff = is_partnership_staff(request.user)
    form = OfficerDecisionForm(posted(request), user=request.user, by_staff=by_staff, under=_under(request))
    if form.is_valid():
        try:
            made = _record(request, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if form.is_closed:
                messages.success(request, f"{made} is recorded, and closed to the public. Say on which ground.")
                return redirect("decision_ground", pk=made.pk)
            messages.success(request, f"{made} is recorded, and published. Now add the papers that it relied on.")
            return redirect(made)
    context = {"form": form, "by_staff": by_staff, "section": "decisions", "trail": [(REGISTER, reverse("decisions"))]}
    return render(request, "decisions/new.html", context)


def decision_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """It was decided again: a new record, and both are shown."""
    row = _editable(request, pk)
    _, later = around(row, request.user)
    if later:
        messages.info(request, f"It was decided again already, as {later}. Reopen that one.")
        return redirect(later)
    form = RevisionForm(posted(request), decision=row)
    if form.is_valid():
        try:
            made = actions.revise(decision=row, by=request.user, **form.facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{made} is recorded. It stands in place of {row}, and both are shown.")
            return redirect(made)
    context = {"form": form, "decision": row, "section": "decisions", "trail": _trail(row)}
    return render(request, "decisions/revise.html", context)


def decision_background_new(request: HttpRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    form = BackgroundPaperForm(posted(request), request.FILES or None)
    if form.is_valid():
        try:
            background.add(decision=row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The paper is published with the decision.")
            return redirect(row)
    context = {"form": form, "decision": row, "section": "decisions", "trail": _trail(row)}
    return render(request, "decisions/background_new.html", context)


def decision_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a decision that was published open by mistake, at once; the ground follows."""
    row = _editable(request, pk)
    if row.closed_by or row.closure:
        raise Http404
    if request.method == "POST":
        try:
            closing.close(decision=row, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(row)
        messages.success(request, f"{row} is closed to the public. Say on which ground.")
        return redirect("decision_ground", pk=row.pk)
    return confirm(
        request, question=f"Close {row} to the public?", about=row.title, label="Close it", back=row.get_absolute_url(),
        consequence="From now on the public reads that it was taken, when, and why it is closed. You are asked for the ground "
        "next.", section="decisions", trail=_trail(row),
    )  # fmt: skip


def decision_ground(request: HttpRequest, pk: int) -> HttpResponse:
    """On which ground it is closed: first of which board, then which of its grounds."""
    row = _editable(request, pk)
    if row.closed_by is None or row.closed_by.recorded_at or row.closed_by.pk != row.closure_id:
        raise Http404
    context = {"decision": row, "section": "decisions", "trail": _trail(row)}
    board = _board_of_ground(request, row)
    if board is None:
        form = ChooseBoardForm(request.GET if "board" in request.GET else None)
        return render(request, "decisions/ground.html", context | {"form": form})
    form = GroundForm(posted(request), boards=[board], title=row.title, closure=row.closure)
    if form.is_valid() and form.said:
        try:
            closing.give_ground(decision=row, by=request.user, said=form.said, board=board)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The public reads this ground from now on.")
            return redirect(row)
    return render(request, "decisions/ground.html", context | {"form": form, "board": board})


def decision_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a closed decision public."""
    row, closure, instead = _closed(request, pk, "closure_release")
    if closure is None:
        return instead
    form = ReleaseForm(posted(request))
    if form.is_valid():
        try:
            closures.release(closure=closure, by=request.user, note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{row} is public.")
            return redirect(row)
    return confirm(
        request, question=f"Make {row} public?", about=row.title, form=form, back=row.get_absolute_url(), section="decisions",
        consequence="From then on anybody can read and find it, with its background papers. You cannot close it again.",
        trail=_trail(row),
    )  # fmt: skip


def decision_review(request: HttpRequest, pk: int) -> HttpResponse:
    """It stays closed until another day, or it is made public: that is the other page."""
    row, closure, instead = _closed(request, pk, "closure_review")
    if closure is None:
        return instead
    form = ReviewForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            closures.keep_closed(closure=closure, by=request.user, until=said["review_on"], why=said["why"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{row} stays closed. We remind you on {day(said['review_on'])}.")
            return redirect(row)
    context = {"form": form, "decision": row, "closure": closure, "section": "decisions", "trail": _trail(row)}
    return render(request, "decisions/review.html", context)


def _closed(request: HttpRequest, pk: int, name: str) -> tuple[Decision, Closure | None, HttpResponse]:
    """The decision and what closes it; None where it is public, or closed together with its item or report: then the answer to
    give instead, for which `name` is the page that looks after these."""
    row = _editable(request, pk)
    closure, back = row.closed_by, redirect(row)
    if closure is None:
        messages.info(request, "It is public already.")
        return row, None, back
    if closure.agenda_items.exists() or closure.planned_items.exists() or closure.report_versions.exists():
        return row, None, redirect(name, pk=closure.pk)
    return row, closure, back


def _record(request: HttpRequest, form: OfficerDecisionForm) -> Decision:
    facts = {"officer": request.user} | form.facts
    return actions.record_by_officer(by=request.user, is_closed=form.is_closed, **facts)


def _under(request: HttpRequest) -> Decision | None:
    """The decision from whose page the person comes."""
    number = request.GET.get("under", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return Decision.objects.visible_to(request.user).filter(pk=int(number)).first()


def _editable(request: HttpRequest, pk: int) -> Decision:
    """The decision, for who may reopen it: 404 for those who may not know of it, 403 for those who may not change it."""
    row = get_object_or_404(Decision.objects.visible_to(request.user).listed(), pk=pk)
    refuse_without("decisions.reopen", request.user, row)
    return row


def _board_of_ground(request: HttpRequest, row: Decision) -> Board | None:
    """The board that was chosen, else the one that decided, or that asked the officer to."""
    if "board" in request.GET:
        return Board.objects.to_choose().filter(slug=request.GET["board"][:200]).first()
    return row.board or (row.delegated_by.board if row.delegated_by else None)


def _trail(row: Decision) -> list[tuple[str, str]]:
    return [(REGISTER, reverse("decisions")), (str(row), row.get_absolute_url())]
