"""To a place's lead: the invitation list is not signed off yet."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.lists.models import InvitationList
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import compose


def about(invitation_list: InvitationList) -> str:
    return message_keys.about("list", invitation_list.pk)


def draft(invitation_list: InvitationList, person) -> Draft:
    """Returns the email to one lead. Its key lets one through for each list, lead and day."""
    meeting, place = invitation_list.meeting, invitation_list.place
    today = timezone.localdate()
    subject, text, html = compose(
        "lists/list_chase",
        {
            "name": person.name,
            "meeting": meeting,
            "place": place,
            "due_on": invitation_list.due_on,
            "overdue": bool(invitation_list.due_on and invitation_list.due_on < today),
            "people": invitation_list.entries.count(),
            "link": settings.PORTAL_URL + reverse("manage_list", args=[meeting.slug, place.slug]),
        },
    )
    return Draft(
        key=message_keys.message_key("list", invitation_list.pk, "chase", person.pk, today.isoformat()),
        to=person.email,
        to_name=person.name,
        subject=subject,
        text=text,
        html=html,
        about=about(invitation_list),
        not_after=meeting.starts_at,
    )
