"""Items of agendas in force, documents in view and published reports. Nobody finds drafts or withdrawn documents, staff
included."""

from django.db.models import Func, OuterRef, Subquery, TextField, Value
from django.urls import reverse

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, Document, ReportVersion
from partnership import search
from partnership.dates import day
from partnership.search import Found, Result

NOT_PEOPLE = '@.key != "author" && @.key != "from_whom"'  # fields of a report that name people


class Words(Func):
    """`Words(column, path)`: the texts at a path of a JSON column, as people read them and not as JSON writes them."""

    template = "(SELECT string_agg(found #>> '{}', ' ') FROM jsonb_path_query(%(expressions)s) AS found)"
    output_field = TextField()


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


@search.kind("Reports")
def reports(user) -> Found:
    """The newest published version of each report that the person may read, by all its words but its people's names."""
    readable = ReportVersion.objects.readable_by(user)
    newest = readable.filter(report=OuterRef("report")).order_by("-number").values("pk")[:1]
    rows = readable.filter(pk=Subquery(newest))
    words = rows.annotate(
        heading=Words("content", Value("$.text.title")),
        agreed=Words("content", Value("$.text.recommendations[*]")),
        fields=Words("content", Value(f"$.text.fields.keyvalue() ? ({NOT_PEOPLE}).value")),
        said=Words("content", Value("$.text.sections[*].*")),
    )
    return Found(words.select_related("report", "meeting"), ("heading", "agreed", "fields", "said"), report)


def report(row: ReportVersion) -> Result:
    assert row.meeting is not None, "it is published"
    return Result(row.text.title, row.report.get_absolute_url(), search.line("Report", _of(row.meeting)))


def _of(meeting: Meeting) -> str:
    return f"{meeting.title}, {day(meeting.starts_at)}"
