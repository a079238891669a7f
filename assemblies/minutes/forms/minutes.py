"""Minutes as staff and the chair write them; what makes them agreed, confirmed and opened again."""

from collections.abc import Iterable
from typing import Any

from crispy_forms_gds.layout import HTML, Button, Fieldset, Layout
from django import forms

from assemblies.meetings.named import on_its_day
from assemblies.minutes.models import MinutesVersion
from assemblies.papers.markdown import canonical
from assemblies.papers.outside import beyond
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalForm

LONGEST, LONGEST_PEOPLE, LONGEST_MINUTES = 20_000, 5_000, 250_000
MOST_IN_LINE = 300
CLOSED = "Closed to the public: only staff and those on the boards that met read this."
PEOPLE = MinutesVersion.PEOPLE


class MinutesForm(EditConflictMixin, PortalForm):
    """Who was there, what is written of each item, and the key messages. What was decided comes from the record, and stays."""

    revision = RevisionField()
    presided = forms.CharField(label="In the chair", max_length=MOST_IN_LINE, required=False)
    submit_label = "Save"
    submit_name = "save"
    mark_optional = False

    def __init__(self, *args, version: MinutesVersion, **kwargs) -> None:
        self.items = list(version.items.with_closures())
        kwargs["initial"] = _stands(version, self.items) | {"revision": version.revision}
        super().__init__(*args, **kwargs)
        for name, label in PEOPLE.items():
            hint = "One to a line: name, then seat or organisation." if name == "present" else ""
            self._add(name, label, rows=4 if name == "present" else 2, most=LONGEST_PEOPLE, help_text=hint)
        for item in self.items:
            hint = CLOSED if item.closures else ""
            self._add(f"item_{item.number}", f"{item.number}. {item.title}", rows=6, most=LONGEST, help_text=hint)
        self._add(
            "key_messages", "Key messages", rows=6, most=LONGEST,
            help_text="In plain words, for everybody. What was decided and who does what follow by "
            "themselves. Write nothing here of items that are closed to the public.",
        )  # fmt: skip
        self._lay_out()

    def _add(self, name: str, label: str, *, rows: int, most: int, help_text: str = "") -> None:
        field = forms.CharField(
            label=label,
            required=False,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": rows}),
            help_text=help_text,
        )
        self.fields[name] = field
        self._speak(field)

    def _lay_out(self) -> None:
        parts = [
            ("Who was there", ["presided", *PEOPLE]),
            ("What was said", [f"item_{item.number}" for item in self.items]),
            ("Key messages", ["key_messages"]),
        ]
        note = '<p class="govuk-hint">Outcomes, votes, interests and actions stand below the text of each item by themselves.</p>'
        self.helper.layout = Layout(
            "revision",
            *(
                Fieldset(*([HTML(note)] if place == 1 else []), *names, legend=legend, legend_size="m", legend_tag="h2")
                for place, (legend, names) in enumerate(parts)
                if names
            ),
        )
        self.helper.add_input(Button.secondary("more", "Save and keep writing"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in [*(f"item_{item.number}" for item in self.items), "key_messages"]:
            for wrong in beyond(cleaned.get(name) or ""):
                self.add_error(name, wrong)
        for name in PEOPLE:
            if long := next((line for line in lines_of(cleaned.get(name) or "") if len(line) > MOST_IN_LINE), ""):
                self.add_error(
                    name, f"A line has {MOST_IN_LINE} characters at most, and “{long[:40]}…” has {len(long)}"
                )
        length = sum(len(words) for words in cleaned.values() if isinstance(words, str))
        if length > LONGEST_MINUTES:
            self.add_error(
                None, f"The minutes have {length:,} characters, and {LONGEST_MINUTES:,} is the most: shorten them"
            )
        return cleaned

    @property
    def content(self) -> dict[str, Any]:
        people = {name: lines_of(self.cleaned_data[name]) for name in PEOPLE}
        return people | {"presided": self.cleaned_data["presided"]}

    @property
    def texts(self) -> dict[int, str]:
        return {item.number: canonical(self.cleaned_data[f"item_{item.number}"]) for item in self.items}

    @property
    def key_messages(self) -> str:
        return canonical(self.cleaned_data["key_messages"])

    def differences(self, now: MinutesVersion) -> list[tuple[str, str, str]]:
        answers = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return between(MinutesForm(version=now), answers)


def lines_of(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := " ".join(each.split()))]


def _stands(version: MinutesVersion, items: Iterable) -> dict[str, str]:
    people = {name: "\n".join(version.content.get(name, [])) for name in PEOPLE}
    texts = {f"item_{item.number}": item.text for item in items}
    return people | texts | {"presided": version.content.get("presided", ""), "key_messages": version.key_messages}


class AgreeForm(PortalForm):
    """Which edit of the text the chair read."""

    revision = RevisionField()
    submit_label = "Agree these minutes"


class ConfirmForm(PortalForm):
    """At which meeting the board confirmed them."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    meeting = forms.ChoiceField(
        label="Meeting that confirmed them",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the meeting that confirmed them"},
    )
    submit_label = "Enter that they were confirmed"

    def __init__(self, *args, meetings: Iterable, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(each.pk): each for each in meetings}
        named = [(key, on_its_day(each.title, each.starts_at)) for key, each in self.meetings.items()]
        self.fields["meeting"].choices = named

    @property
    def chosen(self):
        return self.meetings[self.cleaned_data["meeting"]]


class ReopenForm(PortalForm):
    because = forms.CharField(
        label="Why they are reopened",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody who reads the minutes sees this.",
        error_messages={"required": "Say why they are reopened"},
    )
    submit_label = "Reopen the minutes"
    submit_warning = True
