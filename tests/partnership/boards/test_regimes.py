"""The law that a board meets under: how early papers come out, who counts for a quorum, who may film."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError

from partnership.boards import quorum, regimes
from partnership.boards.models import Board, Seat
from partnership.settings import meetings as of_meetings
from tests import factories as make

ANSWERS = {
    "name": "Cabinet", "kind": "executive", "clear_days": "5", "day_kind": "working", "publish_by": "5pm", "report_days": "5",
}  # fmt: skip
PANDEMIC, NOW = date(2020, 9, 14), date(2026, 9, 14)


@pytest.mark.parametrize(
    ("regime", "on", "counts"),
    [
        ("council", PANDEMIC, True),
        ("council", NOW, False),
        ("council", date(2020, 4, 3), False),
        ("council", date(2020, 4, 4), True),
        ("council", date(2021, 5, 6), True),
        ("council", date(2021, 5, 7), False),
        ("nhs", NOW, True),
        ("constitution", NOW, True),
        ("own_terms", NOW, True),
    ],
)
def test_members_online_count_where_the_law_lets_them(regime, on, counts):
    board, there = Board(regime=regime, quorum_number=2), [Seat(pk=1, voting=True), Seat(pk=2, voting=True)]
    assert quorum.is_met(board, present=there, members=3, on=on)
    assert quorum.is_met(board, present=there, members=3, on=on, online=[there[1]]) is counts


def test_sector_of_a_member_online_counts_as_the_member_does():
    board = Board(regime="council", quorum_needs=["vcfse"])
    away = Seat(pk=1, voting=True, sector="vcfse")
    assert quorum.is_met(board, present=[away], members=1, on=PANDEMIC, online=[away])
    assert not quorum.is_met(board, present=[away], members=1, on=NOW, online=[away])


def test_announced_change_of_the_law_is_a_setting(settings):
    settings.ONLINE_COUNTS_FOR_COUNCILS = [(date(2026, 9, 1), None)]
    assert regimes.online_counts("council", NOW)
    assert not regimes.online_counts("council", PANDEMIC)


@pytest.mark.parametrize("said", ["2020", "2020-04-04/later", "/2021-05-06"])
def test_period_that_is_none_stops_the_start(said):
    with pytest.raises(ImproperlyConfigured, match="2020-04-04/2021-05-06"):
        of_meetings._period(said)


@pytest.mark.parametrize(
    ("regime", "days", "kind", "is_right"),
    [
        ("council", 5, "working", True),
        ("council", 10, "working", True),
        ("council", 4, "working", False),
        ("council", 5, "calendar", False),
        ("nhs", 3, "working", True),
        ("nhs", 3, "calendar", True),
        ("own_terms", 0, "calendar", True),
    ],
)
def test_five_clear_working_days_are_law_for_council_bodies(regime, days, kind, is_right):
    assert (regimes.what_is_wrong(regime, days, kind) == "") is is_right


@pytest.mark.django_db
def test_database_holds_council_bodies_to_five_clear_days():
    make.BoardFactory(regime="council", clear_days=5, day_kind="working")
    with pytest.raises(IntegrityError, match="five_clear_working_days"):
        make.BoardFactory(regime="council", clear_days=4, day_kind="working")


@pytest.mark.parametrize(
    ("regime", "policy", "said"),
    [
        ("council", "", "Anyone who comes may film"),
        ("nhs", "Ask the chair first.", "Ask the chair first."),
        ("own_terms", "", ""),
    ],
)
def test_filming_is_law_for_council_bodies_and_policy_for_others(regime, policy, said):
    rule = Board(regime=regime, recording_policy=policy).recording_rule
    assert rule.startswith(said) if said else rule == ""


def test_notice_of_the_meeting_is_said_where_the_law_asks_for_it():
    assert "at least 3 clear days before a meeting, or when it is called" in Board(regime="nhs").notice_rule
    assert Board(regime="own_terms").notice_rule == ""


@pytest.mark.django_db
def test_page_of_an_open_meeting_says_who_may_film(client):
    council, nhs = (
        make.BoardFactory(regime="council"),
        make.BoardFactory(regime="nhs", recording_policy="Ask <first>."),
    )
    for board, said in ((council, "Anyone who comes may film"), (nhs, "Ask &lt;first&gt;.")):
        assert said in client.get(make.MeetingFactory(board=board).get_absolute_url()).text
        assert said in client.get(board.get_absolute_url()).text
    private = make.MeetingFactory(board=council, by_invitation=True)
    client.force_login(make.StaffFactory())
    assert "may film" not in client.get(private.get_absolute_url()).text


# --- executives of councils ---


@pytest.mark.django_db
def test_executive_is_asked_of_council_bodies_alone(client):
    client.force_login(make.StaffFactory())
    page = client.get("/boards/new/").text
    council = page.index('value="council"')
    assert council < page.index("Is it an executive of the council?") < page.index('value="nhs"')
    answers = ANSWERS | {"regime": "council", "executive": "calendar"}
    client.post("/boards/new/", answers)
    made = Board.objects.get()
    assert (made.is_executive, made.notice_day_kind) == (True, "calendar")
    assert "28 clear calendar days’ notice of key decisions" in client.get(made.get_absolute_url()).text
    edited = client.get(f"/boards/{made.slug}/edit/")
    assert edited.context["form"].initial["executive"] == "calendar"
    client.post(f"/boards/{made.slug}/edit/", answers | {"executive": "working", "revision": made.revision})
    made.refresh_from_db()
    assert (made.is_executive, made.notice_day_kind) == (True, "working")
    client.post(f"/boards/{made.slug}/edit/", answers | {"regime": "nhs", "revision": made.revision})
    made.refresh_from_db()
    assert not made.is_executive, "only a council has an executive"


@pytest.mark.django_db
def test_health_and_wellbeing_board_is_executive_only_if_staff_say_so(client):
    client.force_login(make.StaffFactory())
    client.post("/boards/new/", ANSWERS | {"name": "Health and Wellbeing Board", "regime": "council"})
    made = Board.objects.get()
    assert not made.is_executive
    assert "28 clear" not in client.get(made.get_absolute_url()).text
