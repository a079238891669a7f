"""Cleans the text of a cell, whichever file or form it comes from."""

import re
import unicodedata

UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")  # how Excel writes control characters
BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
NOTHING = {"", "-", "--", "–", "?", "n/a", "na", "none", "nil", "tbc", "tba", "unknown", "not known", "no email",
           "#n/a", "#ref!", "#value!", "#name?"}  # fmt: skip


def legible(text: str) -> str:
    """Returns the text with usual line breaks, and nothing that cannot be seen or stored. Spaces stay."""
    if text.isascii() and text.isprintable() and "_x0" not in text:
        return text
    return unicodedata.normalize("NFC", CONTROL.sub("", ESCAPED.sub(" ", UNSEEN.sub("", BREAKS.sub("\n", text)))))


def clean(text: str) -> str:
    """Returns the legible text with one space between words, and no empty lines."""
    lines = (one_line(line) for line in legible(text).split("\n"))
    return "\n".join(line for line in lines if line)


def paragraphs(text: str) -> str:
    """Returns the legible text with its empty lines, and no spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in legible(text).split("\n")).strip()


def one_line(text: str) -> str:
    """Returns the legible text as one line, with one space between words."""
    return " ".join(legible(text).split())


def is_nothing(text: str) -> bool:
    """Whether the cell says, in one of the usual ways, that there is nothing."""
    return text.lower() in NOTHING


def short(text: str, most: int = 60) -> str:
    """Returns the text, or its start and "…" where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
