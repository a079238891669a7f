"""What can be entered in the record of a meeting, and the words of its answers. Source: DOMAIN §2."""

from collections.abc import Iterable

from django.db import models

from assemblies.decisions.models import Decision, DecisionInterest, DecisionVote
from partnership.boards.regimes import Regime
from partnership.interests.interest_kinds import Kind as InterestKind


class EntryKind(models.TextChoices):
    ITEM = "item", "Item begins"
    ATTENDANCE = "attendance", "Attendance"
    GUEST = "guest", "In attendance"
    PRESIDES = "presides", "Who presides"
    INTEREST = "interest", "Interest declared"
    SESSION = "session", "Private session"
    SPEAKER = "speaker", "Speaker"
    NOTE = "note", "Note for the minutes"
    OUTCOME = "outcome", "Outcome"
    DONE = "done", "Item dealt with"
    ACTION = "action", "Action"
    QUESTION = "question", "Public question"
    UNDO = "undo", "Entry taken back"


STAYS = (EntryKind.QUESTION, EntryKind.UNDO)  # never taken back: the asker of a question was told


class Attends(models.TextChoices):
    ROOM = "room", "In the room"
    ONLINE = "online", "Online"
    APOLOGIES = "apologies", "Apologies"
    ABSENT = "absent", "Not here"


HERE = (Attends.ROOM, Attends.ONLINE)


class Sits(models.TextChoices):
    """In which capacity somebody takes a seat."""

    HOLDER = "holder", "holds the seat"
    DEPUTY = "deputy", "deputy"
    SUBSTITUTE = "substitute", "substitute"


Outcome, Vote, Mitigation = (
    Decision.Outcome,
    DecisionVote.Vote,
    DecisionInterest.Mitigation,
)  # as the register keeps them

DOES = {
    Mitigation.NOTE: "Noted, takes part in full",
    Mitigation.STAY_NO_VOTE: "Stays, without a vote",
    Mitigation.WITHDRAW: "Leaves for the item",
    Mitigation.PAPERS_WITHHELD: "Leaves for the item, and papers withheld",
}
LEAVES = (Mitigation.WITHDRAW, Mitigation.PAPERS_WITHHELD)
DECIDES = Decision.DECIDES


def mitigations_of(regime: str, kind: str, *, has_dispensation: bool) -> list[str]:
    """How an interest of the kind may be dealt with at a board of the regime.

    Members of a council body with a disclosable pecuniary interest neither discuss nor vote, unless they have a dispensation
    (Localism Act 2011, sections 31 and 33).
    """
    if regime == Regime.COUNCIL and kind == InterestKind.PECUNIARY and not has_dispensation:
        return [str(each) for each in LEAVES]
    return list(Mitigation.values)


def choices_of(words: Iterable[models.TextChoices]) -> list[tuple[str, str]]:
    """What a screen offers: the register's words with a capital letter."""
    return [(str(each.value), str(each.label).capitalize()) for each in words]


class Done(models.TextChoices):
    TAKEN = "taken", "Dealt with"
    PUT_OFF = "put_off", "Put off"
