"""What agendas ask for: items in time, and the chair to publish them. And reports: to be written, and signed off."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingBoard
from assemblies.meetings.named import WHICH, on_its_day
from assemblies.papers import closed_matters
from assemblies.papers.binding_rules import binding, rules_of
from assemblies.papers.due_reports import awaited
from assemblies.papers.models import (
    AgendaItem,
    AgendaReading,
    AgendaVersion,
    Document,
    Erasure,
    MeetingPack,
    PdfCheck,
    Report,
    ReportStep,
    Withdrawal,
)
from assemblies.papers.rules import has_to_do_with_reports
from partnership import dates, todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.dates import clock, day
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo

DRAFT_FROM = timedelta(days=14)
OF_ITEM = {name: f"item__{path}" for name, path in WHICH.items()}


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    ahead = Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now())
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())}
    if chaired and chaired & cached_until_changed("boards whose agendas wait", lambda: _boards_to_publish(ahead)):
        own = ahead.filter(board__in=chaired)
        yield todo.kind(
            publish_change,
            _changed(own),
            "number",
            meeting="meeting__title",
            slug="meeting__slug",
            starts_at="meeting__starts_at",
            newer=ArraySubquery(_newer_files().values("title")),
            **rules_of("meeting"),
        )
        unpublished = _unpublished(own).order_by("starts_at")
        yield todo.kind(publish, unpublished, "title", "slug", "starts_at", **rules_of())
        yield todo.kind(publish_report, _reports_after_the_agenda(own).order_by("pk"), "title", **OF_ITEM)
        failed = MeetingPack.objects.failed().filter(meeting__board__in=chaired)
        yield todo.kind(pack_failed, failed, "failed_because", **WHICH)
    in_common = chaired and cached_until_changed("boards whose drafts are read", lambda: _boards_to_read(ahead))
    if in_common and chaired & in_common:
        yield todo.kind(
            read_draft, _to_read(MeetingBoard.objects.filter(meeting__in=ahead, board__in=chaired)), **WHICH,
            reader="board__name", **rules_of("meeting"),
        )  # fmt: skip
    if is_partnership_staff(user):
        yield todo.kind(pack_failed, MeetingPack.objects.failed(), "failed_because", **WHICH)
        yield from _late_reports(user)
        without_items = ahead.exclude(pk__in=AgendaItem.objects.values("version__meeting"))
        yield todo.kind(draft, without_items, "title", "slug", "starts_at", **rules_of())
        of_meetings = {"title": "document__title", "document": "document", "slug": "document__meeting__slug"}
        refused = PdfCheck.objects.refused().filter(document__uploaded_by=user)
        yield todo.kind(send_document_again, refused, "refused_because", **of_meetings)
    yield from _closures(user, chaired)
    if has_to_do_with_reports(user):
        yield from _reports(user)
    if is_partnership_staff(user) or chaired & cached_until_changed(
        "boards with papers to decide on", _boards_to_decide
    ):
        yield from _withdrawals(user, chaired)


def _boards_to_decide() -> set[int]:
    """The ids of the boards that have a paper which waits for a second person."""
    erased = Withdrawal.objects.filter(erasures__state=Erasure.State.ASKED)
    return {
        *Withdrawal.objects.held().values_list("meeting__board", flat=True),
        *erased.values_list("meeting__board", flat=True),
    }


def _withdrawals(user, chaired: set[int]) -> Iterator[todo.Kind]:
    """Papers that somebody else took out of view, or wants to be erased."""
    theirs = Q() if is_partnership_staff(user) else Q(meeting__board__in=chaired)
    rows = Withdrawal.objects.to_confirm_by(user).filter(theirs)
    yield todo.kind(decide_withdrawal, rows, "pk", "title", "asked_at", by="asked_by__name")
    asked = Withdrawal.objects.filter(
        theirs, Exists(Erasure.objects.to_confirm_by(user).filter(withdrawal=OuterRef("pk")))
    )
    yield todo.kind(decide_erasure, asked, "pk", "title", "because")


def _closures(user, chaired: set[int]) -> Iterator[todo.Kind]:
    """What is closed to the public and has to be looked at again: for the chairs of its boards, and for staff."""
    today = timezone.localdate()
    to_look = cached_until_changed(("to look at again", today), lambda: closed_matters.boards_to_look_again(today))
    theirs = to_look if is_partnership_staff(user) else chaired & to_look
    if theirs:
        due = closed_matters.of_boards(theirs).due_for_review(today)
        yield todo.kind(look_again, due.order_by("review_on"), "pk", "review_on", title=closed_matters.title_of())


def _reports(user) -> Iterator[todo.Kind]:
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


def _late_reports(user) -> Iterator[todo.Kind]:
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


def _boards_to_publish(meetings) -> set[int]:
    """The ids of the boards that have an agenda, or a changed one, or reports to publish for these meetings, or a pack that
    could not be made."""
    return {
        *_unpublished(meetings).values_list("board", flat=True),
        *_changed(meetings).values_list("meeting__board", flat=True),
        *_reports_after_the_agenda(meetings).values_list("item__meeting__board", flat=True),
        *MeetingPack.objects.failed().values_list("meeting__board", flat=True),
    }


def _reports_after_the_agenda(meetings):
    """Reports that were signed off after the agenda of their meeting came out, and that no draft will bring."""
    published = AgendaItem.objects.filter(planned=OuterRef("item"), version__state=AgendaVersion.State.PUBLISHED)
    drafts = AgendaItem.objects.filter(planned=OuterRef("item"), version__state=AgendaVersion.State.DRAFT)
    signed = Report.objects.filter(state=Report.State.SIGNED, item__meeting__in=meetings.values("pk"))
    return signed.filter(Exists(published), ~Exists(drafts))


def _unpublished(meetings):
    """Those of the meetings without a published agenda."""
    return meetings.exclude(agenda_versions__state=AgendaVersion.State.PUBLISHED)


def _changed(meetings):
    """Drafts of later versions of the meetings' agendas that hold an item."""
    items = AgendaItem.objects.filter(version=OuterRef("pk"))
    later = AgendaVersion.objects.filter(Exists(items), state=AgendaVersion.State.DRAFT, number__gt=1)
    return later.filter(meeting__in=meetings.values("pk"))


