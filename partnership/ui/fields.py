"""Form fields for a day, a time of day, and both together; they keep what was typed when it cannot be read."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnership import dates
from partnership.dates import Unreadable, read_clock, read_day
from partnership.text import holds_web_address, is_no_name


def person_name(value: object) -> None:
    """Refuses a name that holds an email or web address: names are greetings, and stand in the headers of emails."""
    if is_no_name(str(value)):
        raise ValidationError("Enter a name without “@” and without a web address", code="no_name")


def organisation_name(value: object) -> None:
    """Refuses the name of an organisation that holds a web address."""
    if holds_web_address(str(value)):
        raise ValidationError("Enter a name without a web address", code="no_name")


class NameField(forms.CharField):
    """The name of a person. Gives a `str`."""

    default_validators = [person_name]

    def __init__(self, *, max_length: int = 200, **kwargs) -> None:
        super().__init__(max_length=max_length, **kwargs)


class DayField(forms.Field):
    """A day typed in one box. Gives a `date`."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"})
    default_error_messages = {"required": "Enter the date"}

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except Unreadable as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: object) -> object:
        return dates.short_day(value) if isinstance(value, date) else value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class CarriedMomentField(forms.DateTimeField):
    """A day and a time that a form carries along unseen. Gives an aware `datetime`."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        if found is not None:
            try:
                dates.within_bounds(found.date())
            except Unreadable as error:
                raise ValidationError(str(error), code="invalid") from error
        return found


class ClockField(forms.Field):
    """A time of day typed in one box. Gives a `time`."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})
    default_error_messages = {"required": "Enter the time"}

    def to_python(self, value: object) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        try:
            return read_clock(str(value))
        except Unreadable as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: object) -> object:
        return dates.clock(value) if isinstance(value, time) else value


class MomentWidget(forms.MultiWidget):
    """Two labelled boxes: a day and a time."""

    template_name = "ui/widgets/moment.html"

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__({"day": forms.TextInput(), "clock": forms.TextInput()}, attrs)

    def decompress(self, value: datetime | None) -> list[str | None]:
        if value is None:
            return [None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [dates.short_day(local), dates.clock(local)]


class MomentField(forms.MultiValueField):
    """A day and a time in the portal's time zone. Gives an aware `datetime`."""

    widget: Any = MomentWidget  # the class here, a widget in each field
    default_error_messages = {
        "required": "Enter the date and the time",
        "day": "Enter the date too",
        "clock": "Enter the time too",
        "gap": "There is no such time on that day: the clocks go forward then",
    }

    def __init__(self, **kwargs) -> None:
        fields = (DayField(required=False), ClockField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        if self.disabled and not isinstance(value, list):
            value = self.widget.decompress(value)
        typed = [str(part or "").strip() for part in (value or ["", ""])]
        for field in self.fields:
            field.widget.errors = []
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        read, errors = [], []
        for field, part, name in zip(self.fields, typed, ("day", "clock"), strict=True):
            field.error_messages["required"] = self.error_messages[name]
            field.required = True
            try:
                read.append(field.clean(part))
            except ValidationError as error:
                field.widget.errors.extend(error.messages)
                errors.extend(error.error_list)
        if errors:
            raise ValidationError(errors)
        return self.compress(read)

    def compress(self, data_list: list) -> datetime | None:
        if not data_list:
            return None
        naive = datetime.combine(*data_list)
        moment = timezone.make_aware(naive)
        if moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) != naive:
            raise ValidationError(self.error_messages["gap"], code="gap")
        return moment

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True
