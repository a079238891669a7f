"""The questions people answer for their place on the way out."""

from collections.abc import Sequence
from typing import NamedTuple

from assemblies.meetings.models import Meeting
from assemblies.registrations.models import ExitQuestion
from partnership.refusals import Refusal

USUAL = [
    (ExitQuestion.Kind.WILL_DO, "What I will do for my Place is…"),
    (ExitQuestion.Kind.NEED, "What I need from other partners is…"),
]


class Row(NamedTuple):
    """A question as the form gives it; `pk` is None for a new one."""

    pk: int | None
    kind: str
    text: str


def usual(meeting: Meeting) -> list[Row]:
    """The questions a new meeting begins with: two for an assembly, none for others."""
    return [Row(None, *words) for words in USUAL] if meeting.kind == Meeting.Kind.ASSEMBLY else []


def rows_of(meeting: Meeting) -> list[Row]:
    """The meeting's questions in order."""
    return [Row(question.pk, question.kind, question.text) for question in meeting.exit_questions.all()]


def differ(meeting: Meeting, questions: Sequence[Row]) -> bool:
    """Whether these differ from the questions the meeting has, leaving row numbers aside."""
    return [row[1:] for row in rows_of(meeting)] != [tuple(row)[1:] for row in questions]


def write(*, meeting: Meeting, questions: Sequence[Row]) -> None:
    """Makes these the questions, in this order. Raises Refusal when one that was answered would change or go."""
    here = {question.pk: question for question in meeting.exit_questions.all()}
    answered = set(ExitQuestion.objects.filter(meeting=meeting, answers__isnull=False).values_list("pk", flat=True))
    kept = {row.pk for row in questions if row.pk in here}
    for pk in set(here) - kept:
        if pk in answered:
            raise Refusal(f"“{here[pk].text}” has been answered, so you cannot remove it.", "questions")
        here[pk].delete()
    for position, row in enumerate(questions):
        question = here.get(row.pk) or ExitQuestion(meeting=meeting)
        if question.pk in answered and (question.text, question.kind) != (row.text, row.kind):
            raise Refusal(f"“{question.text}” has been answered, so its wording can no longer be changed.", "questions")
        question.position, question.kind, question.text = position, row.kind, row.text
        question.save()
