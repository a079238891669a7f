"""What is told of a document beside its text: notes of what was not read, and questions that a person must answer."""

from dataclasses import dataclass
from datetime import date

from assemblies.papers.blocks import clean
from partnership.files.limits import MOST_FINDINGS

TRACKED, COMMENT, HIDDEN, TEXT_BOX, MARKING = "tracked change", "comment", "hidden text", "text box", "marking"
LONGEST_QUOTE = 200
FEW = 3


@dataclass(frozen=True)
class Note:
    """Something of the document that the report does not have, where it stands there, and its words."""

    where: str
    words: str


@dataclass(frozen=True)
class Question:
    """Something that only a person can decide. `kind` is one of those above."""

    kind: str
    where: str
    words: str


class Findings:
    """Collects notes and questions, each once. `where` is the part of the report that is being read."""

    def __init__(self) -> None:
        self.where = "The document"
        self.notes: dict[Note, None] = {}
        self.looks: dict[
            tuple[str, str], list[str]
        ] = {}  # words by place and look: a page pasted from the web has many
        self.questions: dict[Question, None] = {}
        self.left_out = 0
        self.has_tracked_changes = False

    def note(self, words: str) -> None:
        self._keep(self.notes, Note(self.where, words))

    def note_look(self, look: str, words: str) -> None:
        """Words that look as nothing of a report does."""
        self.looks.setdefault((self.where, look), []).append(quoted(words))

    def ask(self, kind: str, words: str) -> None:
        self.has_tracked_changes |= kind == TRACKED
        self._keep(self.questions, Question(kind, self.where, words))

    def all_notes(self) -> list[Note]:
        more = [Note("The document", f"We found {self.left_out:,} more things like these.")] if self.left_out else []
        looks = [Note(where, f"We did not keep {look}: {_some(words)}.") for (where, look), words in self.looks.items()]
        return [*self.notes, *looks[:MOST_FINDINGS], *more]

    def _keep(self, found: dict, one: Note | Question) -> None:
        if one not in found and len(found) >= MOST_FINDINGS:
            self.left_out += 1
        else:
            found[one] = None


def _some(words: list[str]) -> str:
    """The first few of them, and how many more there are."""
    different = list(dict.fromkeys(words))
    few, more = different[:FEW], len(different) - FEW
    return f"{', '.join(few)} and {more:,} more" if more > 0 else ", ".join(few)


def quoted(text: str) -> str:
    """The text between quotation marks, in one line, and not all of it where it is long."""
    line = " ".join(clean(text).split())
    return f"“{line[:LONGEST_QUOTE].rstrip()}…”" if len(line) > LONGEST_QUOTE else f"“{line}”"


def by(author: str, moment: str) -> str:
    """Who did it and on which day, as far as the document says."""
    name = " ".join(clean(author).split())[:80] or "Somebody"
    try:
        day = date.fromisoformat(moment[:10])
    except ValueError:
        return name
    return f"{name}, on {day.day} {day:%B} {day.year},"
