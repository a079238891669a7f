"""What a signed-in person has to do with a meeting already."""

from dataclasses import dataclass

from assemblies.invitations.models import Invitation
from assemblies.meetings.models import Follower, Meeting
from assemblies.registrations.models import Registration


@dataclass(frozen=True)
class OwnPart:
    """A registration or an invitation under the person's address, and whether they follow the meeting."""

    registration: Registration | None
    invitation: Invitation | None
    follower: Follower | None


def own_part(meeting: Meeting, user) -> OwnPart:
    """Returns what is known of the person at this meeting. Their address says who they are."""
    registration = meeting.registrations.filter(email=user.email).exclude(state="cancelled").first()
    invitation = meeting.invitations.sent().filter(email=user.email).first()
    follower = meeting.followers.filter(email=user.email, confirmed_at__isnull=False).first()
    return OwnPart(registration, invitation, follower)
