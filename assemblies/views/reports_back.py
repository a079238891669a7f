"""What representatives bring back: writing it, reading it, and a page of each seat with what it brought back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.actions import report_back as actions
from assemblies.forms.call import ReportForm
from assemblies.models import CallForViews, ReportBack
from assemblies.models.call import seats_of
from assemblies.models.report_back import report_due_on
from assemblies.views.calls import own_seat
from assemblies.views.managed import posted
from partnership.boards.models import Board
from partnership.ui.page_cache import kept_in_memory
from partnership.ui.pages import page_of
from partnership.ui.refusals import Refusal


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
    context = {"form": form, "meeting": meeting, "seat": own, "due_on": report_due_on(meeting)}
    context |= {"count": actions.to_tell(meeting, own).count(), "is_over": meeting.ends_at <= timezone.now()}
    return render(request, "assemblies/voice/report_new.html", context)


@login_not_required
@require_safe
def report_back(request: HttpRequest, pk: int) -> HttpResponse:
    rows = ReportBack.objects.visible_to(request.user)
    report = get_object_or_404(rows.select_related("meeting__board", "seat__board", "made_by", "run"), pk=pk)
    heading = f"Report back from {report.occasion}"
    run = getattr(report, "run", None) if _speaks_or_looks_after(request.user, report) else None
    if run and request.GET.get("part") == "progress":
        return render(request, "assemblies/voice/run.html", {"run": run, "heading": heading})
    context = {"report": report, "lines": list(report.lines.all()), "heading": heading, "run": run}
    if request.user.is_authenticated:
        own = CallForViews.objects.visible_to(request.user)
        context["calls"] = own.filter(meeting=report.meeting, seat=report.seat)
    return render(request, "assemblies/voice/report.html", context)


def _speaks_or_looks_after(user, report: ReportBack) -> bool:
    """Who sees how far the mails have come: the holder of the seat and their deputy, and staff."""
    return user.is_authenticated and (user.is_staff or seats_of(user).filter(pk=report.seat_id).exists())


@login_not_required
@require_safe
@kept_in_memory
def seat_reports(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the holders of a seat brought back and opened to everybody, newest first."""
    board = get_object_or_404(Board.objects.public(), slug=slug)
    seat = get_object_or_404(board.seats, pk=pk)
    rows = ReportBack.objects.public().filter(seat=seat).select_related("meeting__board", "made_by")
    context = {"seat": seat, "board": board, "page": page_of(rows, request), "section": "boards"}
    return render(request, "assemblies/voice/seat_reports.html", context)
