"""How a board takes questions from the public."""

from typing import Any

from django import forms

from assemblies.questions.models import QuestionRules
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.fields import ClockField
from partnership.ui.forms import PortalForm

FACTS = (
    "takes_questions", "only_on_agenda", "deadline_days", "deadline_by", "most_by_person", "most_at_meeting", "most_words",
    "minutes", "reply_days", "how_to_ask",
)  # fmt: skip


def number(label: str, least: int, most: int, **other: Any) -> forms.IntegerField:
    box = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=box, **other)


class QuestionRulesForm(EditConflictMixin, PortalForm):
    submit_label = "Save"

    revision = RevisionField()
    takes_questions = forms.BooleanField(label="The board takes questions from the public", required=False)
    only_on_agenda = forms.BooleanField(label="Only about items on the agenda", required=False)
    deadline_days = number(
        "Working days before the meeting by which questions must reach us",
        0,
        30,
        help_text="0 is the day of the meeting.",
    )
    deadline_by = ClockField(label="Time on that day")
    most_by_person = number("Most questions that one person can put to the board at a meeting", 1, 50)
    most_at_meeting = number(
        "Most questions at a meeting", 1, 500, required=False, help_text="Leave it empty if there is no limit."
    )
    most_words = number("Most words of a question", 10, 1000)
    minutes = number("Minutes of the meeting set aside for questions", 1, 240, required=False)
    reply_days = number("Working days after the meeting for a written reply", 1, 60)
    how_to_ask = forms.CharField(
        label="What else people should know",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="For instance whether they read their question out themselves, and how to ask without email.",
    )

    def __init__(self, *args, stands: QuestionRules, **kwargs) -> None:
        kwargs["initial"] = {name: getattr(stands, name) for name in (*FACTS, "revision")}
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        return {name: self.cleaned_data[name] for name in FACTS}

    def differences(self, now: QuestionRules) -> list[tuple[str, str, str]]:
        return between(QuestionRulesForm(stands=now), self.facts())
