"""What the tests of inviting share: people on lists, runs that send, emails on their way, and what staff are told."""

from uuid import uuid4

from assemblies.invitations.actions import invitation_run
from partnership import todo
from tests.factories import InvitationListFactory, ListEntryFactory


def listed(meeting, *names, **fields):
    invitation_list = InvitationListFactory(meeting=meeting, **fields)
    return [ListEntryFactory(list=invitation_list, name=name, email=f"{name.lower()}@example.org") for name in names]


def send(meeting, staff, **more):
    run = invitation_run.invite(meeting=meeting, by=staff, key=uuid4(), **more)
    invitation_run.resume()
    run.refresh_from_db()
    return run


def chase(meeting, staff, **more):
    run = invitation_run.chase(meeting=meeting, by=staff, key=uuid4(), **more)
    invitation_run.resume()
    run.refresh_from_db()
    return run


def told(person) -> dict[str, str]:
    """What the person is told about inviting: titles and addresses."""
    words = ("Invite", "Check how", "Fix")
    return {each.title: each.url for each in todo.now_for(person) if each.title.startswith(words)}
