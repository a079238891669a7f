"""What differs between a thing as it stands and a person's answers, in words that person can read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from partnership.ui import dates


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
    if isinstance(value, date):
        return dates.moment(value) if isinstance(value, datetime) else dates.short_day(value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        wanted = {str(getattr(one, "pk", one)) for one in value or []}
        return ", ".join(str(place) for place in field.queryset if str(place.pk) in wanted) or "none"
    if isinstance(field, forms.ModelChoiceField):
        return next((str(one) for one in field.queryset if str(one.pk) == str(getattr(value, "pk", value))), "none")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return "empty" if value in (None, "") else str(value)
