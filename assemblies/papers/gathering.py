"""The rows of a pack, read as the builder takes them: items, reports, files with their pages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby, takewhile
from operator import attrgetter
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from assemblies.papers.agenda_reports import appendices_of
from assemblies.papers.blocks import all_runs, appendix, said
from assemblies.papers.markdown import parse
from assemblies.papers.models import MeetingPack, PackPart, ReportVersion
from assemblies.papers.pack.parts import Attachment, Elsewhere, File, Pack, PackItem, Paper
from assemblies.papers.printable import Printable, printable
from assemblies.papers.report_text import Appendix, ReportText, Section
from partnership import dates

Points = tuple[tuple[str, int], ...]


def gather(pack: MeetingPack, folder: Path) -> Pack:
    """Returns the pack of these rows. `folder` is for files that have to be cleaned before they are printed.

    A file that was withdrawn meanwhile is left out, and the cover says so. Raises Refusal where the bytes of one are gone.
    """
    before = pack.meeting.packs.filter(number__lt=pack.number).last()
    rows = list(pack.parts.select_related("item", "report__report", "document__meeting", "document__closure"))
    gone = {row.pk: row.document.withdrawn_at for row in rows if row.document and row.document.withdrawn_at}
    notes = [
        f"“{row.title}” was withdrawn on {dates.day(gone[row.pk])}."
        for row in rows
        if row.pk in gone and not row.is_closed
    ]
    reader = _Reader([row for row in rows if row.pk not in gone], _pages_before(pack), folder)
    return Pack(
        items=reader.items(is_closed=False),
        closed_items=reader.items(is_closed=True),
        supplement=pack.number,
        first_page=(before.last_page or 0) + 1 if before else 1,
        first_closed_page=(before.last_closed_page or 0) + 1 if before else 1,
        **pack.cover | {"notes": (*pack.cover["notes"], *notes)},
    )


def _pages_before(pack: MeetingPack) -> dict[tuple[int | None, bool], str]:
    """The page on which each file stands in an earlier pack of the meeting, by its number and the part of the pack."""
    rows = PackPart.objects.filter(pack__meeting=pack.meeting_id, pack__number__lt=pack.number, document__isnull=False)
    return {(row.document_id, row.is_closed): row.page for row in rows}


class _Reader:
    def __init__(self, rows: list[PackPart], before: Mapping[tuple[int | None, bool], str], folder: Path) -> None:
        self.rows, self.before, self.folder = rows, before, folder
        self.shut = {row.document_id for row in rows if row.is_closed}

    def items(self, *, is_closed: bool) -> tuple[PackItem, ...]:
        groups: list[tuple[PackPart, list[PackPart]]] = []
        for row in self.rows:
            if row.is_closed is is_closed and row.is_item:
                groups.append((row, []))
            elif row.is_closed is is_closed:
                groups[-1][1].append(row)
        return tuple(self._item(row, tuple(self._papers(below))) for row, below in groups)

    def _item(self, row: PackPart, papers: tuple[Paper | File, ...]) -> PackItem:
        item = row.item
        return PackItem(
            key=row.key,
            number=str(item.position),
            title=row.title,
            purpose=item.get_purpose_display(),
            time=dates.clock(item.starts_at) if item.starts_at else "",
            closed=row.closed,
            papers=papers,
        )

    def _papers(self, rows: list[PackPart]) -> Iterator[Paper | File]:
        while rows:
            first, *rows = rows
            if first.report is None:
                yield self._file(first)
                continue
            own = list(takewhile(attrgetter("appendix"), rows))
            rows = rows[len(own) :]
            points = points_of(first.report.text)
            yield Paper(
                key=first.key,
                report=self._text(first.report),
                classification=first.closed or "Open",
                attachments=tuple(self._file(each, points.get(each.appendix, ())) for each in own),
                parts=tuple(Section(each["title"], each["text"]) for each in first.report.content["parts"]),
            )

    def _text(self, version: ReportVersion) -> ReportText:
        """The report as it was frozen; of an appendix that is in the closed part, the title that is public."""
        text = version.text
        shut = {number: file.closure for number, file in appendices_of(version) if file.pk in self.shut}
        titles = (
            closure.title_for_public(each.title) if (closure := shut.get(number)) else each.title
            for number, each in enumerate(text.appendices, start=1)
        )
        return replace(text, appendices=tuple(Appendix(title) for title in titles))

    def _file(self, row: PackPart, points: Points = ()) -> File:
        """A file that has its pages here, or where it can be opened: one of another kind, and one that is out already."""
        document = row.document
        assert document is not None, "the part is a file"
        page = self.before.get((document.pk, row.is_closed))
        found = None if page else printable(document, self.folder)
        if isinstance(found, Printable):
            return Attachment(
                row.key, row.title, found.path, found.sizes, tagged=found.tagged, points=points, appendix=row.appendix,
                sha256=found.sha256,
            )  # fmt: skip
        kind = f"{document.extension.upper()}, {filesizeformat(document.size)}"
        return Elsewhere(
            row.key,
            row.title,
            f"{settings.PORTAL_URL}{reverse('document', args=[document.meeting.slug, document.pk])}",
            f"{kind}, on page {page} of the papers that were published before" if page else kind,
            row.appendix,
        )


def points_of(text: ReportText) -> dict[int, Points]:
    """Where links in a report lead into its appendices, by the number of the appendix: the words and the page."""
    found: dict[int, dict[int, str]] = {}
    for words in (*text.fields.values(), *text.recommendations, *(each.text for each in text.sections)):
        for link, runs in groupby(all_runs(parse(words)) if "](" in words else (), key=attrgetter("link")):
            to = appendix(link)
            if to and to.page:
                found.setdefault(to.number, {}).setdefault(to.page, said(runs))
    return {number: tuple((words, page) for page, words in sorted(pages.items())) for number, pages in found.items()}
