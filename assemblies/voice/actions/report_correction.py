"""A report back that was sent is corrected in the open: other words, what changed, and the earlier words kept."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.papers.models import AgendaItem
from assemblies.voice.actions import member_run
from assemblies.voice.actions.report_back import Outcome, subjects
from assemblies.voice.models import ReportBack, ReportCorrection, ReportLine
from assemblies.voice.models.report_back import Version, versions_of
from partnership import audit
from partnership.refusals import Refusal


class Overtaken(Refusal):
    """Somebody else corrected it after this person opened it. `now` is the report as it stands."""

    def __init__(self, now: Version) -> None:
        super().__init__(
            f"{now.made_by or 'Someone else'} corrected the report after you opened it. The latest version is below. "
            "We have kept what you wrote and have not sent it yet."
        )
        self.now = now


@transaction.atomic
def correct(
    *, report: ReportBack, by, text: str, note: str, seen: int, outcomes: Iterable[Outcome] = (),
    now: datetime | None = None,
) -> ReportCorrection:  # fmt: skip
    """Keeps the report in its new words; a worker emails it once to everybody who was told. Returns the correction.

    The caller has checked that `by` holds the seat. `seen` is the number of the version they read: 0 as it was sent.
    Submitted twice, the second time it returns the same correction. Raises Overtaken when another was made since; Refusal
    without words, without a note, or when nothing differs.
    """
    row = ReportBack.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    stands = versions_of(row)[-1]
    text, note = text.strip(), note.strip()
    said = [(each.title[:300], each.words.strip(), each.item) for each in outcomes if each.words.strip()]
    same = stands.text == text and [(line.title, line.outcome, line.item) for line in stands.lines] == said
    if same and stands.number and stands.made_by == by and stands.note == note:
        return row.corrections.get(number=stands.number)
    if seen != stands.number:
        raise Overtaken(stands)
    if not text:
        raise Refusal("Enter what you want to tell them.", "text")
    if not note:
        raise Refusal("Say what has changed: people read this first.", "note")
    if same:
        raise Refusal("You have not changed anything in the report. Change what was wrong.", "text")
    made = ReportCorrection.objects.create(
        report=row, number=stands.number + 1, note=note, text=text, made_by=by, made_at=now or timezone.now()
    )
    ReportLine.objects.bulk_create(
        ReportLine(report=row, correction=made, position=position, title=title, outcome=words, item=item)
        for position, (title, words, item) in enumerate(said, start=1)
    )
    run = member_run.begin(correction=made)
    audit.record(
        by=by, verb="report_back.corrected", subject=row, number=made.number, lines=len(said), people=run.total
    )
    return made


def subjects_of(report: ReportBack, stands: Version) -> list[tuple[str, AgendaItem | None]]:
    """What there may be to report on: what the report speaks of as it stands, then what else there was."""
    spoken_of = {line.title: line.item for line in stands.lines}
    rest = [(title, item) for title, item in subjects(report.meeting, report.seat) if title[:300] not in spoken_of]
    return list(spoken_of.items()) + rest
