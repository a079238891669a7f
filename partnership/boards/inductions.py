"""What is asked about inductions from outside: the steps staff keep, and who is behind."""

from datetime import date

from django.db.models import QuerySet

from partnership.boards.models import InductionItem, InductionStep


def steps() -> QuerySet[InductionStep]:
    """Every step, those no longer given too, in their order."""
    return InductionStep.objects.select_related("board")


def people_late(on: date) -> int:
    """How many holders have a step they should have done before the day."""
    late = InductionItem.objects.to_do(on).filter(due_on__lt=on)
    return late.values("appointment").distinct().count()


def due_of(user, on: date) -> list[date]:
    """The days by which the person should do what is left of their inductions, the nearest first."""
    mine = InductionItem.objects.to_do(on).filter(appointment__holder=user)
    return list(mine.order_by("due_on").values_list("due_on", flat=True))
