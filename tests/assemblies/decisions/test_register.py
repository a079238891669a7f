"""The register of decisions, and where else people come upon what was decided."""

import csv
import io
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.decisions.models import Decision
from tests import factories as make
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
ADDRESS = reverse("decisions")


def closed_decision(**facts):
    board = facts.pop("board", None) or make.BoardFactory()
    closure = make.ClosureGroundFactory(board=board, closure__public_title="A contract").closure
    return make.DecisionFactory(board=board, closure=closure, title="Who gets it", text="The firm Secretive.", **facts)


@pytest.fixture
def two_boards():
    """A decision of each of two boards, of which the first serves a place."""
    place = make.PlaceFactory()
    one = make.DecisionFactory(
        title="The winter plan", reasons="It was O’Neill’s.", decided_on=timezone.localdate() - timedelta(days=30)
    )
    one.places.add(place)
    other = make.DecisionFactory(title="The budget", text="It waits.", outcome=Decision.Outcome.DEFERRED)
    return one, other, place


def titles(client, query="", address=ADDRESS):
    """The titles that the page shows, in their order."""
    return [row.title for row in client.get(f"{address}{query}").context["page"].object_list]


def test_register_shows_the_newest_first(client, two_boards):
    assert titles(client) == ["The budget", "The winter plan"]


@pytest.mark.parametrize("words", ["winter", "plans", "“winter plan”", "oneills"])
def test_register_finds_words_in_their_forms(client, two_boards, words):
    assert titles(client, f"?words={words}") == ["The winter plan"]


@pytest.mark.parametrize("words", ["14 September 2020", "14/09/2020", "September 2020", "winter 14/9/2020"])
def test_register_finds_what_was_decided_on_a_day(client, words):
    make.DecisionFactory(title="The winter plan", decided_on=date(2020, 9, 14))
    make.DecisionFactory(title="The summer plan", decided_on=date(2020, 10, 14))
    assert titles(client, f"?words={words}") == ["The winter plan"]


def test_register_is_narrowed_by_each_question(client, two_boards):
    one, _, place = two_boards
    officer = make.OfficerDecisionFactory(title="The contract", decided_on=timezone.localdate() - timedelta(days=400))
    assert titles(client, f"?board={one.board.slug}") == ["The winter plan"]
    assert titles(client, f"?place={place.slug}") == ["The winter plan"]
    assert titles(client, "?kind=officer") == [officer.title]
    assert titles(client, "?outcome=deferred") == ["The budget"]
    assert titles(client, f"?since={timezone.localdate() - timedelta(days=31)}&until={one.decided_on}") == [
        "The winter plan"
    ]


def test_register_is_narrowed_to_a_topic(client, two_boards):
    planned = make.PlannedItemFactory()
    make.DecisionFactory(title="On the topic", topic=planned.topic)
    page = client.get(f"{ADDRESS}?topic={planned.topic.pk}")
    assert [row.title for row in page.context["page"].object_list] == ["On the topic"]
    assert f"On {planned.topic}" in page.text


def test_topic_that_is_not_public_is_not_named(client):
    topic = make.TopicFactory(title="A secret merger")
    assert "A secret merger" not in client.get(f"{ADDRESS}?topic={topic.pk}").text


def test_day_that_is_none_is_said_beside_its_box(client, two_boards):
    page = client.get(f"{ADDRESS}?since=soon")
    assert page.status_code == 200
    assert "govuk-error-message" in page.text


@pytest.mark.parametrize(
    "query", ["?words=%00a", "?words=<script>alert(1)</script>", "?topic=²", "?topic=" + "9" * 30, "?page=x"]
)
def test_register_takes_any_address(client, two_boards, query):
    page = client.get(f"{ADDRESS}{query}")
    assert page.status_code in (200, 400)
    assert "<script>alert" not in page.text


def test_closed_decision_shows_its_safe_title_and_ground_alone(client):
    made = closed_decision()
    page = client.get(ADDRESS).text
    assert "A contract" in page
    assert "It is about a contract that is not signed." in page
    assert made.title not in page
    assert made.text not in page


@pytest.mark.parametrize("query", ["?words=secretive", "?outcome=agreed", "?words=contract"])
def test_closed_decision_is_not_found_by_what_it_says(client, query):
    made = closed_decision()
    assert titles(client, query) == []
    sign_in(client, make.AppointmentFactory(seat__board=made.board).holder)
    if "contract" not in query:
        assert titles(client, query) == ["Who gets it"]


def test_decision_of_a_meeting_by_invitation_is_not_in_the_register(client):
    meeting = make.MeetingFactory(by_invitation=True)
    make.DecisionFactory(board=meeting.board, meeting=meeting)
    assert titles(client) == []


def test_decision_on_a_withdrawn_report_is_not_found_by_words(client):
    make.DecisionFactory(title="Zebras", report_version=withdrawn_version())
    assert titles(client, "?words=zebras") == []
    assert titles(client) == ["Zebras"]


def test_recommendation_of_a_withdrawn_report_is_in_no_list(client):
    made = make.DecisionFactory(report_version=withdrawn_version(), recommendation="Name the patient.", text="")
    page = client.get(reverse("decisions")).text
    assert made.title in page
    assert "Name the patient." not in page


