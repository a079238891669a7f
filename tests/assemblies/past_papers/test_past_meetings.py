"""Past meetings are found by year, by search and on their pages, by those who may read them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from assemblies.past_papers.actions import paper_import, past_paper, withdrawal
from assemblies.past_papers.models import PastPaper
from partnership.page_cache import middleware
from tests import factories as make
from tests.assemblies.past_papers.archives import AGENDA, imported
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PI_DAY = date(2016, 3, 14)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def board():
    return make.BoardFactory(slug="hwb", name="Health and Wellbeing Board")


@pytest.fixture
def meeting(board):
    return make.PastMeetingFactory(board=board, held_on=PI_DAY)


def paper(meeting, **facts) -> PastPaper:
    return make.PastPaperFactory(meeting=meeting, file=ContentFile(AGENDA, name="x.pdf"), **facts)


def in_the_portal(board, **facts):
    starts = datetime(2016, 3, 14, 10, tzinfo=LONDON)
    facts = {
        "state": "held",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "title": "Spring meeting",
    } | facts
    return make.MeetingFactory(board=board, **facts)


# --- found --------------------------------------------------------------------------------------------------------


def test_board_page_leads_to_its_past_meetings_by_year(client, board, meeting):
    paper(meeting)
    make.PastPaperFactory(meeting__board=board, meeting__held_on=date(2017, 1, 9))
    page = client.get("/boards/hwb/").text
    assert "/boards/hwb/past-meetings/2016/" in page
    assert page.index(">2017<") < page.index(">2016<")
    in_2016 = client.get("/boards/hwb/past-meetings/2016/").text
    assert "Monday 14 March 2016" in in_2016
    assert "1 past paper" in in_2016
    assert "9 January 2017" not in in_2016
    assert client.get("/boards/hwb/past-meetings/2015/").status_code == 404


def test_ten_years_of_meetings_ask_as_many_queries_as_one_meeting(client, board, meeting):
    paper(meeting)
    address = reverse("past_meetings", args=["hwb"])
    one = queries(client, address), queries(client, meeting.get_absolute_url()), queries(client, "/boards/hwb/")
    for month in range(120):
        held = make.PastMeetingFactory(board=board, held_on=date(2006 + month // 12, month % 12 + 1, 1))
        make.PastPaperFactory.create_batch(2, meeting=held)
    make.PastPaperFactory.create_batch(20, meeting=meeting)
    middleware.cache.clear()
    assert (
        queries(client, address),
        queries(client, meeting.get_absolute_url()),
        queries(client, "/boards/hwb/"),
    ) == one
    assert "1 to 50 of 121 meetings" in client.get(address).text
    assert "Sunday 1 January 2006" in client.get(f"{address}?page=3").text


def test_list_of_past_meetings_and_old_papers_lead_to_one_another(client, board, meeting):
    paper(meeting)
    make.PastPaperFactory(meeting__board=board, meeting__held_on=date(2010, 1, 9))
    only = make.PastPaperFactory(meeting__board__name="Forum", meeting__held_on=date(2012, 5, 1)).meeting.board
    closed = make.PastPaperFactory(members_only=True).meeting.board
    page = client.get("/meetings/?when=past").text
    assert 'href="/boards/hwb/past-meetings/">Health and Wellbeing Board, 2010 to 2016<' in page
    assert f'href="/boards/{only.slug}/past-meetings/">Forum, 2012<' in page
    assert f"/boards/{closed.slug}/" not in page
    assert "Forum, 2012" not in client.get("/meetings/?when=past&board=hwb").text
    assert "Older papers" not in client.get("/meetings/").text
    assert 'href="/meetings/?when=past"' in client.get("/boards/hwb/past-meetings/").text


def test_board_without_meetings_leads_to_its_own_past_ones(client, board):
    assert 'href="/meetings/?board=hwb&amp;when=past">See past meetings<' in client.get("/boards/hwb/").text


def test_page_of_a_meeting_lists_papers_by_kind_and_number(client, meeting):
    for title, kind in (("Item 10", "report"), ("Item 9", "report"), ("Minutes", "minutes"), ("The agenda", "agenda")):
        paper(meeting, title=title, kind=kind)
    page = client.get("/boards/hwb/past-meetings/2016-03-14/").text
    order = [page.index(words) for words in (">Agenda<", "The agenda", "Item 9", "Item 10", ">Minutes<")]
    assert order == sorted(order)
    assert "PDF, 4.0\xa0KB, 3 pages" in page
    assert "may not work with a screen reader" in page


def test_file_is_the_one_that_was_sent_under_a_name_of_ours(client, meeting):
    found = paper(meeting, title="Minutes: ‘draft’")
    response = client.get(found.get_absolute_url())
    assert b"".join(response.streaming_content) == AGENDA
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"] == 'inline; filename="health-and-wellbeing-board-2016-03-14-minutes-draft.pdf"'
    )


def test_papers_are_found_by_title_board_and_day(client, meeting):
    paper(meeting, title="Better care fund")
    for asked in ("better care", "wellbeing fund", "fund 14 March 2016", "care March"):
        page = client.get("/search/", {"words": asked}).text
        assert "Past papers (1)" in page, asked
    assert "Nothing found" in client.get("/search/", {"words": "care April"}).text


def test_meeting_of_the_portal_shows_the_old_papers_of_its_day(client, board, meeting):
    paper(meeting, title="Old minutes")
    held = in_the_portal(board)
    assert "Old minutes" in client.get(held.get_absolute_url()).text
    assert held.get_absolute_url() in client.get(meeting.get_absolute_url()).text
    page = client.get("/boards/hwb/past-meetings/").text
    assert page.count("Monday 14 March 2016") == 1
    assert "Spring meeting · 1 past paper" in page


def test_who_may_withdraw_old_papers_gets_there_from_the_meeting(client, board, meeting):
    paper(meeting)
    held = in_the_portal(board)
    chair, member = make.ChairFactory(seat__board=board).holder, make.AppointmentFactory(seat__board=board).holder
    for person, may in ((None, False), (member, False), (chair, True), (make.StaffFactory(), True)):
        page = (sign_in(client, person) if person else client).get(held.get_absolute_url()).text
        assert (f'href="{meeting.get_absolute_url()}"' in page) is may, person


def test_meeting_to_come_is_not_asked_for_old_papers(client, board):
    coming = make.MeetingFactory(board=board)
    assert "from before this portal" not in client.get(coming.get_absolute_url()).text


def test_wrong_days_and_boards_are_not_there(client, board, meeting):
    found = paper(meeting)
    for address in (
        "/boards/hwb/past-meetings/2016-03-15/", "/boards/hwb/past-meetings/2016-13-45/", "/boards/hwb/past-meetings/0/",
        "/boards/none/past-meetings/", f"/boards/{make.BoardFactory().slug}/past-papers/{found.pk}/",
        "/boards/hwb/past-papers/9999999999/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


# --- by those who may read them -----------------------------------------------------------------------------------


def readers(board) -> dict[str, object]:
    term = make.AppointmentFactory(seat__board=board, deputy=make.UserFactory())
    return {
        "member": term.holder,
        "deputy": term.deputy,
        "chair": make.ChairFactory(seat__board=board).holder,
        "staff": make.StaffFactory(),
    }


def pages(client, board, closed) -> list[str]:
    addresses = [
        "/boards/hwb/",
        "/boards/hwb/past-meetings/",
        closed.meeting.get_absolute_url(),
        "/search/?words=zebra",
    ]
    addresses += [meeting.get_absolute_url() for meeting in board.meetings.all()]
    return [client.get(address).text for address in addresses]


def test_closed_paper_does_not_exist_for_others(client, board, meeting):
    closed = paper(meeting, title="Zebra", members_only=True)
    in_the_portal(board)
    for person in (None, make.UserFactory(), make.ChairFactory().holder, make.AppointmentFactory().holder):
        if person:
            sign_in(client, person)
        assert client.get(closed.get_absolute_url()).status_code == 404
        assert client.get(meeting.get_absolute_url()).status_code == 404
        for page in pages(client, board, closed):
            assert "Zebra" not in page.replace('value="zebra"', "").replace("“zebra”", "")
            assert "1 past paper" not in page


def test_members_of_the_board_read_its_closed_papers(client, board, meeting):
    closed = paper(meeting, title="Zebra", members_only=True)
    for who, person in readers(board).items():
        sign_in(client, person)
        assert client.get(closed.get_absolute_url()).status_code == 200, who
        assert "Members only" in client.get(meeting.get_absolute_url()).text, who
        assert "Past papers (1)" in client.get("/search/?words=zebra").text, who
        assert "/boards/hwb/past-meetings/2016/" in client.get("/boards/hwb/").text, who


def test_former_member_reads_closed_papers_no_more(client, board, meeting):
    closed = paper(meeting, members_only=True)
    term = make.AppointmentFactory(seat__board=board, ends_on=date(2020, 5, 1))
    assert sign_in(client, term.holder).get(closed.get_absolute_url()).status_code == 404


def test_open_papers_stand_alone_where_others_of_the_day_are_closed(client, meeting):
    paper(meeting, title="Open agenda")
    paper(meeting, title="Zebra", members_only=True)
    page = client.get(meeting.get_absolute_url()).text
    assert "Open agenda" in page
    assert "Zebra" not in page
    assert "1 past paper" in client.get("/boards/hwb/past-meetings/").text


@pytest.mark.django_db(transaction=True)
def test_cached_page_forgets_a_paper_that_is_closed(client, meeting):
    found = paper(meeting, title="Zebra")
    assert "Zebra" in client.get(meeting.get_absolute_url()).text
    past_paper.describe(paper=found, by=None, kind="minutes", title="Zebra", members_only=True)
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert "/past-meetings/2016/" not in client.get("/boards/hwb/").text


# --- withdrawn ----------------------------------------------------------------------------------------------------


def test_withdrawn_paper_leaves_its_title_and_the_reason(client, meeting):
    found = paper(meeting, title="Zebra")
    withdrawal.withdraw(paper=found, by=make.StaffFactory(), because="It names a child.")
    gone = client.get(found.get_absolute_url())
    assert gone.status_code == 410
    assert "It names a child." in gone.text
    page = client.get(meeting.get_absolute_url())
    assert page.status_code == 200
    assert "It names a child." in page.text
    listed = words(client.get("/boards/hwb/past-meetings/2016/"))
    assert ("Monday 14 March 2016" in listed, "1 past paper" in listed) == (True, False)
    assert "Nothing found" in client.get("/search/?words=zebra").text
    assert sign_in(client, make.StaffFactory()).get(found.get_absolute_url()).status_code == 200


def test_import_taken_back_leaves_addresses_that_say_nothing_of_it(client, board):
    batch = imported({"2016-03-14 Zebra.pdf": AGENDA}, board=board)
    found = PastPaper.objects.get()
    assert client.get(found.get_absolute_url()).status_code == 200
    paper_import.undo(batch=batch, by=None)
    for person in (None, make.StaffFactory()):
        if person:
            sign_in(client, person)
        for address in (found.get_absolute_url(), "/boards/hwb/past-meetings/2016-03-14/"):
            gone = client.get(address)
            assert gone.status_code == 410, address
            assert "Zebra" not in gone.text
            assert "withdrawn" in gone.text
        assert "/past-meetings/2016/" not in client.get("/boards/hwb/").text
