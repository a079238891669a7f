"""What somebody declares, and what staff record about it."""

from typing import Any

from django import forms
from django.utils import timezone

from partnership.interests.interest_kinds import CODES, MEANINGS, Code
from partnership.interests.models import Interest
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

SHORT = forms.Textarea(attrs={"rows": 3})
LONG = forms.Textarea(attrs={"rows": 4})


class InterestForm(PortalForm):
    """One interest, of the kinds that the person's rules know."""

    submit_label = "Declare this interest"
    kind = forms.ChoiceField(
        label="What kind of interest is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of interest it is"},
    )
    body = forms.CharField(
        label="Organisation or person it is with",
        max_length=200,
        help_text="For somebody close to you, say how you are related. Do not give their name unless they agree.",
        error_messages={"required": "Enter the organisation or person it is with"},
    )
    nature = forms.CharField(
        label="What the interest is",
        max_length=1000,
        widget=LONG,
        help_text="For instance “Trustee, unpaid”, or “Owns shares of more than £25,000”. The public will read this.",
        error_messages={"required": "Enter what the interest is"},
    )
    arose_on = DayField(label="Since when", help_text="If you do not know the day, the first of the month will do.")
    withheld_because = forms.CharField(
        label="Why its details should be withheld",
        required=False,
        max_length=1000,
        widget=SHORT,
        help_text="Only if publishing them could lead to violence or intimidation against you or somebody close to you. The "
        "public then reads that you have an interest, and nothing more. Staff read your reason.",
    )

    def __init__(self, *args, code: Code, corrects: Interest | None = None, **kwargs) -> None:
        if corrects:
            names = ("kind", "body", "nature", "arose_on", "withheld_because")
            kwargs["initial"] = {name: getattr(corrects, name) for name in names}
            self.submit_label = "Correct this interest"
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in CODES[code].kinds]
        self.fields["kind"].help_text = " ".join(
            f"{kind.label}: {_lower(MEANINGS[kind])}" for kind in CODES[code].kinds
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("arose_on") and cleaned["arose_on"] > timezone.localdate():
            self.add_error("arose_on", "Enter the day on which it arose, which cannot be in the future")
        return cleaned


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


class EndForm(PortalForm):
    """The day on which an interest ended."""

    submit_label = "Save the day"
    ended_on = DayField(label="When did it end?")


class AgreedForm(PortalForm):
    """Who agreed that details are withheld."""

    submit_label = "Record who agreed"
    agreed_by = forms.CharField(
        label="Who agreed",
        max_length=200,
        help_text="Their name and post. For members of a council body, its monitoring officer.",
        error_messages={"required": "Enter the name and post of who agreed"},
    )
