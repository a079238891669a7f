"""A cover report: one long form in parts, a row for each recommendation and each numbered section."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crispy_forms_gds.layout import HTML, Button, Fieldset, Layout
from django import forms

from assemblies.papers.forms.document import CLOSED
from assemblies.papers.models import BoardStep, Report
from assemblies.papers.outside import beyond
from assemblies.papers.report_html import ON_THE_PAGE
from assemblies.papers.report_text import FIELDS, REPEATED, ReportText, Section
from assemblies.papers.sign_off import usual_holders
from partnership.accounts.models import User
from partnership.boards.forms.person import PersonField
from partnership.files.uploads import UploadField
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, SeenField, between
from partnership.ui.forms import PortalForm

LONGEST = 20_000
LONGEST_REPORT = (
    250_000  # all its texts together: each page that shows them reads them all, and 30 pages have about 90,000
)
MORE_ROWS = {"recommendation": 3, "section": 2}
MOST_ROWS = 60
HINTS = {
    "groups_affected": "For example a ward, a neighbourhood or a group of people.",
    "from_whom": "The name and post of the person who brings the report.",
    "author": "The name and post of the person who wrote it.",
    "risks": "What could go wrong, and what is done about it.",
    "equality": "Who gains and who could lose, and how you know.",
    "finance": "What it costs and who pays; if nothing, say so.",
    "engagement": "Who in the public was asked, and what they said.",
    "discussion": "Which boards, partners and groups have seen it.",
}
LAST_TEXT = '{{% include "papers/_last_text.html" with name="{name}" label="{label}" words=form.offered.{name} %}}'
# Enter in a box of one line chooses the first button of a form: that is to save it, not to put a text into it.
SAVED_BY_ENTER = (
    '<button class="govuk-visually-hidden" name="save" value="Save" tabindex="-1" aria-hidden="true">Save</button>'
)
ROW = re.compile(r"(recommendation|section)_(\d+)")


class ReportForm(EditConflictMixin, PortalForm):
    """The whole text of a report. Nothing in it is required: a report is written bit by bit, and what is missing is listed."""

    revision = RevisionField()
    title = forms.CharField(
        label="Title of the report", max_length=200, error_messages={"required": "Enter the title of the report"}
    )
    submit_label = "Save"
    submit_name = "save"
    mark_optional = False

    def __init__(self, *args, report: Report, offered: Mapping[str, str] | None = None, **kwargs) -> None:
        """`offered`: what the board's last report of the title said, for fields that often say the same."""
        self.report = report
        text = report.working_text
        self.offered = {name: words for name, words in (offered or {}).items() if text.fields.get(name) != words}
        kwargs["initial"] = _stands(text) | {"revision": report.revision}
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else {}
        self.rows = {
            "recommendation": _count("recommendation", data, len(text.recommendations)),
            "section": _count("section", data, len(text.sections)),
        }
        for name, label in FIELDS.items():
            self._add(name, label, rows=2 if name in ON_THE_PAGE else 5, help_text=HINTS[name])
        for number in range(1, self.rows["recommendation"] + 1):
            self._add(f"recommendation_{number}", f"Recommendation {number}", rows=3)
        for number in range(1, self.rows["section"] + 1):
            title = forms.CharField(label=f"Heading of section {number}", max_length=200, required=False)
            self.fields[f"section_{number}_title"] = title
            self._add(f"section_{number}", f"Text of section {number}", rows=10)
        for name, field in self.fields.items():
            if name not in ("revision", "title"):  # the base has done these
                self._speak(field)
        self._lay_out()

    def _add(self, name: str, label: str, *, rows: int, help_text: str = "") -> None:
        box = forms.Textarea(attrs={"rows": rows})
        self.fields[name] = forms.CharField(
            label=label, required=False, max_length=LONGEST, widget=box, help_text=help_text
        )

    def _lay_out(self) -> None:
        sections = [
            name
            for number in range(1, self.rows["section"] + 1)
            for name in (f"section_{number}_title", f"section_{number}")
        ]
        parts = [
            ("Cover", [*ON_THE_PAGE]),
            ("Recommendations", [f"recommendation_{number}" for number in range(1, self.rows["recommendation"] + 1)]),
            ("What the board needs to know", [name for name in FIELDS if name not in ON_THE_PAGE]),
            ("Numbered sections", sections),
        ]
        self.helper.layout = Layout(
            *([HTML(SAVED_BY_ENTER)] if self.offered else []),
            "revision",
            "title",
            *(
                Fieldset(
                    *self._with_offers(names), legend=legend, legend_size="m", legend_tag="h2", css_id=f"part-{place}"
                )
                for place, (legend, names) in enumerate(parts, start=1)
            ),
            HTML('<p class="govuk-hint">An empty row is left out. Each time you save there are new ones.</p>'),
        )
        self.helper.add_input(Button.secondary("more", "Save and keep writing"))

    def _with_offers(self, names: list[str]) -> Iterator[str | HTML]:
        """The fields, each with what the last report said below it."""
        for name in names:
            yield name
            if name in self.offered:
                yield HTML(LAST_TEXT.format(name=name, label=FIELDS[name]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                for wrong in beyond(cleaned.get(name) or ""):
                    self.add_error(name, wrong)
        for number in range(1, self.rows["section"] + 1):
            if cleaned.get(f"section_{number}") and not cleaned.get(f"section_{number}_title"):
                self.add_error(f"section_{number}_title", f"Enter the heading of section {number}")
        length = sum(len(words) for words in cleaned.values() if isinstance(words, str))
        if length > LONGEST_REPORT:
            most = f"{LONGEST_REPORT:,} at most, which is about 80 pages"
            self.add_error(
                None, f"The report has {length:,} characters, and a report has {most}: move parts of it into appendices"
            )
        return cleaned

    @property
    def text(self) -> ReportText:
        """What was answered, without the rows that are empty."""
        said = self.cleaned_data
        recommendations = (said[f"recommendation_{number}"] for number in range(1, self.rows["recommendation"] + 1))
        sections = (
            Section(said[f"section_{number}_title"], said[f"section_{number}"])
            for number in range(1, self.rows["section"] + 1)
        )
        return ReportText(
            title=said["title"],
            fields={name: said[name] for name in FIELDS},
            recommendations=tuple(each for each in recommendations if each.strip()),
            sections=tuple(each for each in sections if each.title),
        )

    def differences(self, now: Report) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the report as it stands `now`: label, their answer, yours."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        stands = ReportForm(report=now)
        more = [name for name in self.fields if name not in stands.fields]
        for name in more:  # rows that only these answers have
            stands.fields[name] = self.fields[name]
        return between(stands, {name: "" for name in stands.fields if ROW.match(name)} | answers)


def what_is_wrong(text: ReportText, report: Report) -> list[str]:
    """Why this text could not be saved by the form of the report, each with the part it is about; empty where it could."""
    form = ReportForm(_stands(text), report=report)
    errors = [(name, error) for name, found in form.errors.items() for error in found]
    found = [f"{form[name].label}: {error}" if name in form.fields else str(error) for name, error in errors]
    for what, parts in (("recommendations", text.recommendations), ("sections", text.sections)):
        if len(parts) > MOST_ROWS:
            found.append(f"There are {len(parts)} {what}: a report has {MOST_ROWS} at most")
    return found


def _stands(text: ReportText) -> dict[str, str]:
    found = {"title": text.title} | text.fields
    found |= {f"recommendation_{number}": words for number, words in enumerate(text.recommendations, start=1)}
    for number, section in enumerate(text.sections, start=1):
        found |= {f"section_{number}_title": section.title, f"section_{number}": section.text}
    return found


def _count(kind: str, data: Iterable[str], written: int) -> int:
    """How many rows a form has: those that were sent, or those that are written and some to write in."""
    sent = [int(found[2]) for name in data if (found := ROW.match(name)) and found[1] == kind]
    return min(max(sent, default=written + MORE_ROWS[kind]), MOST_ROWS)


class StartForm(PortalForm):
    """What a new report takes from the board's last one of the same title."""

    submit_label = "Start the report"

    def __init__(self, *args, last: dict[str, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if last:
            self.fields["take"] = forms.MultipleChoiceField(
                label="Begin with the text of the last report",
                choices=[(name, FIELDS[name]) for name in REPEATED if name in last],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="You can change it afterwards.",
            )


class SubmitForm(PortalForm):
    """What changed since the version before, and who takes steps for which the board names nobody."""

    revision = RevisionField()
    submit_label = "Submit the report"

    def __init__(self, *args, report: Report, by, is_first: bool, **kwargs) -> None:
        kwargs.setdefault("initial", {"revision": report.revision})
        super().__init__(*args, **kwargs)
        self.nameless: dict[str, BoardStep] = {}
        if not is_first:
            self.fields["what_changed"] = forms.CharField(
                label="What changed since the version before",
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="Those who sign it off read this first.",
                error_messages={"required": "Say what changed since the version before"},
            )
        for step, person in usual_holders(report, by).items():
            if person is None:
                name = f"holder_{step.pk}"
                self.nameless[name] = step
                self.fields[name] = PersonField(
                    label=f"Who takes the step “{step.name}”",
                    help_text="Their email address. The board names nobody who can take it.",
                    error_messages={"required": f"Enter the email address of who takes the step “{step.name}”"},
                )
        for name in {"what_changed", *self.nameless} & set(self.fields):
            self._speak(self.fields[name])

    @property
    def holders(self) -> dict[BoardStep, User]:
        return {step: self.cleaned_data[name] for name, step in self.nameless.items()}


class StepForm(PortalForm):
    """Approve a report or return it, with a comment."""

    APPROVE, RETURN = "approve", "return"

    seen = SeenField()
    outcome = forms.ChoiceField(
        label="Do you approve it?",
        choices=[(APPROVE, "Yes, I approve this version"), (RETURN, "No, I return it to its author")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you approve it"},
    )
    comment = forms.CharField(
        label="Your comment",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Its author and those who sign after you read it. If you return it, say what must change.",
    )
    submit_label = "Send your answer"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("outcome") == self.RETURN and not cleaned.get("comment", "").strip():
            self.add_error("comment", "Say why you return it: its author needs to know what to change")
        return cleaned


class HandOverForm(PortalForm):
    to = PersonField(
        label="Who takes the step instead",
        help_text="Their email address. They need an account.",
        error_messages={"required": "Enter the email address of who takes the step"},
    )
    reason = forms.CharField(label="Why", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    submit_label = "Hand it over"


class AppendixForm(PortalForm):
    title = forms.CharField(label="Title", max_length=200, help_text="People see this instead of the file name.")
    file = UploadField(label="File", help_text="A PDF is best: links can lead to one of its pages. At most 20 MB.")
    closed = forms.BooleanField(**CLOSED)
    submit_label = "Add the appendix"
