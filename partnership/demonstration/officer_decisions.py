"""What an officer of a council decided, all invented: under a general authority with background papers, and decided again; under
the authority of a board; and one that is closed to the public."""

from datetime import date, timedelta
from typing import Any

from assemblies.closures.actions.closure import Said, SaidOfBoard
from assemblies.decisions.actions import background, closing
from assemblies.decisions.actions import decision as decisions
from assemblies.decisions.models import Decision
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import closed_matters, papers, who
from partnership.demonstration.days import at, meeting_day_until
from partnership.partners.models import Partner
from places.footprint.models import Place

POST = "Head of joint commissioning (illustrative)"
COUNCIL, PLACE = "Southwark Council", "Southwark"
AFTER_THE_BOARD = date(2020, 10, 1)
WARM_ROOMS, AGAIN_AFTER = 45, 17  # days before today, and days later
WARM: dict[str, Any] = {
    "title": "Warm rooms in winter: a grant to six community centres",
    "text": "Six community centres get £6,000 each, to keep a warm room open from November to March.\n\nIllustrative: the "
    "centres and the figures are invented.",
    "reasons": "Older people who live alone told us that they heat one room. Rooms that are open already cost least.",
    "alternatives": "Vouchers for heating: rejected, because they reach fewer people. Libraries alone: rejected, because they "
    "close at five.",
    "authority": Decision.Authority.GENERAL,
    "effect": Decision.Effect.SPENDING,
}
AGAIN_TITLE = "Warm rooms in winter: a grant to seven community centres"
AGAIN = "A seventh centre offered a room, and the money was enough for it."
SEVEN = "Seven community centres get £5,100 each, to keep a warm room open from November to March.\n\nIllustrative."
CHAIR: dict[str, Any] = {
    "title": "How the strategic chair is recruited",
    "text": "The post is advertised for four weeks, and a panel of three interviews.\n\nIllustrative: the document asks for a "
    "chair, and says nothing of how.",
    "reasons": "The board wants a chair who is accountable to it, and an open competition shows that.",
    "alternatives": "A search by an agency: rejected, because of what it costs.",
    "authority": Decision.Authority.SPECIFIC,
}
ASKED = "The Health and Wellbeing Board asked officers to carry out the next steps of the recovery plan. Illustrative."
RENT: dict[str, Any] = {
    "title": "What we offer for the Walworth rooms",
    "text": "We offer £41,500 a year. Illustrative.",
    "reasons": "It is what rooms of this size cost nearby. Illustrative.",
    "alternatives": "Two other buildings: rejected, because they have no lift. Illustrative.",
    "authority": Decision.Authority.GENERAL,
    "effect": Decision.Effect.SPENDING,
}


def load(
    people: dict[str, User],
    partners: dict[str, Partner],
    places: dict[str, Place],
    boards: dict[str, Board],
    today: date,
) -> None:
    """Records them, and says on which ground the last is closed."""
    officer = people[who.WORKSTREAM_LEAD]
    by: dict[str, Any] = {
        "by": officer, "officer": officer, "officer_post": POST, "on_behalf_of": partners[COUNCIL],
        "places": [places[PLACE]],
    }  # fmt: skip
    first = meeting_day_until(today - timedelta(days=WARM_ROOMS))
    warm = decisions.record_by_officer(**by, **WARM, decided_on=first, now=at(first, "16:00"))
    background.add(decision=warm, by=officer, title="Cold homes in Southwark (illustrative)", file=_paper())
    background.add(
        decision=warm, by=officer, title="Guidance on keeping warm and well", url="https://www.example.org/keep-warm"
    )
    again = meeting_day_until(first + timedelta(days=AGAIN_AFTER))
    decisions.revise(
        decision=warm,
        by=officer,
        because=AGAIN,
        title=AGAIN_TITLE,
        text=SEVEN,
        decided_on=again,
        now=at(again, "11:00"),
    )
    asked = _asked_by(boards[closed_matters.COUNCIL])
    decisions.record_by_officer(
        **by, **CHAIR, decided_on=AFTER_THE_BOARD, now=at(AFTER_THE_BOARD, "15:00"), delegated_by=asked,
        authority_text="" if asked else ASKED,
    )  # fmt: skip
    day = meeting_day_until(today - timedelta(days=12))
    rent = decisions.record_by_officer(**by, **RENT, decided_on=day, now=at(day, "12:00"), is_closed=True)
    board = boards[closed_matters.COUNCIL]
    ground = SaidOfBoard(board, "exempt_3", **closed_matters.WEIGHED)
    said = Said((ground,), closed_matters.LEASE_IN_PUBLIC, today + closed_matters.REVIEW_IN)
    closing.give_ground(decision=rent, by=officer, said=said, board=board, now=at(day, "12:10"))


def _paper() -> Any:
    return papers.file("Cold homes in Southwark", ["Where older people live alone.", "Every figure here is invented."])


def _asked_by(board: Board) -> Decision | None:
    """What the board decided of the recovery plan in September 2020, where its record is loaded."""
    rows = Decision.objects.filter(board=board, decided_on__lt=AFTER_THE_BOARD, outcome__in=("agreed", "amended"))
    return rows.order_by("-decided_on", "recommendation_number", "pk").first()