def withdrawn_version():
    report = make.ReportFactory()
    version = report.versions.create(
        number=1, content={"text": {}, "appendices": []}, sha256="0" * 64, made_by=report.author, made_at=timezone.now(),
        meeting=report.item.meeting, published_at=timezone.now(), published_by=report.author,
    )  # fmt: skip
    make.WithdrawalFactory(document=None, report=report, up_to=1, meeting=report.item.meeting, title=report.title)
    return version


def test_register_says_what_was_decided_again(client):
    old = make.DecisionFactory(title="The first plan")
    make.DecisionFactory(title="The second plan", revises=old, revised_because="New figures came in.", board=old.board)
    page = client.get(ADDRESS).text
    assert page.count("decided again") == 1


def test_register_makes_as_many_queries_for_fifty_as_for_one(client):
    def more(count):
        for _ in range(count):
            make.DecisionFactory(board=board)
            closed_decision(board=board)

    board = make.BoardFactory()
    more(1)
    few = queries(client, ADDRESS)
    more(25)
    assert queries(client, ADDRESS) == few


def test_empty_register_says_the_next_step(client):
    assert "No decisions are recorded yet." in client.get(ADDRESS).text


# --- elsewhere ----------------------------------------------------------------------------------------------------


def test_decisions_stand_on_the_pages_they_belong_to(client):
    planned = make.PlannedItemFactory(meeting__starts_at=make.in_days(-1))
    place = make.PlaceFactory()
    made = make.DecisionFactory(board=planned.board, meeting=planned.meeting, topic=planned.topic)
    made.places.add(place)
    for address in (
        planned.board.get_absolute_url(),
        place.get_absolute_url(),
        planned.topic.get_absolute_url(),
        planned.meeting.get_absolute_url(),
        reverse("home"),
    ):
        assert made.get_absolute_url() in client.get(address).text, address


def test_closed_decision_is_not_on_the_page_of_its_topic(client):
    planned = make.PlannedItemFactory()
    made = closed_decision(board=planned.board, topic=planned.topic)
    assert made.get_absolute_url() not in client.get(planned.topic.get_absolute_url()).text


def test_route_of_a_topic_links_to_its_decisions(client):
    planned = make.PlannedItemFactory(meeting__starts_at=make.in_days(-1), result="Agreed.")
    made = make.DecisionFactory(board=planned.board, meeting=planned.meeting, topic=planned.topic)
    page = client.get(planned.topic.get_absolute_url()).text
    assert f'href="{made.get_absolute_url()}">{made}</a>: agreed' in page


def table(client, query=""):
    answer = client.get(f"{reverse('decisions_table')}{query}")
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def entries(client, query=""):
    answer = client.get(f"{reverse('decisions_feed')}{query}")
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content).findall("{*}entry")


def test_register_is_taken_away_as_the_page_was_asked(client, two_boards):
    one, other, _ = two_boards
    make.DecisionFactory(title="=1+1", decided_on=date(2020, 9, 14))
    assert [row["Title"] for row in table(client)] == ["The budget", "The winter plan", "'=1+1"]
    (row,) = table(client, f"?board={one.board.slug}")
    assert (row["Number"], row["Decided by"], row["Reasons"]) == (str(one.pk), str(one.board), one.reasons)
    assert row["Day"] == one.decided_on.isoformat()
    assert f"{reverse('decisions_table')}?outcome=deferred" in client.get(f"{ADDRESS}?outcome=deferred").text
    assert [row["Number"] for row in table(client, "?outcome=deferred")] == [str(other.pk)]


def test_feed_has_what_came_out_last(client, two_boards):
    one, other, _ = two_boards
    found = entries(client)
    assert [each.findtext("{*}title") for each in found] == ["The budget", "The winter plan"]
    assert found[0].findtext("{*}id").endswith(other.get_absolute_url())
    assert len(entries(client, f"?board={one.board.slug}")) == 1


def test_closed_decision_says_nothing_in_table_or_feed(client):
    made = closed_decision()
    (row,) = table(client)
    assert (row["Title"], row["What was decided"], row["Outcome"]) == ("A contract", "", "")
    assert row["Closed to the public"]
    for name in ("decisions_table", "decisions_feed"):
        answer = client.get(reverse(name)).content.decode()
        assert "Secretive" not in answer
        assert made.title not in answer


def test_what_a_withdrawn_report_recommended_is_in_no_list(client):
    version = withdrawn_version()
    make.DecisionFactory(
        report_version=version, recommendation="Pay Zanzibar.", recommendation_number=1, text="", title="The grant"
    )
    for name in ("decisions", "decisions_table", "decisions_feed"):
        page = client.get(reverse(name)).content.decode()
        assert "The grant" in page
        assert "Zanzibar" not in page


def test_table_makes_as_many_queries_for_twenty_as_for_one(client):
    make.DecisionFactory()
    few = queries(client, reverse("decisions_table"))
    make.DecisionFactory.create_batch(19)
    assert queries(client, reverse("decisions_table")) == few
