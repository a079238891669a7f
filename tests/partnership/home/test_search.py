"""The page of the search: what it shows, and what may be typed into its box."""

import pytest

from tests import factories as make
from tests.findable import ONE_OF_EACH
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


def add(numbers) -> None:
    for number in numbers:
        for make_one in ONE_OF_EACH.values():
            make_one(number)


def test_page_asks_as_much_for_one_row_as_for_twenty(client):
    sign_in(client, make.MembershipFactory().user)
    add(range(1))
    count = queries(client, "/search/?words=zebra")
    add(range(1, 20))
    assert f"{20 * len(ONE_OF_EACH)} results for “zebra”" in client.get("/search/?words=zebra").text
    assert queries(client, "/search/?words=zebra") == count


def test_results_stand_under_their_kind_with_their_number(client):
    make.PartnerFactory.create_batch(12, summary="Advice for carers.")
    make.PlaceFactory(name="Carers’ Corner")
    page = client.get("/search/?words=carers").text
    for words in ("13 results for “carers”", "Places (1)", "Partner organisations (12)", "These 10 fit best."):
        assert words in page
    assert page.count("Advice for carers.") == 10


def test_draft_meeting_is_on_the_page_of_staff_alone(client):
    meeting = make.MeetingFactory(title="Zebra draft", state="draft")
    assert "Nothing found for “zebra”" in client.get("/search/?words=zebra").text
    assert "Nothing found for “zebra”" in sign_in(client, make.UserFactory()).get("/search/?words=zebra").text
    assert meeting.get_absolute_url() in sign_in(client, make.StaffFactory()).get("/search/?words=zebra").text


@pytest.mark.parametrize("address", ["/search/", "/search/?words=", "/search/?words=++", "/search/?other=zebra"])
def test_nothing_asked_says_what_can_be_found(client, address):
    page = client.get(address).text
    for words in ("You can find:", "partner organisations", "agenda items"):
        assert words in page
    assert "Nothing found" not in page
    assert "<title>Search – " in page


def test_only_those_who_may_read_blockers_are_told_that_they_can_be_found(client):
    assert "<li>blockers</li>" not in client.get("/search/").text
    assert "<li>blockers</li>" in sign_in(client, make.MembershipFactory().user).get("/search/").text


def test_title_and_box_keep_what_was_searched(client):
    page = client.get("/search/", {"words": 'zebra "<b>'}).text
    assert "<title>Search: zebra &quot;&lt;b&gt; – " in page
    assert 'value="zebra &quot;&lt;b&gt;"' in page
    assert "Check the spelling" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("z" * 5000, "must be 200 characters or fewer"),
        ("the and of", "Nothing found for"),
        ("'); drop table & | ! <-> :* \\ ((", "Nothing found for"),
        ('"', "Nothing found for"),
        ("zebra or lion", "1 result for"),
        ('"zebra friends"', "1 result for"),
        ("“zebra friends”", "1 result for"),  # as a phone writes them
        ('"friends zebra"', "Nothing found for"),
        ("friends -zebra", "Nothing found for"),
        ("ZEBRAS", "1 result for"),
        ("z%_*", "Nothing found for"),
        ("🦓", "Nothing found for"),
    ],
)
def test_whatever_is_typed_gets_an_answer(client, words, said):
    make.PartnerFactory(name="Zebra Friends")
    response = client.get("/search/", {"words": words})
    assert response.status_code == 200
    assert said in response.text


def test_summary_is_shown_as_plain_words(client):
    make.PartnerFactory(name="Zebra Friends", summary="**Breaks** & <b>rest</b> <script>alert(1)</script> 3 &lt; 4")
    page = " ".join(client.get("/search/?words=zebra").text.split())
    assert "enterprise · Breaks &amp; rest 3 &lt; 4</p>" in page


def test_start_page_and_foot_of_every_page_lead_to_the_search(client):
    assert 'action="/search/"' in client.get("/").text
    assert 'href="/search/"' in client.get("/meetings/").text
