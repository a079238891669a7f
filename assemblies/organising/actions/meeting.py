"""A meeting from first draft to closed file."""

import copy
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.invitations.actions import invitation_run
from assemblies.lists.models import ListEntry
from assemblies.meetings.in_common import boards_of, last_day_to_publish
from assemblies.meetings.models import Meeting
from assemblies.organising import coherence, readiness
from assemblies.organising.actions import meeting_board, meeting_place, reminder_rule, reminders
from assemblies.organising.emails import meeting as emails
from assemblies.papers import in_common_emails
from assemblies.questions import emails as question_emails
from assemblies.registrations import recipients
from assemblies.registrations.actions import attendance, exit_question, offers
from assemblies.sittings.rules import has_decided
from partnership import audit, dates, outbox, states
from partnership.accounts.rules import is_partnership_staff
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.outbox.message_keys import about
from partnership.refusals import Refusal
from places.footprint.models import Place

TIMES = {"starts_at", "ends_at"}
IN_CALENDARS = {"title", "summary", "format", "venue_name", "venue_address", "joining_link", "joining_instructions"}
WORTH_TELLING = {
    "title": "its title",
    "format": "how people attend",
    "venue_name": "the venue",
    "venue_address": "the address of the venue",
    "joining_link": "the link to join online",
}
OF_THE_ROOM = {"venue_name", "venue_address", "venue_access"}
OF_THE_LINK = {"joining_link", "joining_instructions"}
NOT_FACTS = {"boards", "places", "seats", "questions"}


def create(*, by, uid, **facts: Any) -> Meeting:
    """Returns a new draft; the one already made where `uid` shows that this is the same submission of the form.

    `facts` are fields of the meeting and `boards`, `places`, `seats` ({Place: number kept}) and `questions`, as in `edit`. An
    assembly begins with the usual exit questions unless others are given. Raises Refusal when the facts do not fit
    together.
    """
    already = Meeting.objects.filter(uid=uid, created_by=by)
    if made := already.first():
        return made
    try:
        return _create(by=by, uid=uid, **facts)
    except Refusal:
        if made := already.first():  # sent twice at the same moment: its address is taken, by itself
            return made
        raise


def _create(*, by, uid, **facts: Any) -> Meeting:
    columns = {name: value for name, value in facts.items() if name not in NOT_FACTS}
    meeting = Meeting(uid=uid, created_by=by, **columns)
    meeting.slug = meeting.slug or coherence.free_slug(f"{meeting.title} {meeting.starts_at:%B %Y}")
    kept = dict.fromkeys(facts.get("places", ())) | dict(facts.get("seats", {}))
    boards = list(facts.get("boards", ()))
    _refuse_first(coherence.problems(meeting, kept, boards=boards), None)
    try:
        with transaction.atomic():
            meeting.save()
            meeting.organisers.set([by] if by and is_partnership_staff(by) else [])
            meeting_board.choose(meeting=meeting, boards=boards, by=by)
            meeting_place.choose(meeting=meeting, places=list(kept), by=by)
            meeting_place.keep_seats(meeting=meeting, seats=kept)
            exit_question.write(meeting=meeting, questions=facts.get("questions", exit_question.usual(meeting)))
            reminder_rule.set_default_rules(meeting=meeting)
            audit.record(by=by, verb="meeting.created", subject=meeting, places=len(kept))
    except IntegrityError as error:
        free = coherence.free_slug(meeting.slug)
        raise Refusal(f"The address “{meeting.slug}” has just been taken. “{free}” is free.", "slug") from error
    return meeting


