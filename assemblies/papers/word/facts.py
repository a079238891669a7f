"""What the portal knows of a report, as its Word document shows it."""

from django.utils import timezone

from assemblies.papers.models import AgendaItem, Report
from assemblies.papers.word.layout import Facts
from partnership.dates import day

NOT_YET = "Not known yet"
OPEN = "Open"


def facts_of(report: Report) -> Facts:
    """Returns meeting, date, item number and classification in words, also of an item that has no meeting yet."""
    meeting, closure = report.item.meeting, report.item.closed_by
    classification = f"{closure.class_name}. {' '.join(closure.why)}" if closure else OPEN
    if meeting is None:
        return Facts(str(report.board), NOT_YET, NOT_YET, classification)
    on_the_agenda = AgendaItem.objects.filter(planned__topic=report.item.topic_id, version__meeting=meeting)
    item = on_the_agenda.order_by("-version__number").first()
    number = str(item.position) if item else NOT_YET
    return Facts(meeting.title, day(timezone.localtime(meeting.starts_at)), number, classification)
