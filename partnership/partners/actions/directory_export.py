"""The directory as a table, to take away, change a cell, and send in again."""

from collections.abc import Iterator

from partnership.files import writing
from partnership.partners import sheet
from partnership.partners.headings import HEADINGS
from partnership.partners.models import Partner

AT_ONCE = 1000


def export(partners, kind: str) -> bytes:
    """Returns the partners as a file of the kind "csv" or "xlsx", read a thousand at a time."""
    return writing.table(HEADINGS, rows(partners), kind, title="Partners")


def rows(partners) -> Iterator[list[str]]:
    names = sheet.Names()
    found = partners.order_by("pk").prefetch_related("groups", "places")
    for partner in found.iterator(chunk_size=AT_ONCE):
        yield [partner.slug, *(sheet.written(partner, column, names) for column in sheet.COLUMNS)]


def exported(user):
    """Returns the partners a file holds: those the person may see, closed and merged ones left out."""
    return Partner.objects.visible_to(user).current()
