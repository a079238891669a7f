"""Who holds a seat sees the closed meetings of its board, from the first day of the term to the last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def meeting():
    return make.MeetingFactory(by_invitation=True)


@pytest.mark.parametrize(
    ("starts", "ends", "sees"),
    [
        (-400, None, True),
        (-400, 0, True),  # the last day
        (-400, -1, False),  # the day after it
        (0, 0, True),  # the first day
        (1, 400, False),  # the day before it
    ],
)
def test_holder_and_deputy_see_closed_meetings_during_the_term(client, meeting, starts, ends, sees):
    today = timezone.localdate()
    term = make.ChairFactory(
        seat__board=meeting.board, seat__is_chair=False, starts_on=today + starts * DAY,
        ends_on=None if ends is None else today + ends * DAY, deputy=make.UserFactory(),
    )  # fmt: skip
    for person in (term.holder, term.deputy):
        status = sign_in(client, person).get(meeting.get_absolute_url()).status_code
        assert status == (200 if sees else 404)


def test_seat_on_another_board_shows_nothing(client, meeting):
    sign_in(client, make.ChairFactory(seat__is_chair=False).holder)
    assert client.get(meeting.get_absolute_url()).status_code == 404


def test_draft_is_not_for_those_who_only_hold_a_seat(client):
    draft = make.MeetingFactory(state="draft")
    term = make.ChairFactory(seat__board=draft.board, seat__is_chair=False)
    assert sign_in(client, term.holder).get(draft.get_absolute_url()).status_code == 404
