"""A board: what it is, which board it reports to, when it publishes, when it may decide."""

from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.utils.text import slugify

from partnership.boards import regimes
from partnership.boards.clear_days import DayKind
from partnership.boards.models import Board
from partnership.partners.models.partner import Sector
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalModelForm, formfield
from partnership.ui.revealing import Revealing

EXECUTIVE = [
    ("", "No"),
    (DayKind.CALENDAR.value, "Yes, and its 28-day notices count calendar days"),
    (DayKind.WORKING.value, "Yes, and its 28-day notices count working days"),
]
TAKEN_BY_PAGES = {"new", "structure", "vacancies", "bank-holidays"}


class BoardForm(EditConflictMixin, PortalModelForm):
    """What staff write about a board, with the rules by which it publishes and decides."""

    submit_label = "Save board"
    revision = RevisionField()
    executive = forms.ChoiceField(
        label="Is it an executive of the council?",
        choices=EXECUTIVE,
        required=False,
        widget=forms.RadioSelect,
        help_text="A cabinet, or a committee of one, gives 28 clear days’ notice of key decisions and private meetings. A "
        "Health and Wellbeing Board is not one.",
    )
    quorum_needs = forms.MultipleChoiceField(
        label="Sectors that must be present for a decision",
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Board
        fields = [
            "name", "kind", "regime", "purpose", "reports_to", "starts_on", "ends_on", "clear_days", "day_kind", "publish_by",
            "rule_source", "report_days", "recording_policy", "quorum_number", "quorum_one_in", "quorum_needs",
        ]  # fmt: skip
        formfield_callback = formfield
        widgets = {"regime": forms.RadioSelect, "recording_policy": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "regime": "Law it meets under",
            "clear_days": "Clear days before a meeting",
            "day_kind": "Which days count",
            "publish_by": "By what time on the last day",
            "report_days": "Working days between a report and publication",
            "starts_on": "First day of the board",
            "ends_on": "Last day of the board",
            "quorum_number": "Members who must be present for a decision",
            "quorum_one_in": "Or one in how many of the members",
        }
        help_texts = {
            "regime": "It sets when papers come out, on which grounds the public is kept out, and who counts for a quorum",
            "purpose": "In a few sentences. Plain text; a blank line starts a paragraph.",
            "clear_days": "The agenda is published at least this many days before, not counting the day it is "
            "published or the day of the meeting",
            "publish_by": "For example, 5pm. An agenda published later on that day is late.",
            "rule_source": "For example, Local Government Act 1972, section 100B, or the board's terms of reference",
            "report_days": "A report for a meeting is due this many working days before the last day to publish its agenda",
            "recording_policy": "What people who come may film and record. For council bodies the law says it: leave this empty.",
            "starts_on": "The year if you know no better, as 1 January. Without it, we show nothing of the board on past days.",
            "ends_on": "Leave empty while the board exists",
            "quorum_number": "Only members who may vote count",
            "quorum_one_in": "3 for a third, 2 for a half. With both, the greater number is needed.",
        }
        error_messages = {
            "name": {"unique": "There is already a board with that name"},
            "regime": {"required": "Choose the law that the board meets under"},
            "publish_by": {"required": "Enter the time by which the agenda is published, like 5pm"},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reports_to"].queryset = Board.objects.to_choose(self.instance.reports_to_id).exclude(
            pk=self.instance.pk
        )
        self.fields["reports_to"].empty_label = "No other board"
        self.fields["regime"].choices = [
            (regime.value, f"{regime.label}: {rules.bodies}") for regime, rules in regimes.RULES.items()
        ]
        self.fields["executive"].label = "Is it an executive of the council?"  # not optional where it is asked
        if self.instance.pk:
            self.initial["revision"] = self.instance.revision
            self.initial["executive"] = self.instance.notice_day_kind if self.instance.is_executive else ""
        else:
            del self.fields["revision"]
        shown = [name for name in self.fields if name != "executive"]
        parts = (Revealing("regime", council="executive") if name == "regime" else name for name in shown)
        self.helper.layout = Layout(*parts)

    def differences(self, now: Board) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the board as it stands `now`: label, their answer, yours."""
        return between(BoardForm(instance=now), self.cleaned_data)

    def facts(self) -> dict[str, Any]:
        """What was answered, as the actions take it."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "executive"}
        chosen = self.cleaned_data["executive"]
        return facts | {"is_executive": bool(chosen), "notice_day_kind": chosen or DayKind.CALENDAR.value}

    def clean_clear_days(self) -> int:
        days = self.cleaned_data["clear_days"]
        if days > 60:
            raise forms.ValidationError("Enter at most 60 days")
        return days

    def clean_report_days(self) -> int:
        days = self.cleaned_data["report_days"]
        if days > 60:
            raise forms.ValidationError("Enter at most 60 working days")
        return days

    def clean_quorum_number(self) -> int | None:
        number = self.cleaned_data["quorum_number"]
        if number == 0:
            raise forms.ValidationError("Enter 1 or more, or leave it empty where the board has no such rule")
        return number

    def clean_quorum_one_in(self) -> int | None:
        part = self.cleaned_data["quorum_one_in"]
        if part is not None and not 1 <= part <= 20:
            raise forms.ValidationError("Enter a number from 1 to 20, like 3 for a third")
        return part

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not slugify(name) or slugify(name) in TAKEN_BY_PAGES:
            raise forms.ValidationError("Enter a name with letters in it, like Borough Based Board")
        return name

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day is before the first: enter a later one")
        rule = [cleaned.get(name) for name in ("regime", "clear_days", "day_kind")]
        if None not in rule and (wrong := regimes.what_is_wrong(*rule)):
            self.add_error("clear_days", wrong)
        if cleaned.get("regime") != Board.Regime.COUNCIL:
            cleaned["executive"] = ""
        if cleaned.get("regime") == Board.Regime.COUNCIL and cleaned.get("recording_policy"):
            self.add_error("recording_policy", "The law says this for council bodies: leave it empty")
        return cleaned
