"""The chain by which a board's reports are signed off, and the checks it asks of them."""

from typing import Any

from django import forms

from assemblies.papers.models import BoardStep
from partnership import report_checks
from partnership.boards.forms.person import PersonField
from partnership.boards.models import Board
from partnership.ui.edit_conflict import EditConflictMixin, RevisionField, between
from partnership.ui.forms import PortalForm


class BoardStepForm(EditConflictMixin, PortalForm):
    revision = RevisionField()
    name = forms.CharField(label="Name of the step", max_length=100, help_text="For example finance, legal, director.")
    by_chair = forms.BooleanField(label="Whoever chairs the board takes it", required=False)
    holder = PersonField(
        label="Who takes it",
        required=False,
        help_text="Their email address. Leave it empty if the author is to name somebody each time.",
    )
    working_days = forms.IntegerField(
        label="Working days for it",
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
    )
    submit_label = "Save the step"

    def __init__(self, *args, step: BoardStep | None = None, **kwargs) -> None:
        kwargs["initial"] = _stands(step) if step else {"working_days": 3}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("by_chair") and cleaned.get("holder"):
            self.add_error(
                "holder", "Leave this empty, or take the tick away: either the chair takes it or this person"
            )
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was answered, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("name", "by_chair", "holder", "working_days")}

    def differences(self, now: BoardStep) -> list[tuple[str, str, str]]:
        return between(BoardStepForm(step=now), self.facts())


class ChecksForm(PortalForm):
    """Which checks the board asks of each report."""

    checks = forms.MultipleChoiceField(
        label="What the board asks of each report besides", required=False, widget=forms.CheckboxSelectMultiple
    )
    submit_label = "Save the checks"
    mark_optional = False

    def __init__(self, *args, board: Board, **kwargs) -> None:
        kwargs["initial"] = {"checks": list(board.report_checks.values_list("key", flat=True))}
        super().__init__(*args, **kwargs)
        self.fields["checks"].choices = [(each.key, each.label) for each in report_checks.to_choose()]


def _stands(step: BoardStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in ("name", "by_chair", "holder", "working_days", "revision")}
