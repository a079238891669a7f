"""A step of a report's chain: read, comment, approve or return; or hand it to somebody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assemblies.meetings.views.managed import posted
from assemblies.papers.actions import report_step as actions
from assemblies.papers.forms.report import HandOverForm, StepForm
from assemblies.papers.models import Report, ReportStep
from assemblies.papers.views.gone import instead_of_version
from assemblies.papers.views.report import note_opening, shown_version
from assemblies.papers.views.reports import in_hand
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without


def report_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """The version to sign, what those before said of it, and for its holder the form. 403 for those who do not hold it;
    whose step was stopped reads that, and nothing of the report."""
    if _is_stopped(request, pk, step):
        return render(request, "papers/report_step_stopped.html", status=410)
    report, found = _step(request, pk, step)
    refuse_without("papers.take_step", request.user, found)
    found.version.report = report
    if answer := instead_of_version(request, found.version):
        return answer
    form = StepForm(posted(request), initial={"seen": found.version.sha256})
    if form.is_valid():
        said = form.cleaned_data
        take = actions.approve if said["outcome"] == StepForm.APPROVE else actions.send_back
        try:
            take(step=found, by=request.user, seen=said["seen"], comment=said["comment"])
        except Refusal as refusal:
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["seen"] = found.version.sha256
        else:
            messages.success(request, _said(said["outcome"], found))
            return redirect("report_work", pk)
    found.refresh_from_db()
    note_opening(request, found.version)
    before = found.version.steps.filter(position__lt=found.position).select_related("holder")
    context = shown_version(request, report, found.version) | {
        "form": form,
        "step": found,
        "before": list(before),
        "older": report.versions.filter(number__lt=found.version.number).first(),
        "is_open": found.state == ReportStep.State.OPEN,
    }
    return render(request, "papers/report_step.html", context)


def _said(outcome: str, step: ReportStep) -> str:
    if outcome == StepForm.RETURN:
        return "The report is returned. Its author is told why."
    after = step.version.steps.filter(state=ReportStep.State.OPEN).select_related("holder").first()
    return f"You approved it. It is with {after.holder} now." if after else "You approved it. The report is signed off."


def report_step_hand_over(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    report, found = _step(request, pk, step)
    refuse_without("papers.hand_step_over", request.user, found)
    form = HandOverForm(posted(request))
    if form.is_valid():
        try:
            actions.hand_over(step=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The step “{found.name}” is with {form.cleaned_data['to']} now.")
            works = Report.objects.of_person(request.user).filter(pk=pk).exists()
            return redirect("report_work", pk) if works else redirect("reports")
    return render(request, "papers/report_hand_over.html", {"form": form, "report": report, "step": found})


def _is_stopped(request: HttpRequest, pk: int, step: int) -> bool:
    """Whether it was the person's step, and they have nothing to do with the report any more: they come from an old email."""
    theirs = ReportStep.objects.of_person(request.user)
    stopped = theirs.filter(pk=step, version__report=pk, state=ReportStep.State.STOPPED)
    return stopped.exists() and not Report.objects.of_person(request.user).filter(pk=pk).exists()


def _step(request: HttpRequest, pk: int, step: int):
    report = in_hand(request, pk)
    return report, get_object_or_404(report.steps.select_related("version", "holder"), pk=step)
