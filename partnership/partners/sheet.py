"""A row of a spreadsheet and a partner: what each column holds, how a cell is written, and how it is read again.

Whatever `written` gives, `read` takes back unchanged: so a file that went out and came in changes nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Field

from partnership.email_addresses import what_is_wrong
from partnership.partners.headings import OF_FIELDS
from partnership.partners.models import Partner, PeopleGroup
from partnership.partners.tidy import (
    tidy_charity_number,
    tidy_code,
    tidy_company_number,
    tidy_email,
    tidy_list,
    tidy_phone,
)
from partnership.text import legible, one_line, paragraphs, straight
from places.footprint.models import Place

BETWEEN = "; "  # names of groups hold commas
LONGEST_SUMMARY = 5000


@dataclass(frozen=True)
class Column:
    """A heading, the field it stands for, and how its text is tidied before it is checked."""

    heading: str
    field: str
    tidy: Callable[[str], str] = str.strip

    @property
    def is_many(self) -> bool:
        return self.field in ("groups", "places")


TIDY = {
    "name": one_line,
    "kind": one_line,
    "summary": paragraphs,
    "neighbourhoods": tidy_list,
    "website": one_line,
    "email": tidy_email,
    "email_is_public": one_line,
    "phone": tidy_phone,
    "phone_is_public": one_line,
    "address": paragraphs,
    "address_is_public": one_line,
    "ods_code": tidy_code,
    "gss_code": tidy_code,
    "charity_number": tidy_charity_number,
    "company_number": tidy_company_number,
    "income_band": one_line,
}
COLUMNS = [Column(heading, field, TIDY.get(field, str.strip)) for field, heading in OF_FIELDS.items()]
BY_FIELD = {column.field: column for column in COLUMNS}


class Names:
    """The names of groups and of today's places, as cells hold them. Asks the database twice."""

    def __init__(self) -> None:
        places = list(Place.objects.public().by_name())
        names = [place.name for place in places]
        shown = {p.pk: p.name if names.count(p.name) == 1 else f"{p.name} ({p.system})" for p in places}
        groups = dict(PeopleGroup.objects.values_list("pk", "name"))
        self.of = {"places": shown, "groups": groups}
        self._pks = {
            field: {one_line(name).casefold(): pk for pk, name in names.items()} for field, names in self.of.items()
        }

    def written(self, field: str, pks) -> str:
        """Names in a fixed order; places that are past have none, and stay out."""
        known = self.of[field]
        return BETWEEN.join(sorted((known[pk] for pk in pks if pk in known), key=str.casefold))

    def read(self, field: str, text: str) -> list[int]:
        """Returns keys in the order of `written`. Raises ValidationError for a name nobody knows."""
        names = [one_line(name) for name in re.split(r"[;\n]", text)]
        pks: dict[int, None] = {}
        for name in filter(None, names):
            pk = self._pks[field].get(name.casefold())
            if pk is None:
                kind = "place" if field == "places" else "group of people"
                raise ValidationError(f"“{name[:60]}” is not a {kind} we know: separate names with “;”")
            pks[pk] = None
        return list(pks)


def written(partner: Partner, column: Column, names: Names) -> str:
    """The content of this partner's cell: words, never our codes."""
    if column.is_many:
        return names.written(column.field, [row.pk for row in getattr(partner, column.field).all()])
    value = getattr(partner, column.field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    shown = getattr(partner, f"get_{column.field}_display", None)
    return paragraphs(str(shown() if shown else value))


def read(text: str, column: Column, names: Names) -> tuple[object, str]:
    """Returns the value a cell means, and the cell as `written` would write it. Raises ValidationError, in words."""
    if column.is_many:
        pks = names.read(column.field, text)
        return pks, names.written(column.field, pks)
    text = column.tidy(text)
    field = Partner._meta.get_field(column.field)  # noqa: SLF001 - Django documents Model._meta
    assert isinstance(field, Field), "no relation from elsewhere"
    if field.get_internal_type() == "BooleanField":
        return _flag(text, column)
    if field.choices:
        return _choice(text, column, dict(field.flatchoices))
    if column.field == "website" and text and "://" not in text:
        text = f"https://{text}"
    if column.field == "email" and text and (wrong := what_is_wrong(text)):
        raise ValidationError(wrong)
    if column.field == "summary" and len(text) > LONGEST_SUMMARY:
        raise ValidationError(f"{column.heading} has more than {LONGEST_SUMMARY:,} characters")
    if field.max_length and len(text) > field.max_length:
        raise ValidationError(f"{column.heading} has more than {field.max_length} characters")
    if text:
        field.run_validators(text)
    elif column.field == "name":
        raise ValidationError("The name is missing")
    return text, text


def _flag(text: str, column: Column) -> tuple[bool, str]:
    if text.lower() in ("yes", "y", "true", "1"):
        return True, "yes"
    if text.lower() in ("no", "n", "false", "0", ""):
        return False, "no"
    raise ValidationError(f"{column.heading}: write yes or no")


def _choice(text: str, column: Column, choices: dict[str, str]) -> tuple[str, str]:
    for value, label in choices.items():
        if text.casefold() in (value, label.casefold()):
            return value, label
    if not text and column.field == "income_band":
        return "", ""
    if not text:
        raise ValidationError("write it as the directory does, like “Council”")
    raise ValidationError(f"“{text[:60]}” is not a {column.heading.lower()} we know: write it as the directory does")


def same(column: Column, old: str, typed: str) -> bool:
    """Whether a cell says what it said, as people's programs leave it: zeros dropped, apostrophes curled, spaces and line ends
    changed."""
    old = legible(old)
    if straight(column.tidy(old)) == straight(column.tidy(typed)):
        return True
    if column.field in ("phone", "company_number", "charity_number") and typed.strip().isdigit():
        return re.sub(r"\s", "", old).lstrip("0") == typed.strip().lstrip("0")
    return False
