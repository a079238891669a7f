"""Minutes are drafted, written, circulated, agreed, confirmed and reopened here. A version that was agreed stays."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.minutes import drafting, emails
from assemblies.minutes.actions import key_messages
from assemblies.minutes.drafting import Drafted
from assemblies.minutes.models import Minutes, MinutesItem, MinutesVersion
from assemblies.minutes.on_agenda import meetings_that_confirm
from assemblies.minutes.rules import may_write
from assemblies.sittings import order_of_business, picture
from assemblies.sittings.models import Sitting
from partnership import audit, dates, states
from partnership.accounts.rules import is_partnership_staff
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.boards.clear_days import next_working_day
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.text import is_a_reason

State = Minutes.State


@transaction.atomic
def draft(*, meeting: Meeting, board: Board, by, now: datetime | None = None) -> Minutes:
    """Drafts the minutes of the board from what was recorded of its meeting, and returns them; twice, they are the same.

    Where nobody recorded the meeting staff draft them from the agenda alone, and they say so. Raises Refusal before the meeting
    has ended, for one that was cancelled, and for a board that did not meet.
    """
    now = now or timezone.now()
    row = Meeting.objects.locked().get(pk=meeting.pk)
    if same := Minutes.objects.filter(meeting=row, board=board).first():
        return same
    if board not in boards_of(row):
        raise Refusal(f"The {board} did not meet at this meeting.")
    sitting = Sitting.objects.filter(meeting=row).first()
    drafted = _drafted(row, board, sitting, by, now)
    minutes = Minutes(meeting=row, board=board, is_recorded=sitting is not None, made_at=now)
    states.enter(minutes, State.DRAFT)
    minutes.save()
    minutes.present.set(drafted.present)
    version = MinutesVersion.objects.create(minutes=minutes, number=1, content=drafted.content, made_at=now, made_by=by)
    MinutesItem.objects.bulk_create(
        MinutesItem(
            version=version, number=each.number, item=each.item, closure=each.closure, title=each.title, text=each.text,
            facts=each.facts,
        )
        for each in drafted.items
    )  # fmt: skip
    audit.record(by=by, verb="minutes.drafted", subject=minutes, recorded=minutes.is_recorded)
    return minutes


def _drafted(meeting: Meeting, board: Board, sitting: Sitting | None, by, now: datetime) -> Drafted:
    if sitting and sitting.is_open:
        raise Refusal("End the record of the meeting first: the minutes are drafted from it.")
    order = order_of_business.read(meeting)
    if sitting:
        return drafting.from_record(meeting, board, picture.fold(order, sitting.entries.select_related("by")))
    if meeting.state not in (Meeting.State.PUBLISHED, Meeting.State.HELD, Meeting.State.CLOSED):
        raise Refusal(f"This meeting is {meeting.get_state_display()}, so it has no minutes.")
    if not meeting.is_over_at(now):
        raise Refusal(f"The meeting ends on {dates.moment(meeting.ends_at)}. Draft its minutes after that.")
    if not is_partnership_staff(by):
        raise Refusal("This meeting was not recorded in the portal. Staff can draft its minutes from the agenda.")
    return drafting.from_agenda(board, order)


@transaction.atomic
def write(
    *, version: MinutesVersion, by, content: Mapping[str, Any], texts: Mapping[int, str], key_messages: str,
    revision: int | None = None,
) -> MinutesVersion:  # fmt: skip
    """Saves what is written of each item (`texts`, by its number), who was there (`content`) and the key messages.

    Where nothing changes there is no new revision. Raises Stale when somebody else changed them since `revision`, Refusal once
    they are agreed.
    """
    minutes = _lock(version.minutes)
    row = MinutesVersion.objects.get(pk=version.pk)
    if row.is_agreed or not minutes.is_open:
        raise Refusal(f"These minutes are {minutes.get_state_display()}. Reopen them to change them.")
    items = list(row.items.all())
    before = {f"item_{item.number}": item.text for item in items} | {"key_messages": row.key_messages}
    before |= {name: row.content.get(name) for name in content}
    after = {f"item_{item.number}": texts.get(item.number, item.text) for item in items}
    after |= {"key_messages": key_messages, **content}
    changed = [name for name, words in after.items() if words != before[name]]
    if not changed:
        return row
    refuse_if_stale(row, revision, tuple(after))
    for item in items:
        if f"item_{item.number}" in changed:
            item.text = texts[item.number]
            item.save(update_fields=["text"])
    row.content, row.key_messages = row.content | dict(content), key_messages
    row.revision += 1
    row.save(update_fields=["content", "key_messages", "revision"])
    audit.record(by=by, verb="minutes.written", subject=row, revision=row.revision, fields=changed)
    return row


@transaction.atomic
def circulate(*, minutes: Minutes, by, now: datetime | None = None) -> MinutesVersion:
    """Sends the minutes to those who were there, who have some working days for corrections; returns the version. Twice, once."""
    now = now or timezone.now()
    row = _lock(minutes)
    version = row.newest
    if row.state == State.CIRCULATED:
        return version
    states.move(row, State.CIRCULATED)
    until = timezone.localdate(now)
    for _ in range(settings.MINUTES_CORRECTIONS_DAYS):
        until = next_working_day(until, row.board.added_holidays)
    version.circulated_at, version.circulated_by, version.corrections_by = now, by, until
    version.save(update_fields=["circulated_at", "circulated_by", "corrections_by"])
    told = emails.circulated(version)
    audit.record(by=by, verb="minutes.circulated", subject=version, told=told)
    return version


@transaction.atomic
def agree(*, minutes: Minutes, by, revision: int | None = None, now: datetime | None = None) -> MinutesVersion:
    """The chair, or who acts for them, agrees the newest version, which is public from then on where its meeting is.

    By the same person twice, once. Raises Refusal for everybody else, before the minutes are circulated, while a correction waits
    for its answer, and where somebody changed them since `revision`, which the chair read.
    """
    now = now or timezone.now()
    row = _lock(minutes)
    version = row.newest
    if not Board.objects.chaired_by(by, timezone.localdate(now)).filter(pk=row.board_id).exists():
        raise Refusal(f"Only the chair of the {row.board}, or who acts for them, agrees its minutes.")
    if version.is_agreed:
        if version.agreed_by_id == by.pk:
            return version
        raise Refusal(f"{version.agreed_by} agreed these minutes on {dates.moment(version.agreed_at)}.")
    if row.state == State.DRAFT:
        raise Refusal("Circulate the minutes to those who were there first.")
    if waiting := version.corrections.waiting().count():
        raise Refusal(
            f"{waiting} correction{' waits' if waiting == 1 else 's wait'} for an answer. Answer each of them first."
        )
    if revision is not None and revision != version.revision:
        raise Refusal(
            "Somebody changed the minutes after you opened this page. Read them again below, then agree them."
        )
    chair = row.board.chair_on(timezone.localdate(now))
    states.move(row, State.AGREED)
    version.agreed_at, version.agreed_by, version.sha256 = now, by, checksum(version)
    version.agreed_for = str(chair) if chair and chair.pk != by.pk else ""
    version.save(update_fields=["agreed_at", "agreed_by", "agreed_for", "sha256"])
    audit.record(by=by, verb="minutes.agreed", subject=version, sha256=version.sha256)
    key_messages.publish_with(version=version, by=by, now=now)
    return version


@transaction.atomic
def confirm(*, minutes: Minutes, number: int, meeting: Meeting, by, now: datetime | None = None) -> MinutesVersion:
    """Enters that a later meeting of the board confirmed version `number`; returns it. Twice, once.

    Raises Refusal before the minutes are agreed, after they were reopened, for a meeting that has not started, is not later or is
    not of the board, and for who is neither staff nor chairs the board, or acts for who does.
    """
    now = now or timezone.now()
    row = _lock(minutes)
    version = row.newest
    if not may_write(by, row):
        raise Refusal(
            f"Only the chair of the {row.board}, who acts for them, or staff enter that its minutes were confirmed."
        )
    if version.number != number:
        raise Refusal(
            f"Version {number} was reopened, and version {version.number} replaces it. Confirm that one once it is agreed."
        )
    if version.confirmed_at and version.confirmed_meeting_id == meeting.pk:
        return version
    if version.confirmed_at:
        raise Refusal(f"They were confirmed already, at {version.confirmed_meeting}.")
    if row.state != State.AGREED:
        raise Refusal("The chair has not agreed these minutes yet. Minutes are confirmed after they are agreed.")
    if not meetings_that_confirm(row, now).filter(pk=meeting.pk).exists():
        raise Refusal(f"Choose a later meeting of the {row.board} that has started.", "meeting")
    states.move(row, State.CONFIRMED)
    version.confirmed_at, version.confirmed_by, version.confirmed_meeting = now, by, meeting
    version.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_meeting"])
    audit.record(by=by, verb="minutes.confirmed", subject=version, meeting=str(meeting))
    return version


@transaction.atomic
def reopen(*, minutes: Minutes, by, because: str, now: datetime | None = None) -> MinutesVersion:
    """Begins the next version with the words of the last one, which stays; returns it. Raises Refusal without a reason, and
    while they are open."""
    now = now or timezone.now()
    row = _lock(minutes)
    last = row.newest
    if not last.is_agreed:
        raise Refusal("These minutes are not agreed, so they can be changed as they are.")
    if not is_a_reason(because):
        raise Refusal("Say in a sentence why they are reopened: everybody who reads them sees it", "because")
    states.move(row, State.DRAFT)
    version = MinutesVersion.objects.create(
        minutes=row, number=last.number + 1, because=because.strip(), content=last.content, key_messages=last.key_messages,
        made_at=now, made_by=by,
    )  # fmt: skip
    MinutesItem.objects.bulk_create(
        MinutesItem(
            version=version, number=item.number, item_id=item.item_id, closure_id=item.closure_id, title=item.title,
            text=item.text, facts=item.facts,
        )
        for item in last.items.all()
    )  # fmt: skip
    audit.record(by=by, verb="minutes.reopened", subject=row, number=version.number)
    return version


def checksum(version: MinutesVersion) -> str:
    """The SHA-256 of all that the version says."""
    items = [
        {"number": each.number, "title": each.title, "text": each.text, "facts": each.facts, "closure": each.closure_id}
        for each in version.items.all()
    ]
    whole = {"content": version.content, "items": items, "key_messages": version.key_messages}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _lock(minutes: Minutes) -> Minutes:
    return Minutes.objects.locked().get(pk=minutes.pk)