@transaction.atomic
def edit(*, meeting: Meeting, by, revision: int, **facts: Any) -> Meeting:
    """Changes the facts given and returns the meeting as it now stands. Where nothing changes there is no new revision.

    `boards` are those that meet in common with the host, `places` those that take part, `seats` the numbers kept for each of
    them, `questions` rows of `exit_question.Row`. Raises Stale when somebody else changed one of these facts since
    `revision`, and Refusal when the result would not fit together, or when the time of a published meeting would change
    (see `move`).
    People who rely on it are told when title, venue or link of a published meeting change.
    """
    locked = _lock(meeting)
    _refuse_closed(locked)
    changed = _changed(locked, facts)
    if not changed:
        return locked
    refuse_if_stale(locked, revision, facts)
    if locked.state != Meeting.State.DRAFT and TIMES & changed:
        raise Refusal("People already know this time. Use “Move the meeting”, which tells them.", "starts_at")
    was, lacked, last_day = copy.copy(locked), readiness.missing(locked), last_day_to_publish(locked)
    for name in changed - NOT_FACTS:
        setattr(locked, name, facts[name])
    _refuse_first(coherence.problems(locked, _seats_after(locked, facts), was, facts.get("boards")), facts)
    locked.revision += 1
    felt = _noticed(locked, changed)
    if locked.state != Meeting.State.DRAFT and IN_CALENDARS & felt:
        locked.sequence += 1
    locked.save()
    _write_parts(locked, changed, facts, by)
    planned_item.follow_meeting(meeting=locked, by=by, last_day=last_day)
    if {"capacity", "seats", "allocation_released_on"} & changed:
        offers.fill(meeting=locked)
    lacks = [what for what in readiness.missing(locked) if what not in lacked]
    if lacks and locked.state != Meeting.State.DRAFT:
        first = " Add it in its own section first, then choose the format." if "format" in changed else ""
        raise Refusal(f"People can already see this meeting, so you still need to {'; '.join(lacks)}.{first}")
    told = _tell(locked, felt)
    fields = sorted(changed)
    audit.record(by=by, verb="meeting.edited", subject=locked, revision=locked.revision, fields=fields, told=told)
    return locked


@transaction.atomic
def delete_draft(*, meeting: Meeting, by) -> None:
    """Deletes a draft with its lists, papers and versions. Raises Refusal for a meeting anybody could know of."""
    locked = _lock(meeting)
    if locked.state != Meeting.State.DRAFT:
        raise Refusal(f"This meeting is {locked.get_state_display()}. Cancel it instead: that tells people.")
    files = [document.file for document in locked.documents.all()]
    people = ListEntry.objects.filter(list__meeting=locked).count()
    planned_item.call_off(meeting=locked, by=by, reason="The draft of its meeting was deleted.")
    in_common_emails.called_off(meeting=locked, reason="Its draft was deleted before it was published.", by=by)
    audit.record(by=by, verb="meeting.draft_deleted", subject=locked, people_on_lists=people, documents=len(files))
    locked.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)


@transaction.atomic
def publish(*, meeting: Meeting, by, now: datetime | None = None) -> Meeting:
    """Makes the meeting known; registration follows its own times. Raises Refusal listing what is missing."""
    locked, now = _lock(meeting), now or timezone.now()
    states.check(locked, Meeting.State.PUBLISHED)
    lacks = readiness.missing(locked, now)
    if lacks:
        raise Refusal(f"Before you publish: {'; '.join(lacks)}.")
    states.move(locked, Meeting.State.PUBLISHED, published_at=now, revision=locked.revision + 1)
    audit.record(by=by, verb="meeting.published", subject=locked, revision=locked.revision, fields=["state"])
    return locked


@transaction.atomic
def hold(*, meeting: Meeting, by) -> Meeting:
    """Records that the meeting took place, and who of those with a place did not come. Raises Refusal before it has started."""
    locked = _lock(meeting)
    states.check(locked, Meeting.State.HELD)
    if timezone.now() < locked.starts_at:
        raise Refusal(f"The meeting has not started. It starts on {dates.moment(locked.starts_at)}.")
    states.move(locked, Meeting.State.HELD, revision=locked.revision + 1)
    audit.record(by=by, verb="meeting.held", subject=locked, revision=locked.revision, fields=["state"])
    attendance.close_attendance(meeting=locked, by=by)
    return locked


@transaction.atomic
def close(*, meeting: Meeting, by) -> Meeting:
    """Closes the file: nothing about the meeting changes after this."""
    locked = _lock(meeting)
    states.move(locked, Meeting.State.CLOSED, revision=locked.revision + 1)
    audit.record(by=by, verb="meeting.closed", subject=locked, revision=locked.revision, fields=["state"])
    return locked


