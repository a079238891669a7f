"""What the web asks: the report in a Word document somebody sent, read in a process of its own."""

from dataclasses import dataclass

from assemblies.papers.report_text import Appendix, ReportText, Section
from assemblies.papers.word import reading
from assemblies.papers.word.findings import TRACKED, Note, Question
from partnership.files import safely


@dataclass(frozen=True)
class Read:
    """What a document says.

    `text` accepts every tracked change and `without_changes` rejects every one: they are equal where there is none, and
    nobody may take either before the questions are answered. `found` names the parts the document has (names of
    `layout.LABELS`, and "sections"): of the others it says nothing. `facts` is what it shows of meeting, date, item
    and classification. `written_from`: see `writing.write`.
    """

    text: ReportText
    without_changes: ReportText
    found: tuple[str, ...]
    facts: dict[str, str]
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    written_from: str = ""

    @property
    def has_tracked_changes(self) -> bool:
        return any(question.kind == TRACKED for question in self.questions)


def read(data: bytes) -> Read:
    """Reads the document in a child process with limits. Raises Refusal, naming "file", for what is no report we can read."""
    return as_read(safely.read_report(data, reading.read))


def as_read(found: dict) -> Read:
    return Read(
        text=_text(found["text"]),
        without_changes=_text(found["without_changes"]),
        found=tuple(found["found"]),
        facts=found["facts"],
        notes=tuple(Note(**each) for each in found["notes"]),
        questions=tuple(Question(**each) for each in found["questions"]),
        written_from=found.get("written_from", ""),  # files that were read before it was written have none
    )


def _text(found: dict) -> ReportText:
    return ReportText(
        title=found["title"],
        fields=found["fields"],
        recommendations=tuple(found["recommendations"]),
        sections=tuple(Section(**each) for each in found["sections"]),
        appendices=tuple(Appendix(**each) for each in found["appendices"]),
    )
