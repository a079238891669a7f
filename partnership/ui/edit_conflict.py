"""Two people have one thing open: the second is told who saved first, and shown what differs; answers are kept."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import BLANK_CHOICE_DASH

from partnership import dates
from partnership.refusals import Refusal
from partnership.ui.forms import PortalFormMixin


class Stale(Refusal):
    """Somebody changed the same thing after this person opened it. `now` is the thing as it stands."""

    def __init__(self, *, who: str, when: datetime | None, now: Any) -> None:
        on = f" on {dates.moment(when)}," if when else ""
        super().__init__(
            f"{who or 'Someone else'} changed this{on} after you opened it. "
            "Your answers are kept below and have not been saved yet."
        )
        self.now = now


class RevisionField(forms.IntegerField):
    """The revision that the answers of a form began from. A form sent without it began before the first edit, for all we know."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class SeenField(forms.CharField):
    """Stands for what a page showed. A form sent without it is treated as one that somebody opened too long ago."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)


class EditConflictMixin(PortalFormMixin):
    """A form of something that two people may have open. It has a `revision`, a `RevisionField`."""

    def differences(self, now: Any) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the thing as it stands `now`: label, their answer, yours."""
        raise NotImplementedError

    def refuse_stale(self, stale: Stale) -> list[tuple[str, str, str]]:
        """Says who saved first and returns what differs. The next submission saves these answers over what stands now."""
        found = self.differences(stale.now)
        self.refuse(stale)
        self.data = self.data.copy()
        self.data["revision"] = stale.now.revision
        return found


def acted_on(form: PortalFormMixin, act: Callable[[dict[str, Any]], str]) -> tuple[str, list[tuple[str, str, str]]]:
    """Does `act` with the answers of a form that is valid; returns what it said, and what differs where somebody saved first.

    What it said is "" where the form was not sent, or where a rule says no; then the form says why and keeps its answers.
    """
    if form.is_valid():
        try:
            return act(form.cleaned_data), []
        except Stale as stale:
            assert isinstance(form, EditConflictMixin), "only such forms send the revision they began from"
            return "", form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
    return "", []


def between(stands: forms.BaseForm, answers: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each question of the form `stands`, filled with what stands, whose answer is another: label, what stands, answer."""
    rows = []
    for name, field in stands.fields.items():
        if name in answers and not field.widget.is_hidden:
            theirs, yours = spoken(field, stands.get_initial_for_field(field, name)), spoken(field, answers[name])
            if theirs.split() != yours.split():  # a browser ends lines in its own way
                rows.append((str(field.label).removesuffix(" (optional)"), theirs, yours))
    return rows


def spoken(field: forms.Field, value: Any) -> str:
    """An answer in words, as a person would read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | time):
        return _when(value)
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return _chosen(field, value)
    shown = field.prepare_value(value)
    return "empty" if shown in (None, "") else str(shown)


def _chosen(field: forms.ModelChoiceField | forms.ChoiceField, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        assert field.queryset is not None
        if isinstance(field, forms.ModelMultipleChoiceField):
            wanted = {str(getattr(one, "pk", one)) for one in value or []}
            return ", ".join(str(one) for one in field.queryset if str(one.pk) in wanted) or "none"
        return next((str(one) for one in field.queryset if str(one.pk) == str(getattr(value, "pk", value))), "none")
    choices: Any = field.choices
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(str(label) for key, label in choices if key in (value or [])) or "none"
    said = str(dict(choices).get(value, value))
    return "empty" if said == BLANK_CHOICE_DASH[0][1] else said


def _when(value: date | time) -> str:
    if isinstance(value, time):
        return dates.clock(value)
    return dates.moment(value) if isinstance(value, datetime) else dates.short_day(value)
