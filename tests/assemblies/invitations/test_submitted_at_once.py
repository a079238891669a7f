"""Invitations sent by several at the same moment: each person is invited once."""

from contextlib import suppress
from uuid import uuid4

import pytest

from assemblies.invitations.actions import invitation_run
from assemblies.invitations.models import Invitation, InvitationRun
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.at_once import at_once
from tests.factories import InvitationListFactory, ListEntryFactory, StaffFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("keys", [[uuid4()] * 4, [uuid4() for _ in range(4)]], ids=["one page", "four pages"])
def test_send_at_once_invites_each_person_once(keys):
    staff, listed = StaffFactory(), InvitationListFactory()
    ListEntryFactory.create_batch(3, list=listed)
    left = list(keys)

    def send():
        with suppress(Refusal):  # everybody is invited already
            invitation_run.invite(meeting=listed.meeting, by=staff, key=left.pop())

    at_once(send)
    assert InvitationRun.objects.count() == 1
    assert Invitation.objects.count() == 3
    assert sum(at_once(invitation_run.resume)) == 3
    assert Message.objects.count() == 3
