"""What the tests of inviting share: people on lists, runs that send, emails on their way, and what staff are told."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from assemblies.invitations.actions import invitation_run
from assemblies.invitations.emails.invitation import about_all
from partnership import todo
from partnership.outbox.models import Message
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


def two_days_pass(meeting) -> None:
    """What was sent about the meeting was sent two days before now."""
    before = timezone.now() - timedelta(days=2)
    meeting.invitations.filter(sent_at__isnull=False).update(sent_at=before)
    Message.objects.filter(about__startswith=about_all(meeting.pk)).update(created_at=before)


def told(person) -> dict[str, str]:
    """What the person is told about inviting: titles and addresses."""
    words = ("Invite", "Check how", "Fix")
    return {each.title: each.url for each in todo.now_for(person) if each.title.startswith(words)}
