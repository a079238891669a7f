"""A partner, named as people type it: a list of thousands to choose from helps nobody."""

from django import forms

from partnership.partners.models import Partner
from partnership.text import one_line

MOST_SUGGESTED = 5


class PartnerNameField(forms.CharField):
    """The name of a listed partner. Gives the Partner, or None when empty."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=200, **kwargs)

    def to_python(self, value: object) -> Partner | None:  # type: ignore[override]  # a field gives what it likes
        if isinstance(value, Partner):
            return value
        name = one_line(super().to_python(value) or "")
        if not name:
            return None
        found = Partner.objects.public().filter(name__iexact=name).first()
        if found:
            return found
        like = list(Partner.objects.public().named_like(name).values_list("name", flat=True)[:MOST_SUGGESTED])
        if like:
            raise forms.ValidationError(f"Enter the full name: do you mean {' or '.join(like)}?")
        raise forms.ValidationError("No partner has that name: look it up under Partners, or add it there first")

    def validate(self, value: Partner | None) -> None:
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Partner | None) -> None:
        """The name was looked up as it was read."""

    def prepare_value(self, value: object) -> object:
        if isinstance(value, int):
            value = Partner.objects.filter(pk=value).first() or ""
        return value.name if isinstance(value, Partner) else value

    def has_changed(self, initial: object, data: object) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
