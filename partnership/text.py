"""Cleans text as people type, paste and import it: the one way, for every form and every file."""

import re
import unicodedata

UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")  # how Excel writes control characters
BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def legible(text: str) -> str:
    """Returns the text with usual line breaks, and nothing that cannot be seen or stored. Spaces stay."""
    if text.isascii() and text.isprintable() and "_x0" not in text:
        return text
    return unicodedata.normalize("NFC", CONTROL.sub("", ESCAPED.sub(" ", UNSEEN.sub("", BREAKS.sub("\n", text)))))


def paragraphs(text: str) -> str:
    """Returns the legible text with its empty lines, and no spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in legible(text).split("\n")).strip()


def one_line(text: str) -> str:
    """Returns the legible text as one line, with one space between words."""
    return " ".join(legible(text).split())
