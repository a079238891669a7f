"""The conditions by which a decision is closed to the public, or withheld from somebody who reads what is closed."""

from django.db.models import OuterRef, Q

from assemblies.closures.models import is_closed
from assemblies.papers.models.agenda import withheld_from

CLOSES = ("closure", "item__closure", "report_version__closure")


def closed_to_the_public() -> Q:
    """That a decision is closed: itself, or its item or report, since then or from the start."""
    found = Q()
    for path in CLOSES:
        found |= is_closed(path)
    return found


def withheld_decisions(user) -> Q:
    """That it is on an item, or on a report, whose papers are withheld from the person, or carries out a decision that is."""
    withheld = withheld_from(user)
    of_item = Q(item__isnull=False, item__in=withheld.items)
    of_report = Q(report_version__isnull=False, report_version__report__item__in=withheld.plans)
    before = Q(delegated_by__isnull=False, delegated_by__item__isnull=False, delegated_by__item__in=withheld.items)
    return of_item | of_report | before


def on_same_item() -> Q:
    """Inside a query of rows that have an item: that a decision is on it, whichever version of the agenda each names it by."""
    same_row, same_plan = Q(item=OuterRef("item")), Q(item__planned=OuterRef("item__planned"))
    return same_row | same_plan | Q(item__title=OuterRef("item__title"))
