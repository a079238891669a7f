"""What a cell of a file says, beside the cleaning that all text gets (`partnership.text`)."""

import re

from partnership.text import legible, one_line

NOTHING = {"", "-", "--", "–", "?", "n/a", "na", "none", "nil", "tbc", "tba", "unknown", "not known", "no email",
           "#n/a", "#ref!", "#value!", "#name?"}  # fmt: skip
# What Excel, LibreOffice and Google write where a formula has no answer
ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BUSY!|CONNECT!|BLOCKED!|UNKNOWN!"
                   r"|GETTING_DATA|ERROR!)|Err:\d{3}", re.IGNORECASE)  # fmt: skip


def clean(text: str) -> str:
    """Returns the legible text with one space between words, and no empty lines."""
    lines = (one_line(line) for line in legible(text).split("\n"))
    return "\n".join(line for line in lines if line)


def is_nothing(text: str) -> bool:
    """Whether the cell says, in one of the usual ways, that there is nothing."""
    return text.lower() in NOTHING


def is_error(text: str) -> bool:
    """Whether a spreadsheet says here that it could not work out what to show."""
    return text[:1] in "#Ee" and bool(ERROR.fullmatch(text.strip()))


def short(text: str, most: int = 60) -> str:
    """Returns the text, or its start and "…" where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
