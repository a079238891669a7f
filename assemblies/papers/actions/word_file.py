"""A report that came back from Word is read, asked about, compared, and used or left. Nothing changes before it is used."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from assemblies.papers.actions import report as reports
from assemblies.papers.models import Report, WordFile
from assemblies.papers.word import receiving
from assemblies.papers.word.comparing import to_save
from assemblies.papers.word.findings import TRACKED
from partnership import audit
from partnership.files import previews
from partnership.refusals import Refusal

State = WordFile.State
KEPT = timedelta(days=30)
ACCEPT, REJECT = "accept", "reject"
ANSWERED_MEANWHILE = (
    "Somebody has just answered the questions in another way. Look at what would change now, then use it."
)


def send(*, report: Report, by, filename: str, data: bytes) -> WordFile:
    """Reads the document and keeps what it says, beside the report; returns it. It replaces an earlier one of the same person.

    Raises Refusal while the report cannot be written, and for what is no report that we can read.
    """
    reports.refuse_unless_open(report)
    found = receiving.read(data)  # before the transaction: it may take some seconds
    return _keep(report, by, filename, found)


@transaction.atomic
def _keep(report: Report, by, filename: str, found: receiving.Read) -> WordFile:
    locked = Report.objects.locked().get(pk=report.pk)
    for earlier in locked.word_files.filter(state=State.PREVIEW, uploaded_by=by):
        leave(file=earlier, by=by)
    file = WordFile.objects.create(report=locked, filename=filename[:200], uploaded_by=by, found=asdict(found))
    audit.record(by=by, verb="report.word_read", subject=locked, word_notes=len(found.notes))
    return file


def read_of(file: WordFile) -> receiving.Read:
    """What the document says. Not of one that was used or left: nothing of it is kept."""
    return receiving.as_read(file.found)


def unanswered(file: WordFile) -> list[str]:
    """The kinds of questions that nobody has answered yet."""
    kinds = dict.fromkeys(question.kind for question in read_of(file).questions)
    return [kind for kind in kinds if kind not in file.answers]


def accepts_changes(file: WordFile) -> bool:
    """Whether the text is the one with every tracked change; where there is none, it makes no difference."""
    return tracked_changes(file) == ACCEPT


def tracked_changes(file: WordFile) -> str:
    """What was said of its tracked changes: ACCEPT, which is also said where there are none, or REJECT."""
    return file.answers.get(TRACKED, ACCEPT)


@transaction.atomic
def answer(*, file: WordFile, by, answers: dict[str, str]) -> WordFile:
    """Keeps the answers, by kind of question; returns the file. Raises Refusal once it is used or left."""
    locked = previews.lock(file)
    if locked.state != State.PREVIEW:
        raise Refusal("This document has been used or left meanwhile.")
    locked.answers = answers
    locked.save(update_fields=["answers"])
    return locked


@transaction.atomic
def use(*, file: WordFile, by, revision: int | None = None, seen: str | None = None) -> Report:
    """Writes what the document says into the report, once, and deletes what was kept of it; returns the report.

    `seen`: what was said of its tracked changes when the person looked at it. Raises Stale when somebody changed the report
    since `revision`, and Refusal where a question is not answered, or in another way since, where the document was left, and
    while the report cannot be written.
    """
    report = Report.objects.locked().get(pk=file.report_id)
    locked = previews.to_confirm(file)
    if locked is None:
        return report
    if unanswered(locked):
        raise Refusal("Answer the questions about the document first.")
    if seen is not None and seen != tracked_changes(locked):
        raise Refusal(ANSWERED_MEANWHILE)
    text = to_save(report.working_text, read_of(locked), accept_changes=accepts_changes(locked))
    written = reports.write(report=report, by=by, text=text, revision=revision)
    previews.confirm(locked)
    audit.record(by=by, verb="report.word_used", subject=report)
    return written


def leave(*, file: WordFile, by) -> WordFile:
    """Deletes what was kept of the document; the report stays as it is. Raises Refusal when it was used."""
    return previews.discard(file, lambda gone: audit.record(by=by, verb="report.word_left", subject=gone.report))


def delete_old(now: datetime) -> int:
    """Deletes documents that came back 30 days ago, used or not; returns how many."""
    count, _ = WordFile.objects.filter(uploaded_at__lt=now - KEPT).delete()
    return count
