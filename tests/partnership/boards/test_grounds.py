"""DOMAIN §2, "Four classes, offered by regime": its sentences as a table. No database."""

import pytest

from partnership.boards import grounds
from partnership.boards.regimes import Regime

WEIGHED = {"interest_for": "Bidders would know.", "interest_against": "Public money.", "has_review_day": True}
NOT_REGISTERED = WEIGHED | {"must_be_registered": False}
REASON = {"reason": "The contract is not signed."}


@pytest.mark.parametrize(
    ("regime", "classes"),
    [
        (Regime.COUNCIL, {"confidential", "exempt"}),
        (Regime.NHS, {"private"}),
        (Regime.CONSTITUTION, {"private"}),
        (Regime.OWN_TERMS, {"private"}),
    ],
)
def test_each_regime_knows_its_own_classes(regime, classes):
    assert {ground.classification for ground in grounds.of_regime(regime)} == classes


def test_council_has_the_seven_paragraphs_and_no_other():
    assert [each.paragraph for each in grounds.of_regime(Regime.COUNCIL) if each.paragraph] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("regime", "ground", "answers"),
    [
        (Regime.COUNCIL, "department", {}),
        (Regime.COUNCIL, "prohibited", {}),
        (Regime.COUNCIL, "exempt_3", NOT_REGISTERED),
        *((Regime.COUNCIL, f"exempt_{number}", WEIGHED) for number in (1, 2, 4, 5, 6, 7)),
        (Regime.NHS, "business", REASON),
        (Regime.NHS, "special", REASON),
        (Regime.CONSTITUTION, "own", REASON),
        (Regime.OWN_TERMS, "own", REASON),
    ],
)
def test_ground_that_a_board_may_give(regime, ground, answers):
    assert grounds.what_is_wrong(regime, ground, **answers) == {}


@pytest.mark.parametrize(
    ("regime", "ground", "answers", "question", "words"),
    [
        # "paragraph 3" at an ICB is refused, whatever is said for it
        (Regime.NHS, "exempt_3", NOT_REGISTERED | REASON, "ground", "for councils"),
        (Regime.OWN_TERMS, "exempt_1", WEIGHED | REASON, "ground", "for councils"),
        (Regime.CONSTITUTION, "department", REASON, "ground", "not one of the board’s own"),
        (Regime.NHS, "own", REASON, "ground", "not one of the board’s own"),
        (Regime.COUNCIL, "business", REASON, "ground", "only as confidential, or as exempt"),
        (Regime.COUNCIL, "exempt_8", WEIGHED, "ground", "Select one"),  # the seven are the whole list
        # exempt only if and so long as keeping it outweighs disclosing
        (Regime.COUNCIL, "exempt_1", WEIGHED | {"interest_for": " "}, "interest_for", "weighed both ways"),
        (Regime.COUNCIL, "exempt_1", WEIGHED | {"interest_against": ""}, "interest_against", "weighed both ways"),
        (Regime.COUNCIL, "exempt_1", WEIGHED | {"has_review_day": False}, "review_on", "looked at again"),
        # confidential: the public must be excluded, no weighing
        (Regime.COUNCIL, "department", WEIGHED, "interest_for", "not weighed"),
        # paragraph 3 is refused for what must be publicly registered, and that is asked
        (Regime.COUNCIL, "exempt_3", WEIGHED, "must_be_registered", "Say whether"),
        (Regime.COUNCIL, "exempt_3", WEIGHED | {"must_be_registered": True}, "must_be_registered", "charities"),
        # a reason is stated
        (Regime.NHS, "business", {}, "reason", "Give the reason"),
        (Regime.NHS, "special", {"reason": " "}, "reason", "Give the reason"),
        (Regime.CONSTITUTION, "own", {}, "reason", "Give the reason"),
        (Regime.OWN_TERMS, "own", {}, "reason", "Give the reason"),
    ],
)
def test_what_is_wrong_with_a_ground(regime, ground, answers, question, words):
    wrong = grounds.what_is_wrong(regime, ground, **answers)
    assert list(wrong) == [question]
    assert words in wrong[question]


@pytest.mark.parametrize(
    ("ground", "reason", "words"),
    [
        (
            "exempt_3",
            "",
            (
                "Exempt: the financial or business affairs of a person or organisation, the council included "
                "(paragraph 3 of Schedule 12A to the Local Government Act 1972)."
            ),
        ),
        (
            "department",
            "",
            (
                "Confidential: a government department gave it and forbids its disclosure "
                "(section 100A(2) of the Local Government Act 1972)."
            ),
        ),
        (
            "business",
            "The contract is not signed",
            (
                "Private: publicity would harm the public interest: the business is confidential "
                "(section 1(2) of the Public Bodies (Admission to Meetings) Act 1960). The contract is not signed."
            ),
        ),
        ("own", "Not signed.", "Private: the board’s own rules let it meet in private on this. Not signed."),
    ],
)
def test_ground_in_the_words_the_public_reads(ground, reason, words):
    assert grounds.in_words(ground, reason) == words
    _, _, without_class = words.partition(": ")
    assert grounds.in_words(ground, reason, named=False) == without_class[0].upper() + without_class[1:]
