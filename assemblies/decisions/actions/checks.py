"""What is refused before a decision goes on record, in words. Source: DOMAIN §2, where no other is named."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from assemblies.decisions.models import Decision, DecisionInterest, DecisionVote
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.meetings.purposes import may_decide
from assemblies.papers.models import AgendaItem
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.text import is_a_reason

Outcome, Vote = Decision.Outcome, DecisionVote.Vote


def refuse_meeting(board: Board, meeting: Meeting | None, item: AgendaItem | None, now: datetime) -> None:
    """Raises Refusal for a meeting of other boards, one that is cancelled, not published or has not started, and an item that is
    not its own."""
    if meeting is None:
        if item:
            raise Refusal("Say at which meeting the item was taken.", "meeting")
        return
    if board not in boards_of(meeting):
        raise Refusal(f"The {board} does not meet there.", "meeting")
    if meeting.state == Meeting.State.CANCELLED:
        raise Refusal("This meeting was cancelled.", "meeting")
    if meeting.state == Meeting.State.DRAFT:
        raise Refusal("This meeting was not published.", "meeting")
    if meeting.starts_at > now:
        raise Refusal("The meeting has not started.", "meeting")
    if item and item.version.meeting_id != meeting.pk:
        raise Refusal("This item is of another meeting.", "item")


def refuse_outcome(board: Board, outcome: str, text: str, recommendation: str) -> None:
    """Raises Refusal where a consultative forum would decide, and for an outcome that lacks its words."""
    if outcome in Decision.DECIDES and not may_decide(board):
        raise Refusal(
            f"The {board} is a consultative forum, so it takes no decisions. Record what it recommended, or that it noted it.",
            "outcome",
        )
    if outcome == Outcome.AMENDED and not text.strip():
        raise Refusal("Enter what was agreed, with its amendments", "text")
    if outcome in (Outcome.AGREED, Outcome.RECOMMENDED) and not (text.strip() or recommendation.strip()):
        raise Refusal("Enter what was decided", "text")


def refuse_day(day: date, now: datetime, *, not_before: date | None = None) -> None:
    """Raises Refusal for a day to come, and for one before what it revises was decided."""
    if day > timezone.localdate(now):
        raise Refusal("Enter the day on which it was decided, which cannot be in the future", "decided_on")
    if not_before and day < not_before:
        raise Refusal("Enter a day that is not before the first decision", "decided_on")


def refuse_twice(item: AgendaItem | None, board: Board, number: int | None) -> None:
    """Raises Refusal where the board decided on this recommendation of the item already."""
    if item is None:
        return
    known = Decision.objects.filter(item=item, board=board, recommendation_number=number, revises__isnull=True).first()
    if known:
        raise Refusal(f"This was recorded already, as {known}. Reopen that one, if it was decided again.")


def refuse_votes(
    board: Board, votes: Sequence[tuple[Any, str, str, bool]], interests: Sequence[dict[str, Any]]
) -> None:
    """Raises Refusal for a vote in a seat of another board, a second one in a seat, one by somebody who left or stayed without a
    vote because of an interest, and a casting vote where there is no tie."""
    refuse_interests(interests)
    plain = [(seat, name, vote) for seat, name, vote, is_casting in votes if not is_casting]
    casting = [(seat, name, vote) for seat, name, vote, is_casting in votes if is_casting]
    seats = [seat.pk for seat, _, _ in plain]
    if other := next((name for seat, name, _, _ in votes if seat.board_id != board.pk), None):
        raise Refusal(f"{other} does not vote on the {board}.", "votes")
    if len(set(seats)) < len(seats):
        raise Refusal(
            "Somebody votes twice in one seat: by a member or by who substitutes for them, not both.", "votes"
        )
    if wrong := next((vote for _, _, vote, _ in votes if vote not in Vote), None):
        raise Refusal(f"“{wrong}” is no vote: for, against or abstained.", "votes")
    without = {
        (each["seat"].pk, each["name"])
        for each in interests
        if each.get("seat") and each.get("mitigation") in DecisionInterest.NO_VOTE
    }
    if barred := next((name for seat, name, _, _ in votes if (seat.pk, name) in without), None):
        raise Refusal(f"{barred} declared an interest and could not vote on it.", "votes")
    if casting and (len(casting) > 1 or _count(plain, Vote.FOR) != _count(plain, Vote.AGAINST)):
        raise Refusal("There is a casting vote only where as many are for as against, and one at most.", "votes")
    if casting and casting[0][2] == Vote.ABSTAINED:
        raise Refusal("A casting vote is for or against.", "votes")


def refuse_interests(interests: Iterable[dict[str, Any]]) -> None:
    """Raises Refusal for an interest that says neither whose nor what it is, unless its details are withheld."""
    for each in interests:
        if not each.get("name", "").strip():
            raise Refusal("Say whose interest it is", "interests")
        if not each.get("nature", "").strip() and not each.get("is_withheld"):
            raise Refusal(f"Say what the interest of {each['name']} is", "interests")
        if each.get("mitigation", DecisionInterest.Mitigation.NOTE) not in DecisionInterest.Mitigation:
            raise Refusal(f"Select what {each['name']} did about the interest", "interests")


def refuse_officer_facts(post: str, title: str, text: str, reasons: str, alternatives: str) -> None:
    """Raises Refusal for a record that lacks what the law asks of it (2014 Regulations, reg. 7)."""
    if not post.strip():
        raise Refusal("Enter the post in which the officer decided", "officer_post")
    if not title.strip():
        raise Refusal("Enter what the decision is about", "title")
    if not text.strip():
        raise Refusal("Enter what was decided", "text")
    refuse_reason(reasons, "reasons", "Give the reasons for the decision in a sentence")
    if not alternatives.strip():
        raise Refusal(
            "Enter the options that were considered and rejected. If there were none, say so.", "alternatives"
        )


def refuse_authority(authority: str, text: str, delegated_by: Decision | None, effect: str) -> None:
    """Raises Refusal where it does not say who allowed it, or, under a general authority, what makes it worth recording."""
    if authority not in Decision.Authority:
        raise Refusal("Say by what authority it was decided", "authority")
    if authority == Decision.Authority.SPECIFIC and not text.strip() and delegated_by is None:
        raise Refusal("Say who asked for this decision, or choose the decision that did", "authority_text")
    if authority == Decision.Authority.GENERAL and effect not in Decision.Effect:
        raise Refusal("Say what the decision does", "effect")


def refuse_reason(
    words: str, field: str = "because", message: str = "Say in a sentence why it was decided again"
) -> None:
    """Raises Refusal for a reason that is none."""
    if not is_a_reason(words):
        raise Refusal(message, field)


def _count(votes: Iterable[tuple[Any, str, str]], vote: str) -> int:
    return sum(each == vote for _, _, each in votes)
