"""A correction that somebody who was there proposes, and its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms

from assemblies.minutes.seen_minutes import SeenItem
from partnership.ui.forms import PortalForm

PEOPLE = ""


class CorrectionForm(PortalForm):
    """What it is about, and what it should say."""

    item = forms.TypedChoiceField(label="What it is about", required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label="What should be corrected",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what is wrong, and what it should say.",
        error_messages={"required": "Say what should be corrected, and how"},
    )
    submit_label = "Propose the correction"
    mark_optional = False

    def __init__(self, *args, items: Iterable[SeenItem], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.pk, f"{each.number}. {each.title}") for each in items if each.may_read]
        self.fields["item"].choices = [(PEOPLE, "Who was there, or the minutes as a whole"), *named]


class AnswerForm(PortalForm):
    """Whether the correction is made, and why not."""

    ACCEPT, DECLINE = "accept", "decline"

    outcome = forms.ChoiceField(
        label="Do you accept it?",
        choices=[(ACCEPT, "Yes: the text is changed, or will be"), (DECLINE, "No: the minutes stay as they are")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you accept it"},
    )
    words = forms.CharField(
        label="Your answer",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who proposed it reads this. If you decline, say why.",
    )
    submit_label = "Send your answer"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == self.DECLINE and not (cleaned.get("words") or "").strip():
            self.add_error("words", "Say why you decline it: who proposed it reads that")
        return cleaned
