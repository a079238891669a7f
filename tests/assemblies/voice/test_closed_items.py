"""Members are asked about what they can read: what is closed to the public is not among it, and neither is what they said."""

import pytest
from django.urls import reverse

from assemblies.voice.actions import call as calls
from assemblies.voice.actions import input_mark, report_back
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.closures.closing import SAFE, close

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return make.AgendaItemFactory(version__number=1, title="Buying the barn", summary="It is dear.")


def test_closed_item_is_not_asked_about(item):
    meeting = item.version.meeting
    assert calls.items_in_sight(meeting) == [item]
    close(item)
    assert calls.items_in_sight(meeting) == []
    assert report_back.subjects(meeting, make.SeatFactory(board=meeting.board)) == []


def test_call_about_an_item_that_is_closed_later_names_it_no_more(client, item):
    call = make.CallFactory(meeting=item.version.meeting, item=item)
    close(item)
    topic = call.topics.get()
    assert (str(topic), topic.about) == (SAFE, "")


def test_closed_item_takes_no_mark_and_shows_none(client, item):
    input_mark.mark(item=item, by=make.StaffFactory(), how="Members said the barn leaks.")
    address = item.version.meeting.get_absolute_url()
    assert "the barn leaks" in client.get(address).content.decode()
    close(item)
    assert "the barn leaks" not in client.get(address).content.decode()
    with pytest.raises(Refusal, match="closed to the public"):
        input_mark.mark(item=item, by=make.StaffFactory(), how="Again.")
    assert not input_mark.items_to_mark(item.version.meeting).exists()


def test_report_back_on_an_item_that_is_closed_later_says_so(client, item):
    report = make.ReportBackFactory(meeting=item.version.meeting, public=True)
    report.lines.create(position=9, item=item, title=item.title, outcome="It was bought.")
    close(item)
    page = client.get(reverse("report_back", args=[report.pk])).content.decode()
    assert "barn" not in page
    assert "It was bought." not in page
    assert SAFE in page
