"""What a cell of a file says, beside the cleaning that all text gets (`partnership.text`)."""

from partnership.text import legible, one_line

NOTHING = {"", "-", "--", "–", "?", "n/a", "na", "none", "nil", "tbc", "tba", "unknown", "not known", "no email",
           "#n/a", "#ref!", "#value!", "#name?"}  # fmt: skip


def clean(text: str) -> str:
    """Returns the legible text with one space between words, and no empty lines."""
    lines = (one_line(line) for line in legible(text).split("\n"))
    return "\n".join(line for line in lines if line)


def is_nothing(text: str) -> bool:
    """Whether the cell says, in one of the usual ways, that there is nothing."""
    return text.lower() in NOTHING


def short(text: str, most: int = 60) -> str:
    """Returns the text, or its start and "…" where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
