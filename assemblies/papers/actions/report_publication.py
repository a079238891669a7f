"""Reports come out with the agenda of their meeting."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.models import Closure
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, Document, Report, ReportAppendix, ReportVersion, Withdrawal
from partnership import audit, states
from partnership.refusals import Refusal

State = Report.State


@transaction.atomic
def publish_for(*, meeting: Meeting, by, now: datetime | None = None) -> list[ReportVersion]:
    """Publishes the newest version of each report that is signed off and whose topic is on the meeting's agenda in force, for
    whichever of its boards; returns these versions.

    The caller has checked that `by` publishes the meeting's agenda. Called again, it publishes what was signed off since.
    """
    numbers = _item_numbers(meeting)
    planned = meeting.planned_items.live().filter(topic__in=numbers)
    ready = Report.objects.signed_off().filter(item__in=planned).order_by("pk")
    rows = [Report.objects.locked().get(pk=pk) for pk in ready.values_list("pk", flat=True)]
    return [
        publish(report=row, meeting=meeting, by=by, item_number=numbers[row.item.topic_id], now=now) for row in rows
    ]


@transaction.atomic
def publish(
    *, report: Report, meeting: Meeting, by, item_number: int | None = None, now: datetime | None = None
) -> ReportVersion:
    """Makes the newest version of a report public with its appendices, as documents of the meeting; returns it.

    What was published stays as it was when the item moves on: the version names this meeting. An appendix that was withdrawn
    with an earlier version is out again, one that was withdrawn alone is not. Raises Refusal where the report is not signed
    off, or where its newest version was withdrawn.
    """
    locked, now = Report.objects.locked().get(pk=report.pk), now or timezone.now()
    version = locked.versions.select_related("closure", "report__item__closure").first()
    if locked.state == State.PUBLISHED:
        return version
    if version and version.withdrawal:
        raise Refusal("This report was withdrawn. A corrected version has to be submitted and signed off first.")
    states.move(locked, State.PUBLISHED)
    matter = version.closed_by
    version.published_at, version.published_by, version.meeting, version.item_number = now, by, meeting, item_number
    version.closure = version.closure or matter
    version.save(update_fields=["published_at", "published_by", "meeting", "item_number", "closure"])
    appendices = ReportAppendix.objects.filter(pk__in=[each["pk"] for each in version.content["appendices"]])
    files = appendices.values("document")
    alone = set(Withdrawal.objects.in_force().filter(document__in=files).values_list("document", flat=True))
    for appendix in appendices.select_related("closure", "document"):
        closure, out = appendix.closed_by or matter, appendix.document
        if out is None or (out.withdrawn_at and out.pk not in alone):
            appendix.document = _released(appendix, meeting, closure, now)
            appendix.save(update_fields=["document"])
        elif closure and out.closure_id is None:  # closed since it was published in an earlier version
            out.closure = closure
            out.save(update_fields=["closure"])
    closures.record([matter.pk if matter else None, *appendices.values_list("closure", flat=True)], now)
    audit.record(by=by, verb="report.published", subject=locked, number=version.number)
    return version


def _released(appendix: ReportAppendix, meeting: Meeting, closure: Closure | None, now: datetime) -> Document:
    """The appendix as a released document of the meeting: the same stored file."""
    return Document.objects.create(
        meeting=meeting,
        kind=Document.Kind.PAPER,
        title=appendix.title,
        file=appendix.file.name,
        content_type=appendix.content_type,
        extension=appendix.extension,
        size=appendix.size,
        sha256=appendix.sha256,
        closure=closure,
        released_at=now,
        uploaded_by=appendix.added_by,
    )


def _item_numbers(meeting: Meeting) -> dict[int, int]:
    """The number on the agenda in force of each item of the plan that is on it, by its topic."""
    version = meeting.agenda_versions.published().first()
    rows = version.items.filter(planned__isnull=False) if version else AgendaItem.objects.none()
    return dict(rows.values_list("planned__topic", "position"))
