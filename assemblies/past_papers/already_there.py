"""What a board has already of the files of an import: as past papers, among the documents of its meetings, or withdrawn."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import Document, Withdrawal
from assemblies.past_papers.models import ImportedFile, PaperImport, PastPaper, PastPaperWithdrawal
from partnership import dates

Outcome = ImportedFile.Outcome


class Gone(NamedTuple):
    """That the same file was withdrawn from view: since when, why, and whether it still waits for a second person."""

    since: datetime
    because: str
    is_held: bool

    def __str__(self) -> str:
        since = dates.short_day(self.since)
        if self.is_held:
            return f"It has been out of view since {since}, and a second person has to decide: {self.because}"
        return f"It was withdrawn on {since}: {self.because}"


class AlreadyThere:
    """What the board has of these files of an import, and the import itself has twice. Three queries, however many they are."""

    def __init__(self, batch: PaperImport, rows: Collection[ImportedFile]) -> None:
        self._board, self._digests = batch.board_id, {row.sha256 for row in rows}
        self._known: dict[str, list[tuple[date, str]]] = {}
        self._gone: dict[str, Gone] = {}
        for digest, gone, on, title in (*self._papers(), *self._documents()):
            if gone is None:
                self._known.setdefault(digest, []).append((on, title))
            elif gone.because:  # of an import that was taken back nothing stays
                self._gone.setdefault(digest, gone)
        alike = {row.pk: row for row in batch.rows.filter(sha256__in=self._digests)} | {row.pk: row for row in rows}
        self._alike: dict[str, list[ImportedFile]] = {}
        for _, row in sorted(alike.items()):
            self._alike.setdefault(row.sha256, []).append(row)

    def what_of(self, row: ImportedFile) -> tuple[str, str]:
        """What happens to a file that the board has, and why in words; empty where it has not. Somebody who said which day it is
        of may add it to another day, and bring back what was withdrawn for good."""
        known, before, gone = self._known.get(row.sha256, []), self._before(row), self.gone(row)
        for day, title in known:
            if day == row.held_on:
                return Outcome.SAME, f"It is there already: “{title}”, {dates.short_day(day)}"
        if before and (before.held_on == row.held_on or not row.corrected):
            return Outcome.SAME, f"It is the same file as “{before.path}”"
        if gone and gone.is_held:
            return Outcome.LEFT_OUT, str(gone)
        if row.corrected:
            return "", ""
        if known:
            day, title = known[0]
            return (
                Outcome.SAME,
                f"The same file is there already with another day: “{title}”, {dates.short_day(day)}",
            )
        return (Outcome.LEFT_OUT, str(gone)) if gone else ("", "")

    def gone(self, row: ImportedFile) -> Gone | None:
        """That the same file was withdrawn, the last time; None where it never was."""
        return self._gone.get(row.sha256)

    def _before(self, row: ImportedFile) -> ImportedFile | None:
        """The same file, in this import, that is taken in place of this one."""
        taken = (Outcome.READY, Outcome.ASK)
        return next((each for each in self._alike[row.sha256] if each.pk != row.pk and each.outcome in taken), None)

    def _papers(self) -> Iterator[tuple[str, Gone | None, date, str]]:
        held = PastPaperWithdrawal.objects.held().filter(paper=OuterRef("pk"))
        found = PastPaper.objects.filter(meeting__board=self._board, sha256__in=self._digests)
        for paper in found.select_related("meeting").annotate(is_held=Exists(held)).order_by("-withdrawn_at", "title"):
            yield paper.sha256, _gone(paper), paper.meeting.held_on, paper.title

    def _documents(self) -> Iterator[tuple[str, Gone | None, date, str]]:
        """The same files among the papers of the board's meetings in the portal, as they were sent and as they are kept."""
        held = Withdrawal.objects.held().filter(files__document=OuterRef("pk"))
        meetings = Meeting.objects.of_boards([self._board]).values("pk")
        alike = Q(sha256__in=self._digests) | Q(pdf_check__sent_sha256__in=self._digests)
        found = Document.objects.filter(alike, meeting__in=meetings).select_related("meeting")
        found = found.annotate(sent=F("pdf_check__sent_sha256"), is_held=Exists(held))
        for document in found.order_by("-withdrawn_at", "kind", "position", "pk"):
            gone = _gone(document)
            if gone or document.released_at:
                for digest in {document.sha256, document.sent} & self._digests:
                    yield digest, gone, timezone.localdate(document.meeting.starts_at), document.title


def _gone(paper) -> Gone | None:
    """`paper`: with `is_held`."""
    if paper.withdrawn_at is None:
        return None
    return Gone(paper.withdrawn_at, paper.withdrawn_because, paper.is_held)
