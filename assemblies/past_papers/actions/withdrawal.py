"""A past paper goes out of view at once: by the chair's word, or by that of two of the staff, as a paper of a meeting does."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assemblies.papers.actions import decided_by_two
from assemblies.past_papers import withdrawal_emails
from assemblies.past_papers.actions.paper_import import lock_board
from assemblies.past_papers.models import PaperImport, PastPaper, PastPaperWithdrawal
from assemblies.past_papers.rules import chairs_its_board, decides_withdrawal
from partnership import audit
from partnership.refusals import Refusal

State = PastPaperWithdrawal.State


@transaction.atomic
def withdraw(*, paper: PastPaper, by, because: str, now: datetime | None = None) -> PastPaperWithdrawal:
    """Takes a past paper out of view; who could read it reads the reason in its place. Returns what says so; where somebody did
    it already, theirs.

    From this transaction on nobody opens or finds it. By the chair, or whoever acts for them, it is withdrawn with that. Of
    staff this is the first of two: the chair is told at once, and `confirm` or `bring_back` decides. The caller has checked
    that `by` is one of them. Raises Refusal without a reason, where it was withdrawn with its import, and where the same member
    of staff took it out of view before and it is back.
    """
    now, because = now or timezone.now(), because.strip()
    decided_by_two.refuse_empty(because)
    row = _lock(paper)
    by_chair = chairs_its_board(by, row)
    known = row.withdrawals.in_force().first()
    if known:
        own_word = by_chair and known.is_held and known.asked_by_id != by.pk
        return confirm(withdrawal=known, by=by, now=now) if own_word else known
    if row.withdrawn_at:
        raise Refusal("This paper is withdrawn already.")
    if not by_chair:
        decided_by_two.refuse_again(row.withdrawals.all(), by)
    made = PastPaperWithdrawal(paper=row)
    chair = row.meeting.board.chair_on(timezone.localdate(now))
    decided_by_two.ask(made, by=by, because=because, by_chair=by_chair, chair=chair, now=now)
    made.save()
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = now, by, because
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    if by_chair:
        audit.record(by=by, verb="past_paper.withdrawn", subject=row)
    else:
        audit.record(by=by, verb="past_paper.held", subject=row, told=withdrawal_emails.asks_chair(withdrawal=made))
    return made


@transaction.atomic
def confirm(*, withdrawal: PastPaperWithdrawal, by, now: datetime | None = None) -> PastPaperWithdrawal:
    """A second person says that it stays out of view; returns it. Raises Refusal for who asked for it themselves."""
    _lock(withdrawal.paper)
    row = _to_decide(withdrawal, by)
    if row.is_final:
        return row
    decided_by_two.settle(row, by=by, now=now or timezone.now())
    audit.record(by=by, verb="past_paper.withdrawn", subject=row.paper)
    return row


@transaction.atomic
def bring_back(
    *, withdrawal: PastPaperWithdrawal, by, because: str = "", now: datetime | None = None
) -> PastPaperWithdrawal:
    """The paper is back in view: a second person refuses, and says why, or who asked takes it back. Returns the withdrawal.

    Raises Refusal once it is withdrawn for good, once its import was taken back, and where the same file was imported for its
    day meanwhile.
    """
    lock_board(withdrawal.paper.meeting.board)  # imports wait, and so does taking one back
    batch = PaperImport.objects.select_for_update(of=("self",)).filter(papers=withdrawal.paper).first()
    paper = _lock(withdrawal.paper)
    row = _to_decide(withdrawal, by, own=withdrawal.asked_by_id == by.pk)
    if row.state == State.BACK:
        return row
    if batch and batch.undone_at:
        raise Refusal(
            "Its import was taken back meanwhile, so this paper stays out of view. Confirm that it is withdrawn."
        )
    if PastPaper.objects.in_view().filter(meeting=paper.meeting_id, sha256=paper.sha256).exists():
        raise Refusal("The same file is a paper of this day again, so this one stays out of view.")
    decided_by_two.put_back(row, by=by, because=because.strip(), now=now or timezone.now())
    paper.withdrawn_at, paper.withdrawn_by, paper.withdrawn_because = None, None, ""
    paper.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    told = 0 if row.asked_by_id == by.pk else withdrawal_emails.is_back(withdrawal=row)
    audit.record(by=by, verb="past_paper.back_in_view", subject=paper, told=told)
    return row


def _lock(paper: PastPaper) -> PastPaper:
    rows = PastPaper.objects.select_for_update(of=("self",)).select_related("meeting__board")
    return rows.get(pk=paper.pk)


def _to_decide(withdrawal: PastPaperWithdrawal, by, *, own: bool = False) -> PastPaperWithdrawal:
    """The withdrawal as it is now, its paper being locked, for somebody who may decide."""
    row = PastPaperWithdrawal.objects.select_related("paper__meeting__board", "asked_by").get(pk=withdrawal.pk)
    decided_by_two.refuse_decision(row, decides=decides_withdrawal(by, row), own=own)
    return row
