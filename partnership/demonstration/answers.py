"""Invitations are sent to the signed-off lists and about half are answered, through the same actions people use."""

from random import Random
from typing import Any
from uuid import uuid4

from assemblies.invitations.actions import invitation_run
from assemblies.invitations.models import Invitation
from assemblies.lists.actions import invitation_list
from assemblies.meetings.models import Meeting
from assemblies.registrations.actions import invitation, registration
from assemblies.registrations.actions.details import RegistrationDetails
from assemblies.registrations.models import Registration
from partnership.accounts.models import User
from partnership.demonstration import who

SIGNED_OFF_LATE = "Warrington"
NEEDS: list[dict[str, Any]] = [
    {"access": ("bsl",)},
    {"access": ("captions",), "dietary": "Vegetarian"},
    {"access": ("step_free",), "expenses": ("travel",)},
    {"access": ("quiet",)},
    {"access": ("interpreter",), "language": "Polish"},
    {"expenses": ("childcare",)},
]


def load(meeting: Meeting, people: dict[str, User]) -> None:
    """Invites, then lets about half accept and some decline. Those one can sign in as have yet to answer.

    One more list is signed off after that, so that staff find people to invite.
    """
    invitation_run.invite(meeting=meeting, by=people[who.STAFF], key=uuid4())
    invitation_run.resume()
    chance = Random("answers")  # noqa: S311 - made-up answers need no cryptography
    own = [user.email for user in people.values()]
    for number, invited in enumerate(meeting.invitations.exclude(email__in=own).order_by("email")):
        fate = chance.random()
        if fate < 0.5:
            _accept(invited, NEEDS[number % len(NEEDS)] if number % 3 == 0 else {})
        elif fate < 0.6:
            invitation.decline(invitation=invited)
    late = meeting.lists.get(place__name=SIGNED_OFF_LATE)
    invitation_list.sign_off(invitation_list=late, by=people[who.PLACE_LEADS[SIGNED_OFF_LATE]])


def _accept(invited: Invitation, needs: dict) -> None:
    details = RegistrationDetails(
        email=invited.email,
        name=invited.name,
        organisation=invited.organisation,
        kind=invited.kind,
        role=invited.role,
        place=invited.place,
        attendance=Registration.Attendance.ONLINE,
        **needs,
    )
    registration.register(
        meeting=invited.meeting, details=details, source=Registration.Source.INVITATION, invitation=invited
    )
