"""A paper that was published in error goes out of view at once: by the chair's word, or by that of two of the staff."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.rules import chairs
from assemblies.papers import emails, withdrawal_emails
from assemblies.papers.actions import agenda_paper, decided_by_two, meeting_pack
from assemblies.papers.actions.report import stop_steps
from assemblies.papers.models import Document, Report, ReportVersion, Withdrawal, WithdrawnFile
from assemblies.papers.rules import decides_withdrawal
from partnership import audit, states
from partnership.refusals import Refusal

State = Withdrawal.State


@transaction.atomic
def withdraw(*, paper: Report | Document, by, because: str, now: datetime | None = None) -> Withdrawal:
    """Takes a published paper out of view, with the appendices of a report and the same file under another title. Returns what
    says so; where somebody did it already, theirs.

    From this transaction on nobody opens it, nor a pack that holds it. By the chair, or whoever acts for them, it is withdrawn
    with that, and those who were told of the papers are told. Of staff this is the first of two: the chair is told at once,
    and `confirm` or `bring_back` decides. The caller has checked that `by` is one of them. Raises Refusal without a reason,
    where the paper is not out, and where the same member of staff took it out of view before and it is back.
    """
    now, because = now or timezone.now(), because.strip()
    decided_by_two.refuse_empty(because)
    meeting, versions, files = _locked(paper)
    by_chair = chairs(by, meeting)
    known = _known(paper, versions)
    if known:
        own_word = by_chair and known.is_held and known.asked_by_id != by.pk
        return confirm(withdrawal=known, by=by, now=now) if own_word else known
    if not versions and not files:
        raise Refusal("Nobody can read this paper, so there is nothing to withdraw.")
    if not by_chair:
        decided_by_two.refuse_again(paper.withdrawals.all(), by)
    report, document = (paper, None) if isinstance(paper, Report) else (None, paper)
    made = Withdrawal(
        meeting=meeting,
        report=report,
        up_to=report.versions.first().number if report else None,
        document=document,
        title=_title(versions[0] if versions else files[0]),
    )
    chair = meeting.board.chair_on(timezone.localdate(now))
    decided_by_two.ask(made, by=by, because=because, by_chair=by_chair, chair=chair, now=now)
    made.save()
    _hide(made, files)
    meeting_pack.replace_edition(withdrawal=made, now=now)
    if by_chair:
        _settle(made, by)
    else:
        told = withdrawal_emails.asks_chair(withdrawal=made)
        audit.record(by=by, verb="paper.held", subject=made, told=told)
    return made


@transaction.atomic
def confirm(*, withdrawal: Withdrawal, by, now: datetime | None = None) -> Withdrawal:
    """A second person says that it stays out of view; returns it. Raises Refusal for who asked for it themselves."""
    row = _to_decide(withdrawal, by)
    if row.state == State.WITHDRAWN:
        return row
    decided_by_two.settle(row, by=by, now=now or timezone.now())
    _settle(row, by)
    return row


@transaction.atomic
def bring_back(*, withdrawal: Withdrawal, by, because: str = "", now: datetime | None = None) -> Withdrawal:
    """The paper is back in view: a second person refuses, and says why, or who asked takes it back. Returns the withdrawal.

    Raises Refusal once it is withdrawn for good: a corrected paper comes out as a new one.
    """
    own = withdrawal.asked_by_id == by.pk
    row, now, because = _to_decide(withdrawal, by, own=own), now or timezone.now(), because.strip()
    if row.state == State.BACK:
        return row
    decided_by_two.put_back(row, by=by, because=because, now=now)
    files = list(Document.objects.filter(withdrawn_with__withdrawal=row))
    for document in files:
        document.withdrawn_at, document.withdrawn_because = None, ""
        document.save(update_fields=["withdrawn_at", "withdrawn_because"])
        agenda_paper.put_back_on_draft(row.meeting, document)
    meeting_pack.replace_edition(withdrawal=row, is_back=True, now=now)
    told = 0 if own else withdrawal_emails.is_back(withdrawal=row)
    audit.record(by=by, verb="paper.back_in_view", subject=row, told=told)
    return row


def _locked(paper: Report | Document) -> tuple[Meeting, list[ReportVersion], list[Document]]:
    """The meeting, under its lock, with what people can read of the paper: versions of the report, and files."""
    if isinstance(paper, Document):
        meeting = Meeting.objects.locked().select_related("board").get(pk=paper.meeting_id)
        row = Document.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=paper.pk)
        return meeting, [], _with_other_titles([row])
    out = paper.versions.published().select_related("meeting").first()
    if out is None:
        raise Refusal("This report is not published, so there is nothing to withdraw.")
    meeting = Meeting.objects.locked().select_related("board").get(pk=out.meeting_id)
    Report.objects.locked().get(pk=paper.pk)
    versions = paper.versions.published().not_withdrawn().select_related("report__item__closure", "closure", "meeting")
    appendices = Document.objects.filter(pk__in=paper.appendices.values("document")).select_related("meeting")
    return meeting, list(versions), _with_other_titles(appendices)


def _with_other_titles(rows: Iterable[Document]) -> list[Document]:
    """Those that people can open, each with the same file under another title, in use or waiting."""
    found: dict[int, Document] = {}
    for row in rows:
        if row.is_in_view:
            found |= {each.pk: each for each in (row, *row.same_file_under_another_title())}
    return list(found.values())


def _known(paper: Report | Document, versions: list[ReportVersion]) -> Withdrawal | None:
    """What keeps it out of view already: its own withdrawal, or that of the report it is an appendix of."""
    if isinstance(paper, Report):
        return None if versions else paper.withdrawals.in_force().first()
    return Withdrawal.objects.in_force().filter(files__document=paper).first()


def _title(paper: ReportVersion | Document) -> str:
    """What anybody may read of it."""
    if isinstance(paper, Document):
        return paper.public_title
    closure = paper.closed_by
    return closure.title_for_public(paper.text.title) if closure else paper.text.title


def _hide(withdrawal: Withdrawal, files: list[Document]) -> None:
    for document in files:
        document.withdrawn_at, document.withdrawn_because = withdrawal.asked_at, withdrawal.because
        document.save(update_fields=["withdrawn_at", "withdrawn_because"])
        WithdrawnFile.objects.create(withdrawal=withdrawal, document=document)
        agenda_paper.take_off_draft(document)
    emails.take_back_from_chair(files, because="The file was withdrawn.")


def _settle(withdrawal: Withdrawal, by) -> None:
    """It is withdrawn for good: versions that were on their way out with the same words stop, and people are told."""
    report = withdrawal.report
    if report:
        locked = Report.objects.locked().get(pk=report.pk)
        newest = locked.versions.first()
        if newest.number <= withdrawal.up_to and locked.state in (Report.State.SUBMITTED, Report.State.SIGNED):
            states.move(locked, Report.State.DRAFT)
            stop_steps(newest, because="The report was withdrawn.")
    told = withdrawal_emails.withdrawn(withdrawal=withdrawal, by=by)
    audit.record(by=by, verb="paper.withdrawn", subject=withdrawal, told=told)


def _to_decide(withdrawal: Withdrawal, by, *, own: bool = False) -> Withdrawal:
    """The withdrawal under its meeting's lock, for somebody who may decide."""
    Meeting.objects.locked().get(pk=withdrawal.meeting_id)
    known = ("meeting__board", "report__item__closure", "document__closure", "asked_by")
    row = Withdrawal.objects.select_for_update(of=("self",)).select_related(*known).get(pk=withdrawal.pk)
    decided_by_two.refuse_decision(row, decides=decides_withdrawal(by, row), own=own)
    return row
