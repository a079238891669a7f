"""What representatives bring back: writing it, reading it, and a page of each seat with what it brought back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.views.managed import posted
from assemblies.voice.actions import report_back as actions
from assemblies.voice.actions import report_correction
from assemblies.voice.forms.call import CorrectionForm, ReportForm
from assemblies.voice.models import CallForViews, MemberRun, ReportBack
from assemblies.voice.models.call import seats_of
from assemblies.voice.models.report_back import report_due_on, versions_of
from assemblies.voice.views.calls import own_seat
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.pages import page_of


def report_back_new(request: HttpRequest, slug: str, seat: int) -> HttpResponse:
    own, meeting = own_seat(request, slug, seat)
    known = ReportBack.objects.visible_to(request.user).filter(meeting=meeting, seat=own).first()
    if known:
        return redirect(known)
    form = ReportForm(posted(request), meeting=meeting, subjects=actions.subjects(meeting, own))
    if form.is_valid():
        said = {"text": form.cleaned_data["text"], "public": form.cleaned_data.get("public", False)}
        try:
            made = actions.report(meeting=meeting, seat=own, by=request.user, outcomes=form.outcomes(), **said)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            count = made.told.count()
            messages.success(request, f"Sent to {count:,} organisation{'' if count == 1 else 's'}.")
            return redirect(made)
    context = {"form": form, "meeting": meeting, "seat": own, "due_on": report_due_on(meeting.ends_at)}
    context |= {"count": actions.to_tell(meeting, own).count(), "is_over": meeting.ends_at <= timezone.now()}
    return render(request, "voice/report_new.html", context)


@login_not_required
@require_safe
def report_back(request: HttpRequest, pk: int) -> HttpResponse:
    report = _seen(request, pk)
    versions = versions_of(report)
    heading = f"Report back from {report.occasion}"
    speaks = _speaks(request.user, report)
    run = _run(report, versions[-1].number) if speaks or is_partnership_staff(request.user) else None
    if run and request.GET.get("part") == "progress":
        return render(request, "voice/run.html", {"run": run, "heading": heading})
    context = {"report": report, "stands": versions[-1], "earlier": versions[-2::-1], "heading": heading}
    context |= {"speaks": speaks, "run": run}
    if request.user.is_authenticated:
        own = CallForViews.objects.visible_to(request.user)
        context["calls"] = own.filter(meeting=report.meeting, seat=report.seat)
    return render(request, "voice/report.html", context)


def report_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """For the holder of the seat and their deputy: other words, and what changed. The earlier words stay to be read."""
    report = _seen(request, pk)
    if not _speaks(request.user, report):
        if is_partnership_staff(request.user):
            raise PermissionDenied
        raise Http404
    stands, overtaken = versions_of(report)[-1], None
    form = CorrectionForm(
        posted(request), report=report, stands=stands, subjects=report_correction.subjects_of(report, stands)
    )
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("text", "note", "seen")}
        try:
            report_correction.correct(report=report, by=request.user, outcomes=form.outcomes(), **said)
        except report_correction.Overtaken as refusal:
            overtaken = refusal.now
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["seen"] = overtaken.number
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The correction has been sent. The earlier version is kept below it.")
            return redirect(report)
    context = {"form": form, "report": report, "overtaken": overtaken, "count": report.told.count()}
    return render(request, "voice/report_correct.html", context)


def _seen(request: HttpRequest, pk: int) -> ReportBack:
    rows = ReportBack.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("meeting__board", "seat__board", "made_by", "run"), pk=pk)


def _speaks(user, report: ReportBack) -> bool:
    """Whether the person holds the seat today, or deputises for whoever does."""
    return user.is_authenticated and seats_of(user).filter(pk=report.seat_id).exists()


def _run(report: ReportBack, number: int) -> MemberRun | None:
    """How far the emails have come: those of the newest correction, else of the report."""
    newest = report.corrections.select_related("run").filter(number=number).first() if number else report
    return getattr(newest, "run", None)


@login_not_required
@require_safe
@cache_page_until_changed
def seat_reports(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the holders of a seat brought back and opened to everybody, newest first."""
    board = get_object_or_404(Board.objects.public(), slug=slug)
    seat = get_object_or_404(board.seats, pk=pk)
    rows = (
        ReportBack.objects.public()
        .filter(seat=seat)
        .with_correction()
        .select_related("meeting", "seat__board", "made_by")
    )
    rows = rows.order_by("-made_at", "-pk")
    context = {"seat": seat, "board": board, "page": page_of(rows, request), "section": "boards"}
    return render(request, "voice/seat_reports.html", context)
