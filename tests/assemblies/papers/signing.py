"""What tests of reports share: a report on its way, and signing it."""

from assemblies.papers.actions import report as reports
from assemblies.papers.actions import report_step
from assemblies.papers.models import Report, ReportStep, ReportVersion
from tests.factories import BoardStepFactory, ReportFactory


def chain(board, *names: str) -> list:
    """Steps of a board's chain, each with a holder of its own."""
    return [BoardStepFactory(board=board, name=name, position=place) for place, name in enumerate(names, start=1)]


def submitted(*names: str, **given) -> Report:
    """A report whose first version is with the first of these steps; signed off where there is none."""
    report = ReportFactory(**given)
    chain(report.board, *names)
    submit(report)
    report.refresh_from_db()
    return report


def submit(report: Report, **given) -> ReportVersion:
    return reports.submit(report=report, by=report.author, **given)


def now(report: Report) -> ReportStep:
    """The step at which the report stands."""
    return ReportStep.objects.get(version__report=report, state="open")


def approve(step: ReportStep, **given) -> ReportStep:
    return report_step.approve(step=step, by=step.holder, seen=step.version.sha256, **given)


def send_back(step: ReportStep, comment: str = "Say what it costs.") -> ReportStep:
    return report_step.send_back(step=step, by=step.holder, seen=step.version.sha256, comment=comment)


def sign_off(report: Report) -> Report:
    """Every step approves."""
    while step := ReportStep.objects.filter(version__report=report, state="open").first():
        approve(step)
    report.refresh_from_db()
    return report