@transaction.atomic
def cancel(*, meeting: Meeting, by, reason: str) -> Meeting:
    """Calls the meeting off and tells everybody who should know, once. What has not left yet about it is taken back.

    Raises Refusal without a reason, for a meeting that is not published or is over, and for one that decided something.
    """
    locked = _lock(meeting)
    states.check(locked, Meeting.State.CANCELLED)
    if not reason.strip():
        raise Refusal("Say why the meeting is cancelled. Everyone we tell will read it.", "reason")
    if locked.is_over:
        raise Refusal("This meeting is over, so it cannot be cancelled. Mark it as held, or leave it.")
    if has_decided(locked):
        raise Refusal(
            "Something was decided at this meeting, so it took place. End its record, and put off what was not taken."
        )
    people = recipients.of(locked)
    states.move(
        locked,
        Meeting.State.CANCELLED,
        cancelled_reason=reason.strip(),
        sequence=locked.sequence + 1,
        revision=locked.revision + 1,
    )
    planned_item.call_off(meeting=locked, by=by, reason=f"The meeting was cancelled. {reason.strip()}")
    invitation_run.stop(meeting=locked)
    reminders.meeting_changed(meeting=locked, because="The meeting was cancelled.")
    for person in locked.registrations.holding().filter(state="offered"):
        outbox.withdraw(about=about("registration", person.pk), because="The meeting was cancelled.")
    told = emails.cancelled(meeting=locked, people=people)
    told += in_common_emails.called_off(meeting=locked, reason=locked.cancelled_reason, by=by)
    told += question_emails.meeting_cancelled(meeting=locked)
    audit.record(by=by, verb="meeting.cancelled", subject=locked, revision=locked.revision, fields=["state"], told=told)
    return locked


def _write_parts(meeting: Meeting, changed: set[str], facts: Mapping[str, Any], by) -> None:
    """What has rows of its own."""
    if "boards" in changed:
        meeting_board.choose(meeting=meeting, boards=facts["boards"], by=by)
    if "places" in changed:
        meeting_place.choose(meeting=meeting, places=facts["places"], by=by)
    if "seats" in changed:
        meeting_place.keep_seats(meeting=meeting, seats=facts["seats"])
    if "questions" in changed:
        exit_question.write(meeting=meeting, questions=facts["questions"])


def _noticed(meeting: Meeting, changed: set[str]) -> set[str]:
    """The changes that people notice: not the venue of a meeting that is online, nor the link of one in a room."""
    idle = (set() if meeting.has_room else OF_THE_ROOM) | (set() if meeting.has_link else OF_THE_LINK)
    return changed - idle


def _tell(meeting: Meeting, changed: set[str]) -> int:
    """Emails those who rely on what changed, before the meeting; a new link alone only those who join by it."""
    worth = [words for name, words in WORTH_TELLING.items() if name in changed]
    if not worth or meeting.state != Meeting.State.PUBLISHED or meeting.starts_at <= timezone.now():
        return 0
    invitation_run.meeting_moved(meeting=meeting)
    reminders.meeting_changed(meeting=meeting)
    people = recipients.of(meeting)
    if set(WORTH_TELLING) & changed == {"joining_link"}:
        people = [person for person in people if person.joins_online]
    return emails.changed(meeting=meeting, what=", ".join(worth), people=people)


def _lock(meeting: Meeting) -> Meeting:
    """The meeting, locked until the transaction ends: registrations wait, but may point at it."""
    return Meeting.objects.locked().select_related("board").get(pk=meeting.pk)


def _changed(meeting: Meeting, facts: Mapping[str, Any]) -> set[str]:
    now = {name: getattr(meeting, name) for name in facts if name not in NOT_FACTS}
    changed = {name for name, value in now.items() if _to_the_minute(value) != _to_the_minute(facts[name])}
    if "boards" in facts and {board.pk for board in facts["boards"]} != {board.pk for board in boards_of(meeting)[1:]}:
        changed.add("boards")
    if "places" in facts and {place.pk for place in facts["places"]} != {
        row.place_id for row in meeting.meeting_places.all()
    }:
        changed.add("places")
    if "seats" in facts and meeting_place.seats_of(meeting) != dict(facts["seats"]):
        changed.add("seats")
    if "questions" in facts and exit_question.differ(meeting, facts["questions"]):
        changed.add("questions")
    return changed


def _to_the_minute(value: Any) -> Any:
    """Times are typed without seconds: the same minute is the same answer."""
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def _seats_after(meeting: Meeting, facts: Mapping[str, Any]) -> dict[Place, int | None]:
    if "seats" in facts:
        return dict(facts["seats"])
    return meeting_place.seats_of(meeting)


def _refuse_closed(meeting: Meeting) -> None:
    if meeting.state in (Meeting.State.CLOSED, Meeting.State.CANCELLED):
        raise Refusal(f"This meeting is {meeting.get_state_display()}, so it can no longer be changed.")


def _refuse_first(found: Iterable[coherence.Problem], facts: Mapping[str, Any] | None) -> None:
    """Raises the first problem that touches the facts given; None means all facts."""
    for problem in found:
        if facts is None or any(
            name in facts or (name.startswith("seats_") and "seats" in facts) for name in problem.fields
        ):
            raise Refusal(problem.message, problem.fields[0])
