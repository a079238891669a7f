"""Who holds a seat sees the closed meetings of its board, from the first day of the term to the last."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.voice.actions import call as calls
from partnership.refusals import Refusal
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


@pytest.fixture
def in_common(meeting):
    """Somebody who holds a seat on a board that meets in common with the host."""
    board = make.MeetingBoardFactory(meeting=meeting, board__name="Second board").board
    return make.AppointmentFactory(seat__board=board)


def test_holder_on_a_board_in_common_asks_and_reports_too(client, meeting, in_common):
    sign_in(client, in_common.holder)
    make.PartnerFactory()
    ask = f"/meetings/{meeting.slug}/calls/new/{in_common.seat_id}/"
    report = f"/meetings/{meeting.slug}/report-back/{in_common.seat_id}/"
    assert [client.get(each).status_code for each in (ask, report)] == [200, 200]
    home = client.get("/home/").text
    assert ask in home
    made = calls.open_call(
        meeting=meeting, seat=in_common.seat, by=in_common.holder, key=uuid4(), question="Should it open?",
        closes_at=meeting.starts_at - DAY,
    )  # fmt: skip
    assert made.occasion == "a meeting of Second board", "who is asked knows this board"
    stranger = make.AppointmentFactory()
    with pytest.raises(Refusal, match="not on a board that meets"):
        calls.open_call(
            meeting=meeting, seat=stranger.seat, by=stranger.holder, key=uuid4(), question="Why?",
            closes_at=meeting.starts_at - DAY,
        )  # fmt: skip


def test_holder_on_a_board_in_common_marks_what_input_changed(client, meeting, in_common):
    item = make.AgendaItemFactory(version=make.AgendaVersionFactory(meeting=meeting, number=1))
    sign_in(client, in_common.holder)
    assert client.get(f"/meetings/{meeting.slug}/items/{item.pk}/input/").status_code == 200
    sign_in(client, make.AppointmentFactory().holder)
    assert client.get(f"/meetings/{meeting.slug}/items/{item.pk}/input/").status_code == 404
