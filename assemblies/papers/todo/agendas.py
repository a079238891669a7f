"""What agendas and packs ask for: items in time, the chair to publish them, a pack that could not be made."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingBoard
from assemblies.meetings.named import WHICH, on_its_day
from assemblies.papers.binding_rules import binding, rules_of
from assemblies.papers.models import AgendaItem, AgendaReading, AgendaVersion, Document, MeetingPack, PdfCheck, Report
from partnership import todo
from partnership.dates import clock, day
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo

DRAFT_FROM = timedelta(days=14)
OF_ITEM = {name: f"item__{path}" for name, path in WHICH.items()}


def of_chair(chaired: set[int]) -> Iterator[todo.Kind]:
    """Agendas, changed ones and late reports to publish, packs that failed, drafts to read: of the boards they chair."""
    ahead = _ahead()
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


def of_staff(user) -> Iterator[todo.Kind]:
    """Agendas without an item, packs that failed, files that were refused."""
    yield todo.kind(pack_failed, MeetingPack.objects.failed(), "failed_because", **WHICH)
    without_items = _ahead().exclude(pk__in=AgendaItem.objects.values("version__meeting"))
    yield todo.kind(draft, without_items, "title", "slug", "starts_at", **rules_of())
    of_meetings = {"title": "document__title", "document": "document", "slug": "document__meeting__slug"}
    refused = PdfCheck.objects.refused().filter(document__uploaded_by=user)
    yield todo.kind(send_document_again, refused, "refused_because", **of_meetings)


def _ahead():
    return Meeting.objects.filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now())


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
    its = AgendaItem.objects.filter(
        planned__topic=OuterRef("item__topic"), version__meeting=OuterRef("item__meeting")
    )  # whichever board's item of the plan it names
    published = its.filter(version__state=AgendaVersion.State.PUBLISHED)
    drafts = its.filter(version__state=AgendaVersion.State.DRAFT)
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


def send_document_again(row) -> Todo:
    return Todo(
        title=f"Send “{row.title}” again",
        why=f"{row.refused_because}.",
        url=reverse("manage_document_check", args=[row.slug, row.document]),
    )
