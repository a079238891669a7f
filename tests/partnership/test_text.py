"""Text is cleaned of what nobody sees, and keeps what a script needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.text import first_unknown, legible


@pytest.mark.parametrize("text", ["ශ්‍රී ලංකා", "می‌خواهم", "ക്‍ഷ", "👩🏽‍⚕️", "👨‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️"])
def test_joiners_stay_where_scripts_and_emoji_need_them(text):
    assert legible(text) == text


@pytest.mark.parametrize(
    "text", ["Ann\u200d", "\u200cAnn", "An\u200dn", "ann@ex\u200cample.org", "\u202eAnn\u2066", "Ann\ufeff"]
)
def test_joiners_and_marks_that_nobody_sees_go(text):
    assert legible(text) == text.translate(dict.fromkeys(map(ord, "\u200c\u200d\u202e\u2066\ufeff")))


def test_bullets_that_word_writes_become_bullets():
    assert legible("\uf0b7\tCaptions\n\uf0a7 Parking") == "•\tCaptions\n• Parking"


@pytest.mark.parametrize(
    "unknown", ["\u0378", "\ue000", "\ufdd0", "\ufffe", "\U000e0080", "\U000f0000", "\U0002fffe", "\U0010ffff"]
)
def test_character_that_means_nothing_to_others_is_found(unknown):
    assert first_unknown(f"Ann {unknown} Hill") == 4


@pytest.mark.parametrize("text", ["", "Ann", "王小明 😀", "\U0001fae8\U0001faea", "\U0002ebf0\U000323b0", "ශ්‍රී 🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_character_of_any_year_of_unicode_is_known(text):
    assert first_unknown(text) == -1


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert legible(legible(text)) == legible(text)
