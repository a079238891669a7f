"""What a new holder of a seat does first: begins with the appointment, ticked by the holder, kept by staff."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from partnership import audit
from partnership.boards.models import Appointment, InductionItem, InductionStep
from partnership.refusals import Refusal


def begin(*, appointment: Appointment, today: date | None = None) -> int:
    """Gives the holder the steps in use, inside the caller's transaction; returns how many they have.

    Days count from the first day of the term, or from today where that has passed: nobody is late with what they were
    not yet asked. A term that is over gets none.
    """
    today = today or timezone.localdate()
    if appointment.ends_on and appointment.ends_on < today:
        return 0
    first = max(appointment.starts_on, today)
    steps = InductionStep.objects.filter(Q(board=None) | Q(board=appointment.seat.board_id), in_use=True)
    items = [
        InductionItem(
            appointment=appointment, step=step, title=step.title, words=step.words, link=step.link,
            names_buddy=step.names_buddy, position=step.position, due_on=step.due_on(first),
        )
        for step in steps
    ]  # fmt: skip
    InductionItem.objects.bulk_create(items, ignore_conflicts=True)
    return len(items)


@transaction.atomic
def tick(*, item: InductionItem, by, buddy: str = "") -> InductionItem:
    """Marks a step as done; doing it twice changes nothing. Raises Refusal where a buddy has to be named."""
    row = InductionItem.objects.select_for_update().get(pk=item.pk)
    if row.names_buddy and not buddy.strip():
        raise Refusal("Enter the name of your buddy", "buddy")
    if row.done_at is None:
        row.done_at, row.buddy = timezone.now(), buddy.strip() if row.names_buddy else ""
        row.save(update_fields=["done_at", "buddy"])
        audit.record(by=by, verb="induction.done", subject=row)
    return row


@transaction.atomic
def undo(*, item: InductionItem, by) -> InductionItem:
    """Not done after all."""
    row = InductionItem.objects.select_for_update().get(pk=item.pk)
    if row.done_at is not None:
        row.done_at, row.buddy = None, ""
        row.save(update_fields=["done_at", "buddy"])
        audit.record(by=by, verb="induction.undone", subject=row)
    return row


@transaction.atomic
def save_step(*, step: InductionStep | None, by, **facts) -> InductionStep:
    """Adds a step or changes it, for those who take a seat from now on; what others were given stays. One that is submitted
    twice is one step."""
    if step is None:
        list(InductionStep.objects.select_for_update())  # who submits it again meanwhile waits, and finds it
        same = InductionStep.objects.filter(**facts).first()
        if same:
            return same
    verb = "induction_step.changed" if step else "induction_step.added"
    step = step or InductionStep(position=InductionStep.objects.count())
    for name, value in facts.items():
        setattr(step, name, value)
    step.save()
    audit.record(by=by, verb=verb, subject=step)
    return step
