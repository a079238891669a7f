"""The pages that `make bench` counts ask the same for an agenda of a hundred items as for one."""

import pytest
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership.demonstration import bench_data, bench_papers
from tests.factories import MeetingFactory, StaffFactory
from tests.questions import queries

pytestmark = pytest.mark.django_db


def test_pages_of_papers_ask_the_same_for_a_hundred_items_as_for_one(client):
    staff, found = StaffFactory(), []
    for scale in (1, 100):
        meeting = MeetingFactory()
        bench_papers.make(meeting, staff, timezone.now(), scale)
        pages = [f"{meeting.get_absolute_url()}{page}?not=kept" for page in ("", "agenda/1/", "papers/")]
        assert f"Bench item {100 // scale}" in client.get(pages[0]).text
        found.append([queries(client, page) for page in pages])
    assert found[0] == found[1]
    assert max(found[0]) <= 15


def test_data_of_the_measurements_can_be_made():
    bench_data.make(hundredth=True)
    assert Meeting.objects.filter(slug="bench-000").exists()
