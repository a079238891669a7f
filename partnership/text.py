"""Cleans text as people type, paste and import it: the one way, for every form and every file."""

import re
import unicodedata

UNSEEN = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
    # Joiners, but where Sinhala, Persian and emoji use them; many in a row in one go, so that it takes no longer than the text is
    "|(?<![^\x00-\x7f])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]++(?![^\x00-\x7f])"
)
BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8]")  # as Word writes them
LATER = re.compile(
    "[\U0001f000-\U0001faff\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)  # emoji and Chinese, each year more
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")  # how Excel writes control characters
NOT_IN_NAMES = re.compile("@|://")  # what mail programs make a link of, and what could be read as an address
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′`´"), "'")
BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
FEWEST_LETTERS = 10  # of a reason that somebody gives


def legible(text: str) -> str:
    """Returns the text with usual line breaks, and nothing that cannot be seen or stored. Spaces stay."""
    if text.isascii() and text.isprintable() and "_x0" not in text:
        return text
    text = CONTROL.sub("", ESCAPED.sub(" ", BULLETS.sub("•", BREAKS.sub("\n", text))))
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def first_unknown(text: str) -> int:
    """Returns where the first character stands that means nothing to anybody else; -1 where there is none.

    Unicode has not assigned it, or leaves it to private use. One that it may have assigned since is not unknown.
    """
    if text.isascii():
        return -1
    known = (unicodedata.category(each) not in {"Cn", "Co", "Cs"} or LATER.match(each) for each in text)
    return next((at for at, is_known in enumerate(known) if not is_known), -1)


def straight(text: str) -> str:
    """Returns the text with the apostrophes that a keyboard writes."""
    return text.translate(APOSTROPHES)


def paragraphs(text: str) -> str:
    """Returns the legible text with its empty lines, and no spaces at the ends of lines."""
    return "\n".join(line.rstrip() for line in legible(text).split("\n")).strip()


def one_line(text: str) -> str:
    """Returns the legible text as one line, with one space between words."""
    return " ".join(legible(text).split())


def is_no_name(text: str) -> bool:
    """Whether the text holds what no name of a person does: an @, or the beginning of a web address, however it is written."""
    return bool(NOT_IN_NAMES.search(unicodedata.normalize("NFKC", text)))


def holds_web_address(text: str) -> bool:
    """Whether the text holds the beginning of a web address. Names of organisations may have an @."""
    return "://" in unicodedata.normalize("NFKC", text)


def is_a_reason(words: str) -> bool:
    """Whether somebody gave a reason that others can read: at least so many letters, in any script; "." is none."""
    return sum(letter.isalpha() for letter in words) >= FEWEST_LETTERS
