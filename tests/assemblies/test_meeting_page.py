import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def test_page_of_a_meeting_shows(client):
    meeting = factories.MeetingFactory()
    response = client.get(meeting.get_absolute_url())
    assert response.status_code == 200
    assert meeting.title in response.content.decode()
