"""Why a board may keep something from the public: the classes and the grounds that each legal regime knows.

Sources: Local Government Act 1972 s.100A(2), (3) (confidential), s.100I and Schedule 12A as it stands for England (exempt);
Public Bodies (Admission to Meetings) Act 1960 s.1(2) (NHS); for all others the board's own rules. DOMAIN §2.
"""

from dataclasses import dataclass

from django.db import models

from partnership.boards.regimes import Regime


class Classification(models.TextChoices):
    OPEN = "open", "Open"
    CONFIDENTIAL = "confidential", "Confidential"
    EXEMPT = "exempt", "Exempt"
    PRIVATE = "private", "Private"


@dataclass(frozen=True)
class Ground:
    """A ground for keeping something closed. `words` follow "because" or a colon; `paragraph`: of Schedule 12A, else None."""

    key: str
    classification: Classification
    words: str
    paragraph: int | None = None

    @property
    def label(self) -> str:
        """As a form offers it: its class, and the paragraph where it has one."""
        numbered = f", paragraph {self.paragraph}" if self.paragraph else ""
        return f"{self.classification.label}{numbered}: {self.words}"


SCHEDULE_12A = {
    1: "information about an individual",
    2: "information likely to reveal who an individual is",
    3: "the financial or business affairs of a person or organisation, the council included",
    4: "consultation or negotiation with staff or their unions about a labour relations matter",
    5: "advice that legal professional privilege would protect in court",
    6: "a legal notice, order or direction that is proposed",
    7: "steps to prevent, investigate or prosecute crime",
}
FINANCIAL = (
    "exempt_3"  # not for what companies, charities and others must register in public: Schedule 12A, paragraph 8
)
GROUNDS = {
    ground.key: ground
    for ground in (
        Ground("department", Classification.CONFIDENTIAL, "a government department gave it and forbids its disclosure"),
        Ground(
            "prohibited", Classification.CONFIDENTIAL, "an Act of Parliament or a court order forbids its disclosure"
        ),
        *(Ground(f"exempt_{n}", Classification.EXEMPT, words, n) for n, words in SCHEDULE_12A.items()),
        Ground(
            "business", Classification.PRIVATE, "publicity would harm the public interest: the business is confidential"
        ),
        Ground("special", Classification.PRIVATE, "publicity would harm the public interest: another special reason"),
        Ground("own", Classification.PRIVATE, "the board’s own rules let it meet in private on this"),
    )
}
OF_REGIME = {
    Regime.COUNCIL: ("department", "prohibited", *(f"exempt_{number}" for number in SCHEDULE_12A)),
    Regime.NHS: ("business", "special"),
    Regime.CONSTITUTION: ("own",),
    Regime.OWN_TERMS: ("own",),
}
SOURCES = {
    Classification.CONFIDENTIAL: "section 100A(2) of the Local Government Act 1972",
    Classification.EXEMPT: "Schedule 12A to the Local Government Act 1972",
}


def of_regime(regime: str) -> list[Ground]:
    """The grounds that a board of the regime may give, in their order."""
    return [GROUNDS[key] for key in OF_REGIME[Regime(regime)]]


def is_of_regime(regime: str, ground: str) -> bool:
    """Whether a board of the regime may give the ground."""
    return ground in OF_REGIME[Regime(regime)]


def what_is_wrong(
    regime: str,
    ground: str,
    *,
    reason: str = "",
    interest_for: str = "",
    interest_against: str = "",
    must_be_registered: bool | None = None,
    has_review_day: bool = False,
) -> dict[str, str]:
    """What a board of the regime has to put right before it closes something on the ground, by the name of the question.

    Empty where nothing is wrong. `interest_for` and `interest_against`: keeping it closed; `must_be_registered`: whether the
    facts must be publicly registered, as accounts of companies and charities are.
    """
    found = GROUNDS.get(ground)
    if found is None or not is_of_regime(regime, ground):
        return {"ground": _not_its_own(regime, found)}
    wrong = {}
    if found.classification == Classification.EXEMPT:
        if not interest_for.strip():
            wrong["interest_for"] = "Say what speaks for keeping it closed: exempt information is weighed both ways"
        if not interest_against.strip():
            wrong["interest_against"] = "Say what speaks for making it public: exempt information is weighed both ways"
        if not has_review_day:
            wrong["review_on"] = (
                "Enter the day on which it is looked at again: it is exempt only as long as that is right"
            )
    elif found.classification == Classification.CONFIDENTIAL and (interest_for.strip() or interest_against.strip()):
        wrong["interest_for"] = (
            "Confidential information is not weighed: the law forbids its disclosure. Leave this empty"
        )
    if found.classification == Classification.PRIVATE and not reason.strip():
        wrong["reason"] = "Give the reason why it is taken in private. The public reads it"
    if ground == FINANCIAL and must_be_registered is None:
        wrong["must_be_registered"] = "Say whether any of it must be publicly registered"
    elif ground == FINANCIAL and must_be_registered:
        wrong["must_be_registered"] = (
            "What companies, charities and others must register in public is not exempt under paragraph 3: take it out, "
            "or leave the item open"
        )
    return wrong


def _not_its_own(regime: str, found: Ground | None) -> str:
    if found is None:
        return "Select one of the board’s grounds"
    if found.paragraph:
        return (
            "Paragraphs of Schedule 12A are for councils. This board does not meet under the Local Government Act 1972: "
            "select one of its own grounds"
        )
    if regime == Regime.COUNCIL:
        return "A council body closes its papers only as confidential, or as exempt by a paragraph of Schedule 12A"
    return "This ground is not one of the board’s own: select another"


def in_words(ground: str, reason: str = "", *, named: bool = True) -> str:
    """A ground as the public reads it: its class, unless that stands before it, what the law says, and the reason given."""
    found = GROUNDS[ground]
    source = SOURCES.get(found.classification, "")
    numbered = f"paragraph {found.paragraph} of {source}" if found.paragraph else source
    if found.key in ("business", "special"):
        numbered = "section 1(2) of the Public Bodies (Admission to Meetings) Act 1960"
    law = f"{found.words}{f' ({numbered})' if numbered else ''}."
    told = f"{found.classification.label}: {law}" if named else f"{law[:1].upper()}{law[1:]}"
    given = reason.strip()
    return f"{told} {given}{'' if not given or given[-1] in '.!?' else '.'}".strip()
