"""The invitation to a meeting, and the message that asks once more."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from assemblies.meetings import calendar
from assemblies.meetings.emails.letter import Letter
from assemblies.meetings.in_common import boards_of
from partnership import outbox
from partnership.dates import day
from partnership.outbox import Draft, message_keys

GAPS = ("name", "link", "decline_link", "unsubscribe_link")
SAMPLE_KEY = "example"
QUIET_MINUTES = 10  # links are emailed at most this often, however often somebody asks


class InvitationLetter:
    """The invitation (`chase=False`) or the request to answer, for any number of people invited to one meeting."""

    def __init__(self, meeting, *, chase: bool = False) -> None:
        self.meeting = meeting
        self._letter = Letter(
            "invitations/chase" if chase else "invitations/invitation",
            {"meeting": meeting, "in_common": boards_of(meeting)[1:], "closes_at": last_moment(meeting)},
            GAPS,
        )

    def links(self, invitations: Iterable, *, even_if_stopped: bool = False) -> dict[str, str]:
        """The links with which these people stop being asked, by address; who stopped is left out."""
        return unsubscribe_links(self.meeting, invitations, even_if_stopped=even_if_stopped)

    def draft(self, invitation, *, key: str, unsubscribe: str) -> Draft:
        """The email for one person. It goes out only while they can still register."""
        link = personal_link(invitation.key)
        words = self._letter.to(
            name=invitation.name,
            link=link,
            decline_link=decline_link(invitation.key),
            unsubscribe_link=unsubscribe,
        )
        return Draft(
            key=key,
            to=invitation.email,
            to_name=invitation.name,
            subject=words.subject,
            text=words.text,
            html=words.html,
            calendar=calendar.request_for(self.meeting, invitation.email, invitation.name, link),
            not_after=last_moment(self.meeting),
            about=about(invitation),
            unsubscribe=unsubscribe,
        )


def unsubscribe_links(meeting, invitations: Iterable, *, even_if_stopped: bool = False) -> dict[str, str]:
    """The links with which people stop being asked to answer, by address; who stopped is left out."""
    return outbox.unsubscribe_links(
        topic=message_keys.about("meeting", meeting.pk, "asking"),
        name=f"invitations to “{meeting.title}”, {day(meeting.starts_at)}, and reminders to answer",
        emails=[each.email for each in invitations],
        even_if_stopped=even_if_stopped,
    )


def sample_unsubscribe_link() -> str:
    """What stands in a preview or a test, which can be stopped by nobody."""
    return f"{settings.PORTAL_URL}{reverse('unsubscribe', args=[SAMPLE_KEY])}"


def personal_link(key: str) -> str:
    """The address of a person's own invitation page. Whoever has it may answer for them."""
    return f"{settings.PORTAL_URL}{reverse('invitation', args=[key])}"


def decline_link(key: str) -> str:
    return f"{settings.PORTAL_URL}{reverse('invitation_decline', args=[key])}"


def about(invitation) -> str:
    """What the outbox finds a person's invitation, chasers and reminders to answer by."""
    return message_keys.about("meeting", invitation.meeting_id, "invitation", invitation.pk)


def about_all(meeting_id: int) -> str:
    """What every email to people invited to the meeting starts with."""
    return message_keys.beginning("meeting", meeting_id, "invitation")


def last_moment(meeting):
    """When asking people to register stops making sense: registration closes, or the meeting begins."""
    return min(meeting.registration_closes_at or meeting.starts_at, meeting.starts_at)
