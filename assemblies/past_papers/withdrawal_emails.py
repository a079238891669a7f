"""Emails about a past paper that one of the staff took out of view: to the chair, and to who did it."""

from assemblies.papers.withdrawal_emails import chairs_of, to_each
from assemblies.past_papers.models import PastPaperWithdrawal

THING = "past-withdrawal"  # in the keys of emails


def asks_chair(*, withdrawal: PastPaperWithdrawal) -> int:
    """Tells the chair, and who acts for them, that one of the staff took a paper out of view; returns how many emails are new."""
    return to_each(chairs_of(withdrawal.board), "paper_held", THING, withdrawal, withdrawal.asked_by, "held")


def is_back(*, withdrawal: PastPaperWithdrawal) -> int:
    """Tells who took the paper out of view that it is back, and why; returns how many emails are new."""
    return to_each([withdrawal.asked_by], "paper_back", THING, withdrawal, withdrawal.decided_by, "back")
