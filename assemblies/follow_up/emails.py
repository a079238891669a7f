"""What we write to people about the actions they have."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from assemblies.follow_up.models import FollowUp
from assemblies.meetings.models import Meeting
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import message_key


def assigned(follow_up: FollowUp, *, by, because: str = "", reopened: bool = False) -> bool:
    """To its owner, unless they entered it themselves; `because`: why it was handed on to them, or opened again. Returns
    whether it is new."""
    if follow_up.owner == by or not follow_up.owner.is_active:
        return False
    key = message_key("follow-up", follow_up.pk, "assigned", follow_up.owner_id, follow_up.revision)
    words = {"by": by, "because": because, "reopened": reopened, "follow_up": follow_up}
    return bool(outbox.enqueue_many([_draft("assigned", follow_up.owner, key, [follow_up], **words)]))


def assigned_many(
    follow_ups: Sequence[FollowUp], *, by, meeting: Meeting | None = None, because: str = ""
) -> bool:  # fmt: skip
    """To their owner, in one email: what they took on at a meeting, or what was handed on to them together."""
    owner = follow_ups[0].owner
    if not owner.is_active:
        return False
    newest = max(each.pk for each in follow_ups)
    key = message_key("follow-ups", newest, owner.pk, max(each.revision for each in follow_ups))
    words = {"by": by, "because": because, "meeting": meeting}
    return bool(outbox.enqueue_many([_draft("assigned_many", owner, key, follow_ups, **words)]))


def handed_on(follow_up: FollowUp, *, old_owner: User, by, because: str) -> bool:
    """To who had it until now, unless they handed it on themselves."""
    if old_owner == by or not old_owner.is_active:
        return False
    key = message_key("follow-up", follow_up.pk, "handed_on", old_owner.pk, follow_up.revision)
    words = {"by": by, "because": because, "follow_up": follow_up}
    return bool(outbox.enqueue_many([_draft("handed_on", old_owner, key, [follow_up], **words)]))


def due(owner: User, follow_ups: Sequence[FollowUp], today: date) -> bool:
    """To their owner, in one email: actions that are due soon, due today, or late. Returns whether it is new."""
    key = message_key("follow-ups-due", owner.pk, today.isoformat(), min(each.pk for each in follow_ups))
    late = [each for each in follow_ups if each.is_late(today)]
    return bool(outbox.enqueue_many([_draft("due", owner, key, follow_ups, late=late, today=today)]))


def _draft(template: str, person: User, key: str, follow_ups: Sequence[FollowUp], **words) -> Draft:
    rows = [(each, settings.PORTAL_URL + each.get_absolute_url()) for each in follow_ups]
    context = {
        "person": person, "rows": rows, "link": rows[0][1], "all_link": settings.PORTAL_URL + reverse("follow_ups"), **words,
    }  # fmt: skip
    subject, text, html = compose(f"follow_up/{template}", context)
    return Draft(
        key=key, to=person.email, to_name=person.name, subject=subject, text=text, html=html,
        about=message_keys.about("follow-up", follow_ups[0].pk),
    )  # fmt: skip
