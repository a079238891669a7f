"""Which interests are declared under which rules.

Two sets of rules (DOMAIN §2). Members of a council body declare disclosable pecuniary interests, and what else their council's
code asks them to register (Localism Act 2011, sections 28 to 34). Members of NHS bodies declare four kinds (NHS England, Managing
conflicts of interest in the NHS); boards with a constitution or terms of their own follow the same guidance by default.
"""

from dataclasses import dataclass

from django.db import models

from partnership.boards.regimes import Regime


class Code(models.TextChoices):
    """The set of rules under which somebody declares."""

    COUNCIL = "council", "members of council bodies"
    HEALTH = "health", "members of NHS and partnership boards"


class Kind(models.TextChoices):
    PECUNIARY = "pecuniary", "Disclosable pecuniary interest"
    REGISTRABLE = "registrable", "Other interest that the council’s code asks for"
    FINANCIAL = "financial", "Financial interest"
    PROFESSIONAL = "professional", "Non-financial professional interest"
    PERSONAL = "personal", "Non-financial personal interest"
    INDIRECT = "indirect", "Indirect interest"


@dataclass(frozen=True)
class CodeRules:
    """`withheld`: the rule by which details are kept from the public, in words."""

    kinds: tuple[Kind, ...]
    source: str
    withheld: str


CODES = {
    Code.COUNCIL: CodeRules(
        (Kind.PECUNIARY, Kind.REGISTRABLE),
        "Localism Act 2011, sections 28 to 34",
        "Localism Act 2011, section 32",
    ),
    Code.HEALTH: CodeRules(
        (Kind.FINANCIAL, Kind.PROFESSIONAL, Kind.PERSONAL, Kind.INDIRECT),
        "NHS England guidance on managing conflicts of interest",
        "NHS England guidance on managing conflicts of interest",
    ),
}

MEANINGS = {
    Kind.PECUNIARY: "Yours or your partner’s: paid work, sponsorship, contracts with the council, land, licences, shares.",
    Kind.REGISTRABLE: "For instance a body you were appointed to, a charity you lead, or a gift.",
    Kind.FINANCIAL: "You may gain money from what the board decides.",
    Kind.PROFESSIONAL: "Your standing or career may gain from it.",
    Kind.PERSONAL: "You may gain from it in another way, for instance through a campaign or a charity.",
    Kind.INDIRECT: "Somebody close to you has such an interest.",
}


def code_of(regime: str) -> Code:
    """Under which set of rules the members of a board of the regime declare."""
    return Code.COUNCIL if regime == Regime.COUNCIL else Code.HEALTH


def regimes_of(code: str) -> list[Regime]:
    """The regimes whose boards follow the set of rules."""
    return [regime for regime in Regime if code_of(regime) == code]


def code_of_kind(kind: str) -> Code:
    """Under which set of rules an interest of the kind is declared."""
    return next(code for code, rules in CODES.items() if kind in rules.kinds)
