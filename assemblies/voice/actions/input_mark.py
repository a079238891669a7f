"""An agenda item is marked as changed by members' input. A mark is never removed; it can be taken back, with the reason."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, AgendaVersion
from assemblies.voice.models import InputMark
from partnership import audit
from partnership.boards.models import Seat
from partnership.refusals import Refusal


@transaction.atomic
def mark(*, item: AgendaItem, by, how: str, seat: Seat | None = None, now: datetime | None = None) -> InputMark:
    """Says beside the item, wherever the agenda is shown, how members' input changed it. Returns the mark.

    The caller has checked that `by` holds a seat of the board or is staff. The same words again are the same mark.
    Raises Refusal for an item of an agenda that is not published, and for one that is closed to the public.
    """
    row = (
        AgendaItem.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version__meeting")
        .get(pk=item.pk)
    )
    if row.version.state != AgendaVersion.State.PUBLISHED:
        raise Refusal("This agenda is not published yet. Mark the item once it is.")
    if row.closed_by:
        raise Refusal("This item is closed to the public, so nothing is said beside it.")
    how = how.strip()
    known = row.input_marks.filter(how=how, withdrawn_at=None).first()
    if known:
        return known
    made = InputMark.objects.create(item=row, seat=seat, how=how, made_by=by, made_at=now or timezone.now())
    audit.record(by=by, verb="item.marked", subject=made, meeting=row.version.meeting_id, item=row.pk)
    return made


@transaction.atomic
def take_back(*, mark: InputMark, by, because: str, now: datetime | None = None) -> InputMark:
    """Says that the mark no longer holds, and why. Both stay to be read. Taking it back twice changes nothing."""
    row = InputMark.objects.select_for_update(of=("self",)).select_related("item").get(pk=mark.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = now or timezone.now(), by, because.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        audit.record(by=by, verb="item.mark_taken_back", subject=row, item=row.item_id)
    return row


def items_to_mark(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of every published version of the agenda, but for those that are closed to the public."""
    return AgendaItem.objects.open().filter(version__in=meeting.agenda_versions.published())


def marks_on(meeting: Meeting) -> QuerySet[InputMark]:
    """Every mark on an item of the meeting, those taken back too, with its item."""
    return InputMark.objects.filter(item__version__meeting=meeting).select_related("item")
