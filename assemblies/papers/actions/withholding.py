"""The closed papers of an item are withheld from one person with an interest in it, and that is lifted again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers import agenda_history, withheld
from assemblies.papers.models import AgendaItem, WithheldPapers
from assemblies.papers.models.agenda import matter_of
from partnership import audit
from partnership.accounts.rules import is_partnership_staff
from partnership.refusals import Refusal


@transaction.atomic
def withhold(
    *, meeting: Meeting, item: AgendaItem, person, by, because: str, now: datetime | None = None
) -> WithheldPapers:
    """Withholds the closed papers of an item of the meeting's agenda from a member; returns what says so, the one in force where
    it is withheld already.

    From this transaction on they read of what is closed only what everybody may: no report, file, version or pack, and no title
    that is not public. It is withheld from the person, not the seat; what is open stays open. The caller has checked that `by`
    may: staff, the chair of a board that meets, or who acts for them. Raises Refusal without a reason, for an item of another
    meeting, and for those who read it anyway: who does not sit on a board that meets, staff, who chairs one, and
    who works on the report.
    """
    because = because.strip()
    if not because:
        raise Refusal("Say why it is withheld: they read this.", "because")
    Meeting.objects.locked().get(pk=meeting.pk)
    row = (
        AgendaItem.objects.filter(version__meeting=meeting, pk=item.pk)
        .select_related("version__meeting", "planned")
        .first()
    )
    if row is None:
        raise Refusal("This item has just been taken off the draft.", "item")
    matter = matter_of(row)
    same = WithheldPapers.objects.in_force().filter(
        Q(item__in=matter.items) | Q(planned__in=matter.plans), person=person
    )
    if known := same.first():
        return known
    _refuse_person(meeting, person, matter)
    first = AgendaItem.objects.get(pk=agenda_history.roots(meeting)[row.pk])
    made = WithheldPapers.objects.create(
        meeting=meeting, item=first, planned=row.planned, person=person, because=because, withheld_by=by,
        withheld_at=now or timezone.now(),
    )  # fmt: skip
    audit.record(by=by, verb="papers.withheld", subject=made, person=str(person))
    return made


@transaction.atomic
def lift(*, withheld: WithheldPapers, by, now: datetime | None = None) -> WithheldPapers:
    """The person reads the papers again, where their seat lets them; returns the row. Lifted already, it stays as it is.

    The caller has checked that `by` may. Raises Refusal for the person themselves.
    """
    row = WithheldPapers.objects.select_for_update(no_key=True, of=("self",)).get(pk=withheld.pk)
    if row.lifted_at:
        return row
    if by is not None and row.person_id == by.pk:
        raise Refusal("It is withheld from you: somebody else lifts it.")
    row.lifted_by, row.lifted_at = by, now or timezone.now()
    row.save(update_fields=["lifted_by", "lifted_at"])
    audit.record(by=by, verb="papers.withheld_lifted", subject=row, person=str(row.person))
    return row


def _refuse_person(meeting: Meeting, person, matter) -> None:
    if is_partnership_staff(person):
        raise Refusal("Staff prepare the papers of every meeting: nothing is withheld from them.", "person")
    if withheld.chairs_a_board_of(person, meeting):
        raise Refusal(
            f"{person} chairs a board of this meeting, and prepares its papers: they cannot be withheld. Record the interest, "
            "and that they leave for the item.",
            "person",
        )
    if not withheld.members_of(meeting).filter(pk=person.pk).exists():
        raise Refusal(f"{person} does not sit on a board of this meeting.", "person")
    if withheld.works_on(person, matter):
        raise Refusal(f"{person} works on the report of this item. Give that to somebody else first.", "person")
