"""Made-up papers for the measurements: an agenda of a hundred items, each with a report and a file, and their pack."""

from datetime import datetime

from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.meetings.models import Meeting
from assemblies.papers import choosing
from assemblies.papers.models import (
    AgendaItem,
    AgendaVersion,
    Document,
    MeetingPack,
    PackFile,
    PackPart,
    Report,
    ReportVersion,
)
from assemblies.papers.report_text import FIELDS
from partnership import states
from partnership.accounts.models import User

ITEMS = 100
WORDS = "Made-up words for a measurement. " * 20


def make(meeting: Meeting, staff: User, now: datetime, scale: int) -> None:
    """Publishes the agenda of the meeting with so many items, or a hundredth of them, and says that its pack is ready."""
    version = AgendaVersion.objects.create(meeting=meeting, number=1, due_on=now.date())
    states.move(version, AgendaVersion.State.PUBLISHED, published_at=now, published_by=staff)
    planned = _planned(meeting, ITEMS // scale)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(version=version, position=number, title=f"Bench item {number}", purpose="decision", planned=each)
        for number, each in enumerate(planned, start=1)
    )
    documents = Document.objects.bulk_create(
        Document(
            meeting=meeting, kind="paper", title=f"Bench paper {item.position}", file="documents/bench.pdf",
            content_type="application/pdf", extension="pdf", size=1, sha256="0" * 64, released_at=now,
        )
        for item in items
    )  # fmt: skip
    for item, document in zip(items, documents, strict=True):
        item.documents.add(document)
    _reports(meeting, planned, staff, now)
    _pack(version, now)


def _planned(meeting: Meeting, number: int) -> list[PlannedItem]:
    topics = Topic.objects.bulk_create(
        Topic(title=f"Bench topic {each}", board=meeting.board) for each in range(1, number + 1)
    )
    return PlannedItem.objects.bulk_create(
        PlannedItem(topic=topic, board=meeting.board, meeting=meeting, purpose="decision") for topic in topics
    )


def _reports(meeting: Meeting, planned: list[PlannedItem], staff: User, now: datetime) -> None:
    reports = Report.objects.bulk_create(Report(item=item, author=staff, title=item.topic.title) for item in planned)
    states.move_all(Report.objects.filter(item__in=planned), Report.State.SIGNED)
    states.move_all(Report.objects.filter(item__in=planned), Report.State.PUBLISHED)
    ReportVersion.objects.bulk_create(
        ReportVersion(
            report=report, number=1, sha256="0" * 64, made_by=staff, made_at=now, meeting=meeting, published_at=now,
            published_by=staff, content=_content(report.title),
        )
        for report in reports
    )  # fmt: skip


def _content(title: str) -> dict:
    text = {"title": title, "fields": dict.fromkeys(FIELDS, WORDS), "recommendations": [WORDS], "sections": []}
    return {"text": text, "appendices": [], "parts": [], "board": "", "meeting": "", "day": "", "purpose": ""}


def _pack(version: AgendaVersion, now: datetime) -> None:
    pack = MeetingPack.objects.create(
        meeting=version.meeting, number=0, agenda=version, cover=choosing.cover_of(version.meeting, []),
        published_at=now, started_at=now,
    )  # fmt: skip
    parts = choosing.parts_of(version)
    for part in parts:
        part.pack, part.page, part.sheet = pack, str(part.position), part.position
    PackPart.objects.bulk_create(parts)
    PackFile.objects.create(
        pack=pack, key="0" * 64, file="packs/bench.pdf", sha256="0" * 64, size=1, pages=len(parts), strict=False,
        made_at=now,
    )  # fmt: skip
    states.move(
        pack, MeetingPack.State.READY, ready_at=now, first_page=1, last_page=len(parts), first_closed_page=1,
        last_closed_page=0,
    )  # fmt: skip