def _newer_files():
    """Newer files, and files with a new title, that wait for the chair to publish the version they are on."""
    on_it = Document.agenda_items.through.objects.filter(
        document=OuterRef("pk"), agendaitem__version=OuterRef(OuterRef("pk"))
    )
    return Document.objects.waiting().filter(Exists(on_it))


def _boards_to_read(meetings) -> set[int]:
    """The ids of the boards that meet in common, and whose chairs have not read the draft of the agenda."""
    return set(_to_read(MeetingBoard.objects.filter(meeting__in=meetings)).values_list("board", flat=True))


def _to_read(rows):
    """Those of boards in common for whose meeting there is a draft with items, which their chair has not read."""
    items = AgendaItem.objects.filter(version=OuterRef("pk"))
    drafts = AgendaVersion.objects.filter(Exists(items), state=AgendaVersion.State.DRAFT, meeting=OuterRef("meeting"))
    read = AgendaReading.objects.filter(
        version__meeting=OuterRef("meeting"), version__state="draft", board=OuterRef("board")
    )
    return rows.filter(Exists(drafts), ~Exists(read)).order_by("meeting__starts_at", "pk")


def _until(row) -> datetime:
    return binding(row).until


def _by_when(until: datetime) -> str:
    """By when the chair publishes; once that is over, what is asked of them."""
    if timezone.now() > until:
        return f"It had to be published by {clock(until)} on {day(until)}: say why it could not wait."
    return f"On the last day, publish it by {clock(until)}."


