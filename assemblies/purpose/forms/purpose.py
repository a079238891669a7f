"""The purpose as it is written down: the first version, and each that follows line by line."""

from typing import Any
from uuid import uuid4

from django import forms

from assemblies.decisions.models import Decision
from assemblies.purpose.actions.purpose_version import LONGEST_LINE, Line
from assemblies.purpose.models import PurposeLine, PurposeVersion, Round
from partnership.ui.edit_conflict import RevisionField
from partnership.ui.fields import DayField
from partnership.ui.forms import PortalForm

MANY = "One on each row, at most 300 characters each."


def box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class KeyedForm(PortalForm):
    """Sent twice, it counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        kwargs["initial"] = {"key": uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors.pop("key", None):  # nobody types it: a form sent without it counts as a new submission
            cleaned["key"] = uuid4()
        return cleaned


class FirstForm(KeyedForm):
    submit_label = "Enter the purpose"
    opening = forms.CharField(
        label="The sentence before the lines",
        max_length=1000,
        widget=box(3),
        help_text="What the board is there for, such as “We work together so that everyone lives well, through:”",
        error_messages={"required": "Enter the sentence before the lines"},
    )
    lines = forms.CharField(
        label="Its lines",
        max_length=10_000,
        widget=box(12),
        help_text=MANY,
        error_messages={"required": "Enter at least one line"},
    )
    in_force_from = DayField(label="In force from", help_text="The day on which the board agreed it.")
    source = forms.CharField(
        label="Where it comes from", max_length=300, required=False, help_text="The paper or minutes that say so."
    )
    source_url = forms.URLField(label="Web address of that", required=False, max_length=500, assume_scheme="https")

    def facts(self) -> dict[str, Any]:
        """What the action is given."""
        return self.cleaned_data | {"lines": self.cleaned_data["lines"].splitlines()}


class NextForm(KeyedForm):
    """Each line as it stands, in a box of its own: cleared, it is dropped. What members said of it stands beside."""

    submit_label = "Write this version"
    opening = FirstForm.base_fields["opening"]
    lines = forms.CharField(
        label="New lines", max_length=10_000, required=False, widget=box(3), help_text=f"{MANY} They come last."
    )
    decision = forms.ModelChoiceField(
        label="Decision that agreed it",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="None",
        help_text="The version is in force from that day.",
    )
    because = forms.CharField(
        label="Why it changes",
        max_length=2000,
        required=False,
        widget=box(3),
        help_text="Needed where no decision agreed it, or where members were not asked or did not answer. Everybody reads this.",
    )
    in_force_from = DayField(
        label="In force from", required=False, help_text="Where no decision agreed it. Leave it empty for today."
    )
    seen = RevisionField()
    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args, version: PurposeVersion, follows: Round | None, said: dict[int, str], decisions, **kwargs
    ) -> None:
        self.continued: list[PurposeLine] = list(version.lines.all())
        start = {f"line_{line.pk}": line.text for line in self.continued}
        self.shown = {"seen": version.number, "read": follows.pk if follows else 0}
        kwargs["initial"] = start | {"opening": version.opening} | self.shown
        super().__init__(*args, **kwargs)
        typed_before = self.is_bound and self.data.get("seen") != str(version.number)
        if typed_before:
            self.data = self._carried_over()
        for line in self.continued:
            field = forms.CharField(
                label=f"Line {line.position}",
                max_length=LONGEST_LINE,
                required=False,
                widget=box(2),
                help_text=said.get(line.pk, "") or "Nobody was asked about it. Delete the text to drop the line.",
            )
            if typed_before and self.data[f"line_{line.pk}"] != line.text:
                field.help_text = f"It reads now: “{line}”. {field.help_text}"
            self._speak(field)
            field.label = f"Line {line.position}"  # to clear it says something: it is not optional in that sense
            self.fields[f"line_{line.pk}"] = field
        self.fields["decision"].queryset = decisions
        self.fields["decision"].label_from_instance = lambda row: f"{row}: {row.title}"
        if not decisions:
            del self.fields["decision"]
        own = [f"line_{line.pk}" for line in self.continued]
        self.order_fields(["opening", *own, "lines", "decision", "because", "in_force_from", "seen", "read", "key"])

    def _carried_over(self):
        """What was typed about a version that is not in force any more, beside the lines of the one that is."""
        data = self.data.copy()
        for line in self.continued:
            typed = data.get(f"line_{line.continues_id}", line.text)
            data[f"line_{line.pk}"] = data.get(f"line_{line.pk}", typed)
        return data

    def refuse(self, refusal: Exception) -> None:
        """From here on the version in force, and what members said of it, is before them: the page shows both."""
        super().refuse(refusal)
        self.data = self.data.copy()
        for name, number in self.shown.items():
            self.data[name] = number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.shown:
            if self.errors.pop(name, None):  # nobody types it: without it we take it that they saw none
                cleaned[name] = 0
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the action is given."""
        answers = self.cleaned_data
        kept = [Line(answers[f"line_{line.pk}"], line) for line in self.continued]
        new = [Line(text) for text in answers["lines"].splitlines()]
        names = ("opening", "because", "in_force_from", "seen", "read", "key")
        given = {name: answers[name] for name in names} | {"decision": answers.get("decision")}
        return given | {"lines": [line for line in [*kept, *new] if line.text.strip()]}
