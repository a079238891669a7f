"""To a place's lead: the invitation list is not signed off yet."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.lists.models import InvitationList
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import to_person


def about(invitation_list: InvitationList) -> str:
    return message_keys.about("list", invitation_list.pk)


def draft(invitation_list: InvitationList, person) -> Draft:
    """Returns the email to one lead. Its key lets one through for each list, lead and day."""
    meeting, place = invitation_list.meeting, invitation_list.place
    today = timezone.localdate()
    context = {
        "name": person.name,
        "meeting": meeting,
        "place": place,
        "due_on": invitation_list.due_on,
        "overdue": bool(invitation_list.due_on and invitation_list.due_on < today),
        "people": invitation_list.entries.count(),
        "link": settings.PORTAL_URL + reverse("manage_list", args=[meeting.slug, place.slug]),
    }
    key = message_keys.message_key("list", invitation_list.pk, "chase", person.pk, today.isoformat())
    return to_person(
        "lists/list_chase", person, context, key=key, about=about(invitation_list), not_after=meeting.starts_at
    )
