"""One letter to many people: what is the same for all is written once, and only names and links for each person."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any, NamedTuple

from django.utils.crypto import get_random_string

from partnership.outbox.compose import compose

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Words(NamedTuple):
    """A letter as one person reads it."""

    subject: str
    text: str
    html: str


class Letter:
    """A letter from `templates/emails/<template>/`, with gaps for what differs from person to person.

    `gaps` are names the template uses, such as "name". In the template each is a word nobody could have typed; a gap
    that ends in "link" reads as a web address, so that it may stand in an href and in Markdown.
    """

    def __init__(
        self,
        template: str,
        context: Mapping[str, Any],
        gaps: tuple[str, ...],
        wording: Mapping[str, str] | None = None,
    ) -> None:
        """`wording` are texts staff wrote, in which {name} stands for the gap "name"; see `fill`."""
        marks = self._marks(gaps)
        words = {name: fill(text, marks) for name, text in (wording or {}).items()}
        self._write(compose(template, dict(context) | marks | words), marks)

    @staticmethod
    def _marks(gaps: tuple[str, ...]) -> dict[str, str]:
        nonce = get_random_string(12, "abcdefghijkmnpqrstuvwxyz")
        plain = {gap: f"{nonce}{gap.replace('_', '')}{nonce}" for gap in gaps}
        return {gap: f"https://{mark}.invalid/" if gap.endswith("link") else mark for gap, mark in plain.items()}

    def _write(self, written: tuple[str, str, str], marks: Mapping[str, str]) -> None:
        self._gap_of = {mark: gap for gap, mark in marks.items()}
        pattern = re.compile("(" + "|".join(re.escape(mark) for mark in self._gap_of) + ")")
        self._parts = [[self._piece(piece) for piece in pattern.split(part)] for part in written]

    def _piece(self, piece: str) -> tuple[bool, str]:
        return (True, self._gap_of[piece]) if piece in self._gap_of else (False, piece)

    def to(self, **person: str) -> Words:
        """Returns the letter for one person. Every gap must be given; in the HTML what is filled in is escaped."""
        safe = {gap: escape(value) for gap, value in person.items()}
        filled = [
            "".join((values[piece] if is_gap else piece) for is_gap, piece in part)
            for part, values in zip(self._parts, (person, person, safe), strict=True)
        ]
        return Words(*filled)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Returns the text with {name} and its like replaced; anything else in braces stays as it was typed."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
