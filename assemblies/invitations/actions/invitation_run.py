"""Invite everyone on the signed-off lists, and ask again those who have not answered.

"Send" only writes down a run, and a row for each person. The emails are then queued 200 to a
transaction, each with the row that says so, so that a worker may be killed at any moment: an email whose row is
committed is sent once, the rest are still to be queued. A run is leased for less than a minute; whoever sweeps next
takes over a dead worker's.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from assemblies.invitations.emails.invitation import InvitationLetter, about_all
from assemblies.invitations.models import Invitation, InvitationRun
from assemblies.invitations.models.invitation import CAN_BE_TRIED
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings import guests
from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import Closed, why_closed
from partnership import audit, dates, leasing, outbox
from partnership.outbox import message_keys, nudge
from partnership.outbox.actions.enqueue import ADDRESS
from partnership.outbox.models import Message
from partnership.refusals import Refusal

CHASE_AGAIN_AFTER = timedelta(hours=24)
RESUME = "assemblies.invitations.tasks.resume_runs"
NOBODY_IS_INVITED = {
    Closed.DRAFT: "This meeting is not published. Publish it first: an invitation leads to its public page.",
    Closed.CANCELLED: "This meeting is cancelled, so nobody can be invited to it.",
    Closed.TAKEN_PLACE: "This meeting has already started, so nobody can be invited to it.",
    Closed.STARTED: "This meeting has already started, so nobody can be invited to it.",
}


def people_to_invite(meeting: Meeting) -> QuerySet[ListEntry]:
    """Who is on a signed-off list and not yet invited: one entry for each address, from the first list they were on.

    Someone who registered before being invited needs no invitation.
    """
    invited = Invitation.objects.filter(meeting=meeting, email=OuterRef("email"))
    registered = guests.who_registered().answering().filter(meeting=meeting, email=OuterRef("email"))
    return (
        ListEntry.objects.filter(~Exists(invited), ~Exists(registered), list__meeting=meeting)
        .filter(list__state=InvitationList.State.SIGNED_OFF)
        .order_by("email", "added_at", "pk")
        .distinct("email")
        .select_related("list")
    )


def people_to_chase(meeting: Meeting, now: datetime, *, again: bool = False) -> QuerySet[Invitation]:
    """Who got the invitation and has not answered, or whose address can be tried again; without `again`, leaving out those
    we emailed about it within the last day."""
    reached = meeting.invitations.unanswered().filter(Q(message__state=Message.State.SENT) | CAN_BE_TRIED)
    return reached if again else reached.not_emailed_since(now - CHASE_AGAIN_AFTER)


def check_may_invite(meeting: Meeting, now: datetime) -> None:
    """Raises Refusal, in words for staff, unless people can be invited to the meeting now."""
    why = why_closed(meeting, now)
    if why is Closed.DEADLINE_PASSED:
        closed = dates.moment(meeting.registration_closes_at)
        raise Refusal(f"Registration closed on {closed}. Open it for longer first.")
    if why in NOBODY_IS_INVITED:
        raise Refusal(NOBODY_IS_INVITED[why])


@transaction.atomic
def invite(*, meeting: Meeting, by, key: UUID) -> InvitationRun:
    """Start inviting everyone signed off and not yet invited; returns the run, the same one for the same `key`.

    Raises Refusal when the meeting takes no invitations, or nobody is left to invite.
    """
    meeting, earlier = _lock(meeting, key)
    if earlier:
        return earlier
    check_may_invite(meeting, timezone.now())
    people = list(people_to_invite(meeting))
    if not people:
        raise Refusal("Everyone on the signed-off lists has already been invited.")
    run = InvitationRun.objects.create(
        meeting=meeting, purpose=InvitationRun.Purpose.INVITE, key=key, started_by=by, total=len(people)
    )
    Invitation.objects.bulk_create((_invitation(run, entry) for entry in people), batch_size=1000)
    return _begin(run, by, "invitations.sent")


@transaction.atomic
def chase(*, meeting: Meeting, by, key: UUID, again: bool = False) -> InvitationRun:
    """Ask those who have not answered; returns the run. Nobody who was emailed within a day, unless `again`. Raises Refusal."""
    meeting, earlier = _lock(meeting, key)
    if earlier:
        return earlier
    now = timezone.now()
    check_may_invite(meeting, now)
    people = list(people_to_chase(meeting, now, again=again).values_list("pk", flat=True))
    if not people:
        raise Refusal("There is nobody to ask: everyone has answered, or was emailed within the last day.")
    run = InvitationRun.objects.create(
        meeting=meeting, purpose=InvitationRun.Purpose.CHASE, key=key, started_by=by, total=len(people)
    )
    Invitation.objects.filter(pk__in=people).update(chase=run)
    return _begin(run, by, "invitations.chased")


def resume(now: datetime | None = None) -> int:
    """Carry on every run that nobody is carrying on; returns how many emails were queued."""
    return leasing.carry_on(InvitationRun.objects, _queue_some, now)


@transaction.atomic
def stop(*, meeting: Meeting, because: str = "The meeting was cancelled.") -> int:
    """Take back what has not left, for a meeting nobody should be invited to any more; returns how many emails.

    The runs come first: that waits for the emails a worker is queueing now, so that they are found too.
    """
    meeting.runs.unfinished().update(finished_at=timezone.now(), lease_until=None)
    meeting.invitations.filter(sent_at__isnull=True).delete()
    return outbox.withdraw(about_prefix=about_all(meeting.pk), because=because)


@transaction.atomic
def meeting_moved(*, meeting: Meeting) -> int:
    """Write again the invitations and chasers that have not left, with the meeting as it now is; returns how many."""
    runs = {run.pk: run for run in meeting.runs.select_for_update()}
    queued = Message.objects.filter(state=Message.State.QUEUED, key__startswith=message_keys.beginning("invitation"))
    waiting = queued.filter(about__startswith=about_all(meeting.pk))
    stale = meeting.invitations.filter(message__in=waiting)
    keys = list(waiting.values_list("key", flat=True))
    rewritten = list(stale.values_list("pk", "run_id"))
    Invitation.objects.filter(pk__in=[pk for pk, _ in rewritten]).update(sent_at=None, message=None)
    rewritten += _chasers_to_rewrite(meeting, keys)
    outbox.withdraw(keys=keys, because="The meeting was moved before this was sent.")
    for run_id, count in Counter(run_id for _, run_id in rewritten).items():
        if run := runs.get(run_id):
            run.queued, run.finished_at = run.queued - count, None
            run.save(update_fields=["queued", "finished_at"])
    if rewritten:
        _nudge_on_commit()
    return len(rewritten)


def _chasers_to_rewrite(meeting: Meeting, keys: Iterable[str]) -> list[tuple[int, int]]:
    """Which chasers are among these unsent emails: invitation and run of each, marked as not asked yet."""
    chasers = [words for words in map(message_keys.words_of, keys) if words[2:3] == ["chase"]]
    named = {(int(words[1]), int(words[3])) for words in chasers}
    asked = meeting.invitations.filter(pk__in=[pk for pk, _ in named])
    rewritten = [pair for pair in asked.values_list("pk", "chase_id") if pair in named]
    Invitation.objects.filter(pk__in=[pk for pk, _ in rewritten]).update(chased_at=None)
    return rewritten


def _lock(meeting: Meeting, key: UUID) -> tuple[Meeting, InvitationRun | None]:
    """The meeting, locked so that two submissions wait for one another, and the run the key already started."""
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    return locked, InvitationRun.objects.filter(key=key, meeting=locked).first()


def _begin(run: InvitationRun, by, verb: str) -> InvitationRun:
    audit.record(by=by, verb=verb, subject=run.meeting, people=run.total, run=run.pk)
    _nudge_on_commit()
    return run


def _nudge_on_commit() -> None:
    transaction.on_commit(lambda: nudge.nudge(task=RESUME), robust=True)


def _invitation(run: InvitationRun, entry: ListEntry) -> Invitation:
    return Invitation(
        meeting=run.meeting,
        run=run,
        email=entry.email,
        name=entry.name,
        organisation=entry.organisation,
        kind=entry.kind,
        role=entry.role,
        place_id=entry.list.place_id,
    )


@transaction.atomic
def _queue_some(run_id: int) -> int:
    """Queue the next people of a run, and say so in the same transaction; returns how many, 0 when it is finished.

    The row lock makes two workers on one run harmless; the lease only spares the second one the wait.
    """
    now = timezone.now()
    run = InvitationRun.objects.select_for_update().get(pk=run_id)
    if run.finished_at:
        return 0
    people = list(_waiting(run)[: settings.INVITATIONS_AT_ONCE])
    try:
        check_may_invite(run.meeting, now)
    except Refusal:
        stop(meeting=run.meeting, because="The meeting is no longer taking answers.")
        return 0
    if not people:
        run.finished_at, run.lease_until = now, None
        run.save(update_fields=["finished_at", "lease_until"])
        return 0
    _queue(run, people, now)
    run.queued, run.lease_until = F("queued") + len(people), now + leasing.lease()
    run.save(update_fields=["queued", "lease_until"])
    return len(people)


def _waiting(run: InvitationRun) -> QuerySet[Invitation]:
    """Who a run has still to write to. Somebody who answers before their turn comes is not asked again."""
    if run.purpose == InvitationRun.Purpose.INVITE:
        return run.invitations.filter(sent_at__isnull=True).order_by("pk")
    mine = run.chased.unanswered()
    return mine.filter(Q(chased_at__isnull=True) | Q(chased_at__lt=run.started_at)).order_by("pk")


def _queue(run: InvitationRun, people: list[Invitation], now: datetime) -> None:
    is_chase = run.purpose == InvitationRun.Purpose.CHASE
    letter = InvitationLetter(run.meeting, chase=is_chase)
    what = ("chase", run.pk, run.meeting.sequence) if is_chase else ("sent", run.meeting.sequence)
    key_of = {person.pk: message_keys.message_key("invitation", person.pk, *what) for person in people}
    usable = [person for person in people if ADDRESS.fullmatch(person.email)]
    stop = letter.links(usable, even_if_stopped=not is_chase)
    drafts = [
        letter.draft(person, key=key_of[person.pk], unsubscribe=stop[person.email])
        for person in usable
        if person.email in stop
    ]
    outbox.enqueue_many(drafts)
    if is_chase:
        Invitation.objects.filter(pk__in=key_of).update(chased_at=now)
        return
    own_key = message_keys.in_the_database("invitation", OuterRef("pk"), *what)
    mail = Message.objects.filter(key=own_key).values("pk")
    Invitation.objects.filter(pk__in=key_of).update(sent_at=now, message=Subquery(mail))
