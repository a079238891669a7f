"""That something was decided again."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assemblies.decisions.forms.officer import box
from assemblies.decisions.models import Decision
from assemblies.meetings.purposes import may_decide
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm


class RevisionForm(PortalForm):
    """What is different: all else stays as it was."""

    submit_label = "Record that it was decided again"
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    because = box(
        "Why it was decided again", rows=3, error_messages={"required": "Say in a sentence why it was decided again"}
    )
    decided_on = DayField(label="Day it was decided again", initial=timezone.localdate)
    title = forms.CharField(label="What it is about", max_length=200)
    outcome = forms.ChoiceField(label="Outcome", choices=Decision.Outcome.choices, widget=forms.RadioSelect)
    text = box("What was decided", required=False)
    reasons = box("Reasons", required=False)
    alternatives = box("Options considered and rejected", required=False, rows=3)

    def __init__(self, *args, decision: Decision, **kwargs) -> None:
        kept = ("title", "outcome", "reasons", "alternatives")
        kwargs["initial"] = {name: getattr(decision, name) for name in kept} | {"text": decision.shown}
        super().__init__(*args, **kwargs)
        if decision.board is None:
            del self.fields["outcome"]
            for name in ("text", "reasons", "alternatives"):
                self.fields[name].required = True
                self.fields[name].label = str(self.fields[name].label).removesuffix(" (optional)")
        elif not may_decide(decision.board):
            chosen = [each for each in Decision.Outcome if each not in Decision.DECIDES]
            self.fields["outcome"].choices = [(each.value, each.label) for each in chosen]

    @property
    def facts(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        return self.cleaned_data
