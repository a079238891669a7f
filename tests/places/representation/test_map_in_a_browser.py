"""The representation map on a phone."""

import pytest

from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
BROKEN_WORDS = """() => {
  const broken = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const word of text.data.matchAll(/[A-Za-z]{4,}/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


def test_no_word_of_the_map_breaks_in_two_on_a_phone(phone):
    for sector in ("vcfse", "nhs", "council", "other", ""):
        make.AppointmentFactory(seat__sector=sector)
    phone.goto("/representation/")
    assert phone.viewport_size["width"] == 320
    assert phone.evaluate(BROKEN_WORDS) == []
