"""A report that comes back from Word: the file, the questions about what is in it, and using its text."""

from collections.abc import Iterable
from typing import Any

from crispy_forms_gds.layout import HTML, Layout
from django import forms

from assemblies.papers.actions.word_file import ACCEPT, REJECT
from assemblies.papers.models import Report
from assemblies.papers.word.findings import COMMENT, HIDDEN, MARKING, TEXT_BOX, TRACKED, Question
from partnership.files.limits import MEGABYTE
from partnership.files.uploads import MOST_BYTES_OF_A_DOCUMENT, ReadField
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, SeenField
from partnership.ui.forms import PortalForm

MOST = MOST_BYTES_OF_A_DOCUMENT // MEGABYTE
SAID = "yes"
HEADINGS = {
    TRACKED: "Tracked changes",
    COMMENT: "Comments",
    HIDDEN: "Hidden text",
    TEXT_BOX: "Text boxes",
    MARKING: "Markings at the edge of the page",
}
TICKS = {  # the words of the tick, and what is said without it
    COMMENT: (
        "I have read the comments, and they are not part of the report",
        "Read the comments and tick the box, or settle them in Word and send the document again",
    ),
    HIDDEN: (
        "Leave the hidden text out",
        "Say that the hidden text is left out, or show it in Word and send the document again",
    ),
    TEXT_BOX: (
        "Leave out what stands in text boxes",
        "Say that text boxes are left out, or move their words into the text in Word and send the document again",
    ),
    MARKING: (
        "I have checked how the report is classified",
        "Check how the report is classified, then tick the box: the portal does not take it from Word",
    ),
}


class WordFileForm(PortalForm):
    file = ReadField(
        label="Word document",
        help_text=f"A .docx file of at most {MOST} MB. Nothing changes until you have seen what would.",
        most_bytes=MOST_BYTES_OF_A_DOCUMENT,
        too_big=f"The document is larger than {MOST} MB: take out its pictures, which a report cannot hold, and send it again",
        accept=".docx",
    )
    submit_label = "Read the document"


class QuestionsForm(PortalForm):
    """What only a person can decide about a document: one question for each kind of thing that was found."""

    submit_label = "Continue"

    def __init__(self, *args, questions: Iterable[Question], answers: dict[str, str], **kwargs) -> None:
        self.kinds: dict[str, str] = {}
        self.groups: dict[str, list[Question]] = {}
        for question in questions:
            name = question.kind.replace(" ", "_")
            self.kinds[name] = question.kind
            self.groups.setdefault(name, []).append(question)
        super().__init__(*args, initial={name: answers.get(kind) for name, kind in self.kinds.items()}, **kwargs)
        for name, kind in self.kinds.items():
            self.fields[name] = _field(kind)
        self.helper.layout = Layout(
            *(part for name, kind in self.kinds.items() for part in (HTML(_found(name, HEADINGS[kind])), name))
        )

    @property
    def answers(self) -> dict[str, str]:
        said: dict[str, Any] = self.cleaned_data
        return {kind: said[name] if kind == TRACKED else SAID for name, kind in self.kinds.items()}


def _field(kind: str) -> forms.Field:
    if kind == TRACKED:
        return forms.ChoiceField(
            label="What should we do with the tracked changes?",
            choices=[(ACCEPT, "Accept all of them"), (REJECT, "Reject all of them")],
            widget=forms.RadioSelect,
            help_text="To accept some and reject others, do so in Word and send the document again.",
            error_messages={"required": "Say whether to accept or reject the tracked changes"},
        )
    label, missing = TICKS[kind]
    return forms.BooleanField(label=label, error_messages={"required": missing})


def _found(name: str, heading: str) -> str:
    """The template of what was found, above its question."""
    return (
        f'<h2 class="govuk-heading-m">{heading}</h2>'
        f'{{% include "papers/_word_found.html" with found=form.groups.{name} %}}'
    )


class UseForm(EditConflictMixin, PortalForm):
    """Takes the text that was compared with the report as it stood then."""

    revision = RevisionField()
    seen = SeenField()  # what was said of its tracked changes
    submit_label = "Use this text"

    def __init__(self, *args, wrong: list[str], **kwargs) -> None:
        """`wrong`: why the text could not be saved."""
        super().__init__(*args, **kwargs)
        self.wrong = wrong

    def clean(self) -> dict[str, Any]:
        if self.wrong:
            raise forms.ValidationError(
                "This text cannot be used as it is: change it in Word and send the document again"
            )
        return super().clean()

    def differences(self, now: Report) -> list[tuple[str, str, str]]:
        """None of its own: the page compares the document with the report as it stands."""
        return []
