"""A membership asked for, or accepted, by several at the same moment: it happens once."""

from contextlib import suppress

import pytest

from partnership.outbox.models import Message
from partnership.partners.actions import membership as actions
from partnership.partners.models import Membership
from partnership.refusals import Refusal
from tests.at_once import at_once
from tests.factories import MembershipFactory, PartnerFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_ask_at_once_is_one_membership():
    person, partner = UserFactory(), PartnerFactory()
    asked = at_once(lambda: actions.ask(by=person, partner=partner))
    assert {membership.pk for membership in asked} == {Membership.objects.get().pk}


def test_accept_at_once_tells_the_person_once():
    staff, asked = StaffFactory(), MembershipFactory(state="waiting", decided_at=None)

    def accept():
        with suppress(Refusal):  # it is accepted already
            return actions.accept(membership=asked, by=staff)

    assert len([each for each in at_once(accept) if each]) == 1
    assert Message.objects.count() == 1
