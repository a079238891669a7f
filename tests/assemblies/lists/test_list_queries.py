"""Pages of invitation lists ask the database as often for one row as for fifty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assemblies.lists.models import ListImport
from tests.factories import (
    InvitationFactory,
    InvitationListFactory,
    ListEntryFactory,
    MeetingFactory,
    MembershipFactory,
    PartnerFactory,
    StaffFactory,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PAGES = {
    "manage_lists": 0,
    "manage_list": 1,
    "manage_list_directory": 1,
    "manage_list_last_time": 1,
    "manage_list_preview": 2,
}


def fill(listed, old, partner, batch, numbers) -> None:
    """One more of everything for each number; only the first twelve bring another place."""
    for n in numbers:
        ListEntryFactory(list=listed, email=f"p{n}@x.org", kind="vcfse")
        ListEntryFactory(list=old, email=f"p{n}@x.org")
        if n < 12:
            ListEntryFactory(list__meeting=listed.meeting, list__state="open", email=f"p{n}@x.org")
        InvitationFactory(meeting=listed.meeting, email=f"p{n}@x.org")
        MembershipFactory(partner=partner)
        batch.rows.create(number=n, outcome="refuse", reason="no", email="x")


@pytest.mark.parametrize("name", PAGES)
def test_page_takes_as_many_queries_for_50_as_for_1(client, name, django_assert_num_queries):
    listed = InvitationListFactory(state="open")
    past = timezone.now() - timedelta(days=90)
    old = InvitationListFactory(
        meeting=MeetingFactory(board=listed.meeting.board, starts_at=past, state="held"), place=listed.place
    )
    partner = PartnerFactory()
    listed.place.partners.add(partner)
    batch = ListImport.objects.create(list=listed, filename="a.csv", columns={})
    address = reverse(name, args=[listed.meeting.slug, listed.place.slug, batch.pk][: PAGES[name] + 1])
    sign_in(client, StaffFactory())
    fill(listed, old, partner, batch, range(1))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    fill(listed, old, partner, batch, range(1, 50))
    with django_assert_num_queries(len(asked)):
        assert client.get(address).status_code == 200
    assert len(asked) <= 16
