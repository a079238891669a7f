"""The facts on which two organisations differ, in words for a person."""

from django.db.models import Field

from partnership.partners.actions.merge import FACTS
from partnership.partners.models import Partner


def differing(kept: Partner, absorbed: Partner) -> list[tuple[str, str, str, str]]:
    """Returns the field, its label, and what each says; "" where it says nothing. Facts that agree are left out."""
    found = []
    for name in FACTS:
        if getattr(kept, name) != getattr(absorbed, name):
            field = Partner._meta.get_field(name)  # noqa: SLF001 - Django documents Model._meta
            assert isinstance(field, Field), "no relation from elsewhere"
            label = str(field.verbose_name)
            found.append((name, label[:1].upper() + label[1:], in_words(kept, name), in_words(absorbed, name)))
    return found


def in_words(partner: Partner, name: str) -> str:
    value = getattr(partner, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown = getattr(partner, f"get_{name}_display", None)
    return str(shown() if shown else value)
