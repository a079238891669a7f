"""The exit questions: a box for each, who is asked for help, and what others may read of who answered."""

from itertools import groupby
from typing import Any

from django import forms

from assemblies.pledges.actions.answering import Given
from assemblies.pledges.models import Shown
from assemblies.registrations.models import ExitQuestion
from partnership.partners.models import Partner
from partnership.ui.forms import PortalForm

NO_NAME = "Staff find the right partner"


class PartnerField(forms.ModelChoiceField):
    """A listed partner, by kind of organisation."""

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=Partner.objects.public().order_by("kind", "name"), **kwargs)

    def grouped(self) -> list[tuple[str, Any]]:
        """The choices, each kind of organisation under its name."""
        assert self.queryset is not None
        rows = self.queryset.values_list("kind", "pk", "name")
        kinds = groupby(rows, key=lambda row: Partner.Kind(row[0]).label)
        named = sorted((str(label), [(pk, name) for _, pk, name in group]) for label, group in kinds)
        return [("", self.empty_label or ""), *named]


class ExitAnswersForm(PortalForm):
    """A box for each exit question. One page, one minute."""

    submit_label = "Send my answers"
    mark_optional = False

    def __init__(self, *args, questions: list[ExitQuestion], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"question_{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            self._add(
                name,
                forms.CharField(
                    label=question.text, max_length=2000, required=False, widget=forms.Textarea({"rows": 4})
                ),
            )
            if question.kind == ExitQuestion.Kind.NEED:
                partner = PartnerField(
                    label="Which partner do you ask?",
                    required=False,
                    empty_label=NO_NAME,
                    help_text="One partner, who answers you. If you need others too, say so above: staff ask them.",
                )
                self._add(self.asks(question), partner)
                partner.choices = partner.grouped()
        self._add(
            "shown_as",
            forms.ChoiceField(
                label="What may others read beside your answers?",
                choices=Shown.choices,
                widget=forms.RadioSelect,
                help_text="Everybody can read your answers. We email you what comes of them, whatever you choose.",
                error_messages={"required": "Select what others may read beside your answers"},
            ),
        )

    @staticmethod
    def asks(question: ExitQuestion) -> str:
        """The name of the box that asks for a partner, with a question about what somebody needs."""
        return f"partner_{question.pk}"

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self._speak(field)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name, "").strip() for name in self.questions):
            raise forms.ValidationError("Answer at least one question, in a few words")
        for question in self.questions.values():
            name = self.asks(question)
            if name in self.fields and len({each for each in self._sent(name) if each}) > 1:
                self.add_error(name, "Choose one partner. If you need something from two, say so in your answer")
        return cleaned

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name, "")]

    def given(self) -> list[Given]:
        """What was answered to each question, and who is asked."""
        answers = self.cleaned_data
        return [
            Given(question, answers.get(name, ""), answers.get(self.asks(question)))
            for name, question in self.questions.items()
        ]
