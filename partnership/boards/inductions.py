"""What is asked about inductions from outside: the steps staff keep, and who is behind."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from partnership.boards.models import Appointment, InductionItem, InductionStep


def steps() -> QuerySet[InductionStep]:
    """Every step, those no longer given too, in their order."""
    return InductionStep.objects.select_related("board")


def behind(on: date) -> QuerySet[Appointment]:
    """Appointments whose holders have a step they should have done before the day."""
    late = InductionItem.objects.to_do(on).filter(due_on__lt=on, appointment=OuterRef("pk"))
    return Appointment.objects.filter(Exists(late))


def to_do_of(user, on: date) -> QuerySet[InductionItem]:
    """What is left of the person's inductions, the nearest day first."""
    return InductionItem.objects.to_do(on).filter(appointment__holder=user).order_by("due_on")
