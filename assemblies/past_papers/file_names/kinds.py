"""What kind of paper a path says a file is, and whether it was closed to the public."""

import re
from pathlib import PurePosixPath

from django.db import models


class Kind(models.TextChoices):
    """What an old paper is, in the order in which a meeting's page lists them."""

    AGENDA = "agenda", "Agenda"
    PACK = "pack", "Pack of papers"
    REPORT = "report", "Report"
    MINUTES = "minutes", "Minutes"
    OTHER = "other", "Other paper"


ITEM = re.compile(r"\bagenda item\b")
MINUTES = re.compile(r"\b(minutes|mins)\b")
PACK = re.compile(r"\b(packs?|bundles?|papers|agendas? (and|&|with) reports?)\b")
AGENDA = re.compile(r"\bagendas?\b")
REPORT = re.compile(r"\breports?\b")
OF_ANOTHER = re.compile(r"\b(last|previous|preceding|prior)\b")
CLOSED = re.compile(
    r"\b(exempt|confidential|private|closed|restricted|sensitive|not for publication|part (2|ii|two|b))\b"
)


def kind_in(path: str) -> tuple[Kind | None, str]:
    """The kind, by the words of the name or, where it has none, of the nearest folder; or why it is asked.

    A name without such a word is another paper: that says nothing that could be wrong.
    """
    *folders, name = _words(path)
    found = _kinds_of(name)
    if len(found) > 1:
        named = " or ".join(sorted(kind.label.lower() for kind in found))
        return None, f"It could be {named}: say which"
    plain_folders = (kinds for folder in reversed(folders) if len(kinds := _kinds_of(folder)) == 1)
    return next(iter(found or next(plain_folders, {Kind.OTHER}))), ""


def is_of_an_earlier_meeting(path: str) -> bool:
    """Whether the name says that these are the minutes of the meeting before: the day of its folder is not theirs."""
    name = _words(path)[-1]
    return _kinds_of(name) == {Kind.MINUTES} and bool(OF_ANOTHER.search(name))


def closed_word(path: str) -> str:
    """The word of a path by which a paper was probably closed to the public, "" where there is none."""
    found = CLOSED.search("/".join(_words(path)))
    return found[0] if found else ""


def _kinds_of(words: str) -> set[Kind]:
    words = ITEM.sub(" ", words)
    found = {Kind.MINUTES} if MINUTES.search(words) else set()
    if PACK.search(words):
        return found | {Kind.PACK}
    found |= {Kind.AGENDA} if AGENDA.search(words) else set()
    return found | ({Kind.REPORT} if REPORT.search(words) else set())


def _words(path: str) -> list[str]:
    """The names of the folders and of the file, in small letters and with spaces between the words."""
    parts = PurePosixPath(path.replace("\\", "/")).parts or ("",)
    names = [*parts[:-1], parts[-1].rpartition(".")[0] or parts[-1]]
    apart = [re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", " ", name) for name in names]
    return [re.sub(r"[^a-z0-9&]+", " ", name.lower()).strip() for name in apart]
