"""Move a meeting: the fact, what moves with it, and everybody who should know."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.invitations.actions import invitation_run
from assemblies.meetings.in_common import boards_of, last_day_to_publish
from assemblies.meetings.models import Meeting, MeetingMove
from assemblies.organising import coherence
from assemblies.organising.actions import meeting_place, reminders
from assemblies.organising.emails import meeting as emails
from assemblies.papers import deadline, in_common_emails
from assemblies.papers import emails as paper_emails
from assemblies.papers.actions import agenda
from assemblies.papers.models import AgendaItem, Session
from assemblies.questions import emails as question_emails
from assemblies.registrations import recipients
from assemblies.registrations.actions import offers
from assemblies.registrations.models import Registration
from partnership import audit
from partnership.refusals import Refusal

TIMES = ["starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "allocation_released_on"]


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    by,
    revision: int,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    urgent_reason: str = "",
    registration_opens_at: datetime | None,
    registration_closes_at: datetime | None,
    allocation_released_on: date | None,
) -> MeetingMove:
    """Moves the meeting and tells everybody who should know, once. Returns the move; submitted twice, the first one.

    The programme and the agenda keep their distances to the start. Offers end at the new start at the latest.
    Reminders for the old time that have not left are taken back. Raises Refusal for a meeting that is not published
    or has started, for a time that has passed or is the same, for times that do not fit together, and for a day for which
    the agenda that is out came too late, without the chair's reason (Local Government Act 1972 s.100B).
    """
    locked = Meeting.objects.locked().select_related("board").get(pk=meeting.pk)
    made = locked.moves.filter(new_starts_at=starts_at, new_ends_at=ends_at).last()
    if made and locked.revision > revision and (locked.starts_at, locked.ends_at) == (starts_at, ends_at):
        return made
    if locked.revision != revision:
        raise Refusal("Someone changed this meeting after you opened the page. Look at it again, then move it.")
    check(locked, starts_at, ends_at)
    late, last_day = deadline.late_for(locked, starts_at), last_day_to_publish(locked)
    if late:
        deadline.refuse_empty_reason(urgent_reason, "urgent_reason")
    fact = MeetingMove(
        meeting=locked,
        old_starts_at=locked.starts_at,
        old_ends_at=locked.ends_at,
        new_starts_at=starts_at,
        new_ends_at=ends_at,
        reason=reason,
        urgent_reason=urgent_reason.strip() if late else "",
        moved_by=by,
    )
    _set_times(locked, fact, registration_opens_at, registration_closes_at, allocation_released_on)
    fact.save()
    _carry_along(locked, fact)
    planned_item.follow_meeting(meeting=locked, by=by, last_day=last_day)
    invitation_run.meeting_moved(meeting=locked)
    reminders.meeting_changed(meeting=locked)
    told = emails.moved(meeting=locked, move=fact, people=recipients.of(locked))
    told += in_common_emails.moved(meeting=locked, move=fact, by=by)
    told += question_emails.meeting_moved(meeting=locked, move=fact)
    if late:
        paper_emails.reason_entered(move=fact, by=by, chair=agenda.chair_of(locked))
    offers.fill(meeting=locked)
    audit.record(
        by=by, verb="meeting.moved", subject=locked, revision=locked.revision, told=told,
        fields=TIMES,
        old=fact.old_starts_at, new=fact.new_starts_at,
    )  # fmt: skip
    return fact


def check(meeting: Meeting, starts_at: datetime, ends_at: datetime) -> None:
    """Raises Refusal, in words for staff, when the meeting cannot move to this time."""
    now = timezone.now()
    if meeting.state == Meeting.State.DRAFT:
        raise Refusal("This is a draft. Change its time under “When and where”: nobody needs to be told.")
    if meeting.state != Meeting.State.PUBLISHED:
        raise Refusal(f"This meeting is {meeting.get_state_display()}, so it cannot be moved.")
    if meeting.starts_at <= now:
        raise Refusal("This meeting has started, so it cannot be moved.")
    if starts_at <= now:
        raise Refusal("The new start must be in the future.", "starts_at")
    if (starts_at, ends_at) == (meeting.starts_at, meeting.ends_at):
        raise Refusal("The meeting is already at this time.", "starts_at")


def _set_times(
    meeting: Meeting, fact: MeetingMove, opens_at: datetime | None, closes_at: datetime | None, released_on: date | None
) -> None:
    """Saves the meeting at its new time. Raises Refusal where its times do not fit together."""
    meeting.starts_at, meeting.ends_at = fact.new_starts_at, fact.new_ends_at
    meeting.registration_opens_at, meeting.registration_closes_at = opens_at, closes_at
    meeting.allocation_released_on = released_on
    for problem in coherence.problems(meeting, meeting_place.seats_of(meeting), boards=boards_of(meeting)[1:]):
        if asked := [name for name in problem.fields if name in TIMES]:
            raise Refusal(problem.message, asked[0])
    if meeting.answers_open_at:
        meeting.answers_open_at += fact.new_ends_at - fact.old_ends_at
    meeting.sequence += 1
    meeting.revision += 1
    meeting.save()


def _carry_along(meeting: Meeting, fact: MeetingMove) -> None:
    """What has times of its own goes with the meeting: sessions, agenda items, holds and offers of places."""
    shift: timedelta = fact.new_starts_at - fact.old_starts_at
    Session.objects.filter(version__meeting=meeting).update(
        starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift
    )
    AgendaItem.objects.filter(version__meeting=meeting, starts_at__isnull=False).update(
        starts_at=F("starts_at") + shift
    )
    places = Registration.objects.filter(meeting=meeting)
    places.filter(state="offered", offered_until__gt=meeting.starts_at).update(offered_until=meeting.starts_at)
    places.filter(state="held", confirm_by__gt=meeting.starts_at).update(confirm_by=meeting.starts_at)
