"""One person's invitation: their link once more, and the invitation sent again to the right address."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assemblies.invitations.actions.invitation_run import check_may_invite
from assemblies.invitations.emails.invitation import QUIET_MINUTES, InvitationLetter, about
from assemblies.invitations.models import Invitation
from assemblies.lists.models import ListEntry
from assemblies.meetings.models import Meeting
from partnership import audit, outbox
from partnership.keys import new_key
from partnership.outbox.message_keys import message_key
from partnership.outbox.models import Message
from partnership.refusals import Refusal


@transaction.atomic
def send_links(*, address: str, now: datetime | None = None) -> None:
    """Email the person at this address their link to each meeting they have not answered for; say nothing to the asker.

    At most every ten minutes, however often somebody asks.
    """
    now = now or timezone.now()
    slot = int(now.timestamp()) // (60 * QUIET_MINUTES)
    mine = Invitation.objects.public().unanswered().filter(email=address.strip().lower())
    for found in mine.filter(meeting__state=Meeting.State.PUBLISHED, meeting__starts_at__gt=now):
        letter = InvitationLetter(found.meeting, chase=True)
        stop = letter.links([found], even_if_stopped=True)[found.email]
        outbox.enqueue_many(
            [letter.draft(found, key=message_key("invitation", found.pk, "link", slot), unsubscribe=stop)]
        )


@transaction.atomic
def send_again(*, invitation: Invitation, by, email: str, key: UUID) -> Invitation:
    """Send the invitation once more, to an address that may have been put right; returns it. One `key` does it once.

    Whoever got the first one has a link that no longer works, and the lists carry the right address. Raises Refusal
    when the person has answered, the address is somebody else's, or the meeting takes no answers.
    """
    meeting = Meeting.objects.locked().get(pk=invitation.meeting_id)
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    mail_key = message_key("invitation", found.pk, "again", key)
    if Message.objects.filter(key=mail_key).exists():
        return found
    check_may_invite(meeting, timezone.now())
    if found.is_answered:
        raise Refusal("They have answered this invitation, so there is nothing to send again.")
    found.meeting, before = meeting, found.email
    if email.strip().lower() != before:
        _put_right(found, email.strip().lower())
    outbox.withdraw(about=about(found), because="It was sent again.")
    letter = InvitationLetter(meeting)
    stop = letter.links([found], even_if_stopped=True)[found.email]
    message = outbox.enqueue_many([letter.draft(found, key=mail_key, unsubscribe=stop)])
    found.sent_at, found.message_id = timezone.now(), message[0]
    found.save(update_fields=["email", "key", "sent_at", "message"])
    audit.record(by=by, verb="invitation.sent_again", subject=found, address_changed=found.email != before)
    return found


def _put_right(invitation: Invitation, email: str) -> None:
    """Give the invitation, and the entries it came from, the right address; the old link stops working."""
    if Invitation.objects.filter(meeting=invitation.meeting, email=email).exists():
        raise Refusal("Someone with this address has already been invited.", field="email")
    entries = ListEntry.objects.filter(list__meeting=invitation.meeting)
    listed = entries.filter(email=email).values("list")
    entries.filter(email=invitation.email, list__in=listed).delete()
    entries.filter(email=invitation.email).update(email=email)
    invitation.email, invitation.key = email, new_key()
