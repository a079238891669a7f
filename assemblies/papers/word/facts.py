"""What the portal knows of a report, as its Word document shows it."""

from django.utils import timezone

from assemblies.papers.models import AgendaItem, Report
from assemblies.papers.word.layout import Facts
from partnership.dates import day

NOT_YET = "Not known yet"
CLASSIFICATION = "Open"


def facts_of(report: Report) -> Facts:
    """Returns meeting, date, item number and classification in words, also of an item that has no meeting yet."""
    meeting = report.item.meeting
    if meeting is None:
        return Facts(str(report.board), NOT_YET, NOT_YET, CLASSIFICATION)
    on_the_agenda = AgendaItem.objects.filter(planned=report.item_id, version__meeting=meeting)
    item = on_the_agenda.order_by("-version__number").first()
    number = str(item.position) if item else NOT_YET
    return Facts(meeting.title, day(timezone.localtime(meeting.starts_at)), number, CLASSIFICATION)
