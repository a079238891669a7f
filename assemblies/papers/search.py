"""Items of agendas in force, and documents in view. Nobody finds drafts or withdrawn documents, staff included."""

from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, Document
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result


@search.kind("Agenda items")
def agenda_items(user) -> Found:
    rows = AgendaItem.objects.visible_to(user).select_related("version__meeting")
    return Found(rows, ("title", "summary"), agenda_item)


def agenda_item(row: AgendaItem) -> Result:
    return Result(row.title, row.get_absolute_url(), search.line(_of(row.version.meeting), row.summary))


@search.kind("Documents")
def documents(user) -> Found:
    return Found(Document.objects.visible_to(user).select_related("meeting"), ("title",), document)


def document(row: Document) -> Result:
    url = reverse("document", args=[row.meeting.slug, row.pk])
    return Result(row.title, url, search.line(row.get_kind_display(), row.extension.upper(), _of(row.meeting)))


def _of(meeting: Meeting) -> str:
    return f"{meeting.title}, {day(meeting.starts_at)}"
