"""Questions as a meeting takes them, and what each person may read of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from assemblies.meetings.models import Meeting
from assemblies.papers.agenda_history import roots
from assemblies.papers.models import AgendaItem
from assemblies.questions.models import Question
from assemblies.questions.models.question import OUT, State

TOLD = (*OUT, State.REJECTED)


def accepted_for(meeting: Meeting) -> list[Question]:
    """The questions that the meeting takes, in the order in which they were received; those it has asked are among them."""
    rows = Question.objects.out().filter(meeting=meeting).select_related("board", "item").in_order()
    return list(rows.prefetch_related("replies"))


def told_of(meeting: Meeting):
    """What everybody is told of: the questions that the meeting takes, and of rejected ones the number and the reason alone."""
    rows = Question.objects.filter(meeting=meeting, state__in=TOLD)
    return rows.select_related("board").prefetch_related("replies").in_order()


@dataclass(frozen=True)
class About:
    """The item of an agenda that a question is about, as it stands there today: its number, title and address."""

    position: int
    title: str
    url: str


def with_items(questions: Iterable[Question], meeting: Meeting, user) -> list[Question]:
    """The questions, each with `about`: the item it is about on the agenda in force, where the person may read that item.

    A question keeps the item that it was asked about; versions of the agenda that follow have copies of it. Three
    queries at most.
    """
    found = list(questions)
    if any(each.item_id for each in found):
        visible = (
            AgendaItem.objects.visible_to(user).filter(version__meeting=meeting).select_related("version__meeting")
        )
        root_of = roots(meeting)
        now = {root_of[item.pk]: item for item in visible}
        for each in found:
            item = now.get(root_of[each.item_id]) if each.item_id in root_of else None
            each.about = About(item.position, item.title, item.get_absolute_url()) if item else None
    return found
