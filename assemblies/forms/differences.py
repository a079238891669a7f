"""What differs between a thing as it stands and a person's answers, in words that person can read."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms

from assemblies.actions.stale import Stale
from partnership.ui import dates


class SecondEditorMixin:
    """A form of something that two people may have open. It has a hidden `revision`, the one its answers began from."""

    def differences(self, now: Any) -> list[tuple[str, str, str]]:
        """Each question whose answer differs from the thing as it stands `now`: label, their answer, yours."""
        raise NotImplementedError

    def refuse_stale(self, stale: Stale) -> list[tuple[str, str, str]]:
        """Says who saved first and returns what differs. The next press saves these answers over what stands now."""
        found = self.differences(stale.now)
        self.refuse(stale)
        self.data = self.data.copy()
        self.data["revision"] = stale.now.revision
        return found


def between(stands: forms.Form, answers: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each question of the form `stands`, filled with what stands, whose answer is another: label, what stands, answer."""
    rows = []
    for name, field in stands.fields.items():
        if name in answers and not field.widget.is_hidden:
            theirs, yours = spoken(field, stands.get_initial_for_field(field, name)), spoken(field, answers[name])
            if theirs != yours:
                rows.append((str(field.label).removesuffix(" (optional)"), theirs, yours))
    return rows


def spoken(field: forms.Field, value: Any) -> str:
    """An answer in words, as a person would read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | time):
        return _when(value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        wanted = {str(getattr(one, "pk", one)) for one in value or []}
        return ", ".join(str(place) for place in field.queryset if str(place.pk) in wanted) or "none"
    if isinstance(field, forms.ModelChoiceField):
        return next((str(one) for one in field.queryset if str(one.pk) == str(getattr(value, "pk", value))), "none")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return "empty" if value in (None, "") else str(value)


def _when(value: date | time) -> str:
    if isinstance(value, time):
        return dates.clock(value)
    return dates.moment(value) if isinstance(value, datetime) else dates.short_day(value)