def publish_change(row) -> Todo:
    """For an agenda in force of which a later version is drafted; names the changed papers that wait on it."""
    papers, until = [f"“{title}”" for title in row.newer], _until(row)
    what = f"Version {row.number} is drafted"
    if papers:
        what = (
            f"The changed paper {papers[0]} waits"
            if len(papers) == 1
            else f"The changed papers {' and '.join(papers)} wait"
        )
    return Todo(
        title=f"Publish the changed agenda for {on_its_day(row.meeting, row.starts_at)}",
        why=f"{what}. People see version {row.number - 1} until you publish it. {_by_when(until)}",
        url=reverse("manage_agenda_publish", args=[row.slug]),
        due=timezone.localdate(until),
    )


def publish(row) -> Todo:
    rule = binding(row)
    return Todo(
        title=f"Publish the agenda for {on_its_day(row.title, row.starts_at)}",
        why=f"{rule.board} publishes {rule.clear_days} clear {rule.day_kind} days before it meets. {_by_when(rule.until)}",
        url=reverse("manage_agenda", args=[row.slug]),
        due=timezone.localdate(rule.until),
    )


def read_draft(row) -> Todo:
    """For the chair of a board that meets in common with the host, whose chair publishes the agenda."""
    until = _until(row)
    return Todo(
        title=f"Read the draft agenda for {on_its_day(row.meeting, row.starts_at)}",
        why=f"The {row.reader} meets in common with the {row.board}, whose chair publishes it by {clock(until)} on {day(until)}.",
        url=reverse("manage_agenda", args=[row.slug]),
        due=timezone.localdate(until),
    )


def publish_report(row) -> Todo:
    """For a report that was signed off after its agenda came out."""
    return Todo(
        title=f"Publish the report “{row.title}” for {on_its_day(row.meeting, row.starts_at)}",
        why="It was signed off after the agenda came out. Start a new version of the agenda: it brings the report.",
        url=reverse("manage_agenda", args=[row.slug]),
    )


def pack_failed(row) -> Todo:
    return Todo(
        title=f"Look at the pack for {on_its_day(row.meeting, row.starts_at)}",
        why=f"It could not be made. {row.failed_because}.",
        url=reverse("packs", args=[row.slug]),
    )


def draft(row) -> Todo | None:
    """For a meeting without a single agenda item, from two weeks before the chair's last day to publish."""
    last_day = timezone.localdate(_until(row))
    if last_day > timezone.localdate() + DRAFT_FROM:
        return None
    return Todo(
        title=f"Draft the agenda for {on_its_day(row.title, row.starts_at)}",
        why=f"It has no items yet, and the chair of {row.board} must publish it in time.",
        url=reverse("manage_agenda", args=[row.slug]),
        due=last_day,
    )


def look_again(row) -> Todo:
    return Todo(
        title=f"Look again at “{row.title}”, which is closed to the public",
        why="The day for that has come. Make it public, or say why and until when it stays closed.",
        url=reverse("closure_review", args=[row.pk]),
        due=row.review_on,
    )


def decide_withdrawal(row) -> Todo:
    """For the chair and the staff, but not for who took the paper out of view."""
    return Todo(
        title=f"Decide whether “{row.title}” is withdrawn",
        why=f"{row.by} took it out of view. Nobody can read it until you confirm it, or put it back.",
        url=reverse("withdrawal", args=[row.pk]),
        due=timezone.localdate(row.asked_at),
    )


def decide_erasure(row) -> Todo:
    return Todo(
        title=f"Confirm that “{row.title}” is erased",
        why="It is withdrawn. Somebody asked for its file and words to be deleted, which takes two people.",
        url=reverse("withdrawal", args=[row.pk]),
    )


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


def send_document_again(row) -> Todo:
    return Todo(
        title=f"Send “{row.title}” again",
        why=f"{row.refused_because}.",
        url=reverse("manage_document_check", args=[row.slug, row.document]),
    )


def send_appendix_again(row) -> Todo:
    return Todo(
        title=f"Send the appendix “{row.title}” again",
        why=f"{row.refused_because}.",
        url=reverse("report_appendix_check", args=[row.report, row.appendix]),
    )
