"""Erasing a withdrawn paper: its files and words go for good, on the word of two people. That it was there, its title, the
reason and the checksum stay."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import withdrawal_emails
from assemblies.papers.actions import word_file
from assemblies.papers.models import (
    Document,
    Erasure,
    PackFile,
    Recommendation,
    Report,
    ReportAppendix,
    ReportVersion,
    Withdrawal,
    WordFile,
)
from assemblies.papers.report_text import ReportText, as_data, new_text
from assemblies.papers.rules import decides_erasure
from assemblies.papers.withdrawn import packs_of, versions_of
from partnership import audit, states
from partnership.drafts.models import Draft
from partnership.files import storing
from partnership.refusals import Refusal

State = Erasure.State
ERASED = "Erased."


@transaction.atomic
def ask(*, withdrawal: Withdrawal, by, now: datetime | None = None) -> Erasure:
    """Asks for a withdrawn paper to be erased; returns what waits for a second person; the chair is told. The caller
    has checked that `by` may withdraw papers of the meeting. Raises Refusal while it is not withdrawn for good."""
    row = _locked(withdrawal)
    known = row.erasures.exclude(state=State.REFUSED).first()
    if known:
        return known
    if not row.is_final:
        raise Refusal("Only a paper that is withdrawn for good can be erased.")
    erasure = Erasure.objects.create(withdrawal=row, asked_by=by, asked_at=now or timezone.now())
    told = withdrawal_emails.erasure_asked(erasure=erasure)
    audit.record(by=by, verb="paper.erasure_asked", subject=row, told=told)
    return erasure


@transaction.atomic
def refuse(*, erasure: Erasure, by, now: datetime | None = None) -> Erasure:
    """The files and words stay: a second person refuses, or who asked takes it back."""
    _locked(erasure.withdrawal)
    row = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if row.state == State.ASKED:
        states.move(row, State.REFUSED, decided_by=by, decided_at=now or timezone.now())
        audit.record(by=by, verb="paper.erasure_refused", subject=row.withdrawal)
    return row


@transaction.atomic
def confirm(*, erasure: Erasure, by, now: datetime | None = None) -> Erasure:
    """A second person confirms: files, words and packs with them are erased; returns what says so.

    Of a report all versions that were withdrawn go, and what is being written too unless a corrected version was submitted.
    Files go from the disk when this commits, but for those that something else still needs. Raises Refusal for who asked.
    """
    withdrawal = _locked(erasure.withdrawal)
    row = Erasure.objects.select_for_update().select_related("withdrawal__meeting__board").get(pk=erasure.pk)
    if row.state == State.DONE:
        return row
    if not decides_erasure(by, row):
        raise Refusal("You asked for this yourself. The chair, or another member of staff, confirms it.")
    states.move(row, State.DONE, decided_by=by, decided_at=now or timezone.now())
    names = {*_packs(withdrawal), *_files(withdrawal)}
    _erase_words(withdrawal, by)
    transaction.on_commit(lambda: storing.delete_unnamed(names), robust=True)
    audit.record(by=by, verb="paper.erased", subject=withdrawal, files=len(names))
    return row


def _locked(withdrawal: Withdrawal) -> Withdrawal:
    Meeting.objects.locked().get(pk=withdrawal.meeting_id)
    return Withdrawal.objects.select_related("meeting__board", "report__item__topic", "report__author").get(
        pk=withdrawal.pk
    )


def _packs(withdrawal: Withdrawal) -> list[str]:
    """Every edition of a pack that has the paper; returns the names of the files."""
    held = [file for _, files in packs_of(withdrawal) for file in files if file.file]
    PackFile.objects.filter(pk__in=[file.pk for file in held]).update(file="")
    return [file.file.name for file in held]


def _files(withdrawal: Withdrawal) -> list[str]:
    documents = Document.objects.filter(withdrawn_with__withdrawal=withdrawal).exclude(file="")
    appendices = _appendices(withdrawal).exclude(file="")
    names = [*documents.values_list("file", flat=True), *appendices.values_list("file", flat=True)]
    Document.objects.filter(pk__in=[each.pk for each in documents]).update(file="")
    now = timezone.now()
    for appendix in appendices:
        appendix.file, appendix.removed_at = "", appendix.removed_at or now
        appendix.save(update_fields=["file", "removed_at"])
    return names


def _appendices(withdrawal: Withdrawal):
    """The appendices that went with it: not those that are out again with a corrected version."""
    gone = Q(document__in=withdrawal.files.values("document"))
    if withdrawal.report_id:
        named = [each["pk"] for version in versions_of(withdrawal) for each in version.content["appendices"]]
        gone |= Q(document=None, pk__in=named)
    later = [
        each["pk"]
        for version in ReportVersion.objects.filter(report=withdrawal.report_id).exclude(
            pk__in=versions_of(withdrawal).values("pk")
        )
        for each in version.content["appendices"]
    ]
    return ReportAppendix.objects.filter(gone).exclude(pk__in=later)


def _erase_words(withdrawal: Withdrawal, by) -> None:
    """The text of each version, its recommendations, what is being written of it, what came back from Word and nobody used, and
    what people typed and did not send."""
    report = withdrawal.report
    if report is None:
        return
    versions = list(versions_of(withdrawal))
    for version in versions:
        kept = {name: version.content.get(name, "") for name in ("board", "meeting", "day", "purpose")}
        files = [each | {"title": ERASED} for each in version.content["appendices"]]
        empty = {"erased": True, "text": as_data(ReportText(withdrawal.title)), "appendices": files, "parts": []}
        said = ERASED if version.what_changed else ""
        ReportVersion.objects.filter(pk=version.pk).update(content=kept | empty, what_changed=said)
    Recommendation.objects.filter(version__in=versions).update(text=ERASED)
    corrected = report.versions.filter(number__gt=withdrawal.up_to).order_by("number").first()
    _leave_word_files(report, corrected, by)
    typed = Draft.objects.filter(address__startswith=reverse("report", args=[report.pk]))
    (typed.filter(saved_at__lt=corrected.made_at) if corrected else typed).delete()
    if corrected is None:
        locked = Report.objects.locked().get(pk=report.pk)
        data = as_data(new_text(locked.title, str(locked.author or "")))
        locked.text = {name: data[name] for name in ("fields", "recommendations", "sections")}
        locked.revision += 1
        locked.save(update_fields=["text", "revision"])


def _leave_word_files(report: Report, corrected: ReportVersion | None, by) -> None:
    """Deletes what was read in Word documents that came before a corrected version, all where there is none."""
    waiting = report.word_files.filter(state=WordFile.State.PREVIEW)
    for file in waiting.filter(uploaded_at__lt=corrected.made_at) if corrected else waiting:
        word_file.leave(file=file, by=by)
