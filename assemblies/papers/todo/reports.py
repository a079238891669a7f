"""What cover reports ask for: to be written, changed, signed off, and asked for where they are late."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.named import on_its_day
from assemblies.papers.due_reports import awaited
from assemblies.papers.models import PdfCheck, Report, ReportStep
from partnership import dates, todo
from partnership.todo import Todo


def of_person(user) -> Iterator[todo.Kind]:
    """Steps that wait for the person, and reports that are theirs to write."""
    report = "version__report"
    yield todo.kind(
        sign_off,
        ReportStep.objects.wanted(timezone.now()).held_by(user),
        "pk",
        "name",
        "due_on",
        "opened_at",
        title=f"{report}__title",
        report=report,
        board=f"{report}__item__board__name",
    )
    due = awaited(timezone.now())
    facts = {"title": "topic__title", "board": "board__name"}
    yield todo.kind(start_report, due.filter(lead=user, report=None), "pk", "report_due_on", **facts)
    theirs = due.filter(Q(lead=user) | Q(report__author=user))
    facts |= {"title": "report__title", "report": "report"}
    for write, state in ((write_report, Report.State.DRAFT), (renew_report, Report.State.PUBLISHED)):
        yield todo.kind(write, theirs.filter(report__state=state), "report_due_on", **facts)
    of_reports = {"title": "appendix__title", "appendix": "appendix", "report": "appendix__report"}
    refused = PdfCheck.objects.refused().filter(appendix__added_by=user)
    yield todo.kind(send_appendix_again, refused, "refused_because", **of_reports)
    returned = Report.objects.filter(Q(author=user) | Q(item__lead=user), state=Report.State.RETURNED)
    yield todo.kind(change_report, returned, "pk", "title", due_on="item__report_due_on", board="item__board__name")


def late(user) -> Iterator[todo.Kind]:
    """Reports, and steps of their chains, that are late and that others than the person were asked for."""
    today, now = timezone.localdate(), timezone.now()
    late = awaited(now).filter(report_due_on__lt=today).exclude(lead=user).order_by("report_due_on")
    yield todo.kind(
        chase_report, late, topic="topic__title", topic_pk="topic", meeting="meeting__title", due_on="report_due_on",
        starts_at="meeting__starts_at", board="board__name",
    )  # fmt: skip
    report = "version__report"
    steps = ReportStep.objects.wanted(now).filter(due_on__lt=today).exclude(holder=user).order_by("due_on")
    yield todo.kind(
        chase_step, steps, "name", "due_on", title=f"{report}__title", report=report, holder="holder__name",
        email="holder__email",
    )  # fmt: skip


def sign_off(row) -> Todo:
    return Todo(
        title=f"Sign off the report “{row.title}”",
        why=f"{row.name}, for {row.board}. It has waited for you since {dates.short_day(row.opened_at)}.",
        url=reverse("report_step", args=[row.report, row.pk]),
        due=row.due_on,
    )


def start_report(row) -> Todo:
    """For an item that the person leads and of which nobody has started the report."""
    return Todo(
        title=f"Start the report “{row.title}”",
        why=f"You lead this item for {row.board}, and it needs a cover report.",
        url=reverse("report_new", args=[row.pk]),
        due=row.report_due_on,
    )


def write_report(row) -> Todo:
    return Todo(
        title=f"Write and submit the report “{row.title}”",
        why=f"{row.board} takes it up, and those who sign it off need time.",
        url=reverse("report_work", args=[row.report]),
        due=row.report_due_on,
    )


def renew_report(row) -> Todo:
    """For a report that came out for an earlier meeting, and whose item moved on."""
    return Todo(
        title=f"Write the next version of the report “{row.title}”",
        why=f"What is published was for an earlier meeting, and {row.board} takes it up again.",
        url=reverse("report_work", args=[row.report]),
        due=row.report_due_on,
    )


def chase_report(row) -> Todo:
    return Todo(
        title=f"Ask for the report on “{row.topic}”",
        why=f"It is late for {on_its_day(row.meeting, row.starts_at)}, {row.board}.",
        url=reverse("topic", args=[row.topic_pk]),
        due=row.due_on,
    )


def chase_step(row) -> Todo:
    return Todo(
        title=f"Ask {row.holder or row.email} to sign off “{row.title}”",
        why=f"The step {row.name} is late. You can also hand it to somebody else.",
        url=reverse("report_work", args=[row.report]),
        due=row.due_on,
    )


def change_report(row) -> Todo:
    return Todo(
        title=f"Change the report “{row.title}”",
        why=f"It was returned to you on its way to {row.board}.",
        url=reverse("report_work", args=[row.pk]),
        due=row.due_on,
    )


def send_appendix_again(row) -> Todo:
    return Todo(
        title=f"Send the appendix “{row.title}” again",
        why=f"{row.refused_because}.",
        url=reverse("report_appendix_check", args=[row.report, row.appendix]),
    )
