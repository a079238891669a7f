"""When nominating bodies are told of a term that ends."""

import re

from django import forms

from partnership.ui.forms import PortalForm

MOST = 730


class DaysField(forms.CharField):
    """Numbers of days, with commas or spaces between. Gives a list of whole numbers, the greatest first."""

    def to_python(self, value: object) -> list[int]:  # type: ignore[override]  # a field gives what it likes
        found = [part for part in re.split(r"[\s,;]+|\band\b", super().to_python(value) or "") if part]
        if not all(part.isascii() and part.isdigit() for part in found):
            raise forms.ValidationError("Enter whole numbers of days with commas between, like 90, 30")
        days = sorted({int(part) for part in found if len(part) < 6}, reverse=True)
        if len(days) < len(set(found)) or any(not 1 <= day <= MOST for day in days):
            raise forms.ValidationError(f"Enter numbers from 1 to {MOST}")
        return days

    def prepare_value(self, value: object) -> object:
        return ", ".join(str(day) for day in value) if isinstance(value, list) else value


class PeriodsForm(PortalForm):
    days = DaysField(label="Days before the end of a term", help_text="For example, 90, 30", max_length=100)
