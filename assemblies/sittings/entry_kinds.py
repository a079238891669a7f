"""What can be entered in the record of a meeting, and the words of its answers. Source: DOMAIN §2."""

from django.db import models

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


class Mitigation(models.TextChoices):
    NOTE = "note", "Noted, takes part in full"
    NO_VOTE = "no_vote", "Stays, without a vote"
    WITHDRAWS = "withdraws", "Leaves for the item"
    NO_PAPERS = "no_papers", "Leaves for the item, and papers withheld"


LEAVES = (Mitigation.WITHDRAWS, Mitigation.NO_PAPERS)
VOTELESS = (Mitigation.NO_VOTE, *LEAVES)


def mitigations_of(regime: str, kind: str, *, has_dispensation: bool) -> list[Mitigation]:
    """How an interest of the kind may be dealt with at a board of the regime.

    Members of a council body with a disclosable pecuniary interest neither discuss nor vote, unless they have a dispensation
    (Localism Act 2011, sections 31 and 33).
    """
    if regime == Regime.COUNCIL and kind == InterestKind.PECUNIARY and not has_dispensation:
        return [*LEAVES]
    return [*Mitigation]


class Vote(models.TextChoices):
    FOR = "for", "For"
    AGAINST = "against", "Against"
    ABSTAINED = "abstained", "Abstained"


class Outcome(models.TextChoices):
    AGREED = "agreed", "Agreed"
    AMENDED = "amended", "Agreed with amendments"
    DEFERRED = "deferred", "Deferred"
    NOT_AGREED = "not_agreed", "Not agreed"
    NOTED = "noted", "Noted"
    RECOMMENDED = "recommended", "Recommended"


DECIDES = (Outcome.AGREED, Outcome.AMENDED, Outcome.NOT_AGREED)


class Done(models.TextChoices):
    TAKEN = "taken", "Taken"
    PUT_OFF = "put_off", "Put off"
