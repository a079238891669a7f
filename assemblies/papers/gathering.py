"""The rows of a pack, read as the builder takes them: items, reports, files with their pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from assemblies.papers.pack.parts import Attachment, Elsewhere, File, Gone, Pack, PackItem, Paper
from assemblies.papers.printable import Printable, printable
from assemblies.papers.report_text import Appendix, ReportText, Section
from assemblies.papers.withdrawn import withdrawn_parts
from partnership import dates
from partnership.files.kinds import PDF

Points = tuple[tuple[str, int], ...]


def gather(pack: MeetingPack, folder: Path) -> Pack:
    """Returns the pack of these rows. `folder` is for files that have to be cleaned before they are printed.

    In the place of a paper that was withdrawn stands that it was, and why; the cover says so too, and all others keep their
    pages. Raises Refusal where the bytes of a file are gone.
    """
    before = pack.meeting.packs.filter(number__lt=pack.number).last()
    rows = list(pack.parts.select_related("item", "report__report", "document__meeting", "document__closure"))
    gone = withdrawn_parts(rows)
    notes = [f"“{row.title}” {gone[row.pk]}" for row in _by_themselves(rows, gone) if not row.is_closed]
    reader = _Reader(pack, rows, gone, _pages_before(pack), folder)
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


def _by_themselves(rows: Iterable[PackPart], gone: Mapping[int, str]) -> Iterator[PackPart]:
    """Those that were withdrawn, without appendices that went with their report."""
    with_report = False
    for row in rows:
        if not row.appendix:
            with_report = row.report_id is not None and row.pk in gone
        if row.pk in gone and not (row.appendix and with_report):
            yield row


class _Reader:
    """Reads the rows of a pack. `gone`: what stands in the place of those that were withdrawn."""

    def __init__(
        self,
        pack: MeetingPack,
        rows: list[PackPart],
        gone: Mapping[int, str],
        before: Mapping[tuple[int | None, bool], str],
        folder: Path,
    ) -> None:
        self.pack, self.rows, self.gone, self.before, self.folder = pack, rows, gone, before, folder
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
            starts=self._starts(row),
        )

    def _papers(self, rows: list[PackPart]) -> Iterator[Paper | File]:
        while rows:
            first, *rows = rows
            if first.report is None:
                yield self._file(first)
                continue
            own = list(takewhile(attrgetter("appendix"), rows))
            rows = rows[len(own) :]
            if first.pk in self.gone:
                yield self._gone(first, own)
                continue
            points = points_of(first.report.text)
            yield Paper(
                key=first.key,
                report=self._text(first.report, is_closed=first.is_closed),
                title=first.title,
                classification=first.closed or "Open",
                attachments=tuple(self._file(each, points.get(each.appendix, ())) for each in own),
                parts=tuple(Section(each["title"], each["text"]) for each in first.report.content["parts"]),
                starts=self._starts(first),
            )

    def _text(self, version: ReportVersion, *, is_closed: bool) -> ReportText:
        """The report as it was frozen; in the open part, of an appendix that is in the closed one, the title that is public."""
        text = version.text
        shut = {
            number: file.closure
            for number, file in appendices_of(version)
            if (file.pk in self.shut and not is_closed) or (file.withdrawn_at and file.closed_by)
        }
        titles = (
            closure.title_for_public(each.title) if (closure := shut.get(number)) else each.title
            for number, each in enumerate(text.appendices, start=1)
        )
        return replace(text, appendices=tuple(Appendix(title) for title in titles))

    def _file(self, row: PackPart, points: Points = ()) -> File:
        """A file that has its pages here, or where it can be opened: one of another kind, and one that is out already."""
        document = row.document
        assert document is not None, "the part is a file"
        if row.pk in self.gone:
            return self._gone(
                row, inline=document.extension != PDF.extension or (document.pk, row.is_closed) in self.before
            )
        page = self.before.get((document.pk, row.is_closed))
        found = None if page else printable(document, self.folder)
        if isinstance(found, Printable):
            return Attachment(
                row.key, row.title, found.path, found.sizes, tagged=found.tagged, points=points, appendix=row.appendix,
                sha256=found.sha256, starts=self._starts(row),
            )  # fmt: skip
        kind = f"{document.extension.upper()}, {filesizeformat(document.size)}"
        return Elsewhere(
            row.key,
            row.title,
            f"{settings.PORTAL_URL}{reverse('document', args=[document.meeting.slug, document.pk])}",
            f"{kind}, on page {page} of the papers that were published before" if page else kind,
            row.appendix,
        )

    def _gone(self, row: PackPart, own: Sequence[PackPart] = (), *, inline: bool = False) -> Gone:
        """What stands in the place of a paper, and of its appendices (`own`)."""
        said = f"This paper {self.gone[row.pk]}"
        if (last := self._last_page(row, own)) and not inline:
            said += f" This page stands in the place of pages {row.page} to {last}."
        return Gone(row.key, f"Withdrawn: {row.title}", said, row.appendix, inline, 0 if inline else self._starts(row))

    def _starts(self, row: PackPart) -> int:
        """The page on which it began when the pack was first made, where that is to be kept."""
        return int(row.page.lstrip("E")) if self.gone and row.page else 0

    def _last_page(self, row: PackPart, own: Sequence[PackPart]) -> str:
        """The page on which the paper ended then, where that was another; "" where nobody knows."""
        if not row.page:
            return ""
        last = self.pack.last_closed_page if row.is_closed else self.pack.last_page
        known = [self._starts(each) for each in self.rows if each.is_closed is row.is_closed and each not in own]
        first = self._starts(row)
        end = min((page for page in known if page > first), default=(last or 0) + 1) - 1
        return f"{'E' if row.is_closed else ''}{end}" if end > first else ""


def points_of(text: ReportText) -> dict[int, Points]:
    """Where links in a report lead into its appendices, by the number of the appendix: the words and the page."""
    found: dict[int, dict[int, str]] = {}
    for words in (*text.fields.values(), *text.recommendations, *(each.text for each in text.sections)):
        for link, runs in groupby(all_runs(parse(words)) if "](" in words else (), key=attrgetter("link")):
            to = appendix(link)
            if to and to.page:
                found.setdefault(to.number, {}).setdefault(to.page, said(runs))
    return {number: tuple((words, page) for page, words in sorted(pages.items())) for number, pages in found.items()}
