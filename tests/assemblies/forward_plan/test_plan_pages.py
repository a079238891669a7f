"""The pages of a forward plan: who reads what, one next step each, forms that say what is wrong and keep answers."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item as items
from assemblies.forward_plan.actions import standing_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem, Topic
from partnership.boards.models import Board
from tests.factories import (
    AppointmentFactory,
    BoardFactory,
    ChairFactory,
    MeetingBoardFactory,
    MeetingFactory,
    ParkedTopicFactory,
    PlaceFactory,
    PlannedItemFactory,
    StaffFactory,
    TopicFactory,
    UserFactory,
    in_days,
)
from tests.pages import words
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PLAN = "/boards/council-board/plan/"


@pytest.fixture
def board():
    return BoardFactory(name="Council Board", slug="council-board", kind=Board.Kind.STATUTORY)


@pytest.fixture
def staff(client):
    return sign_in(client, StaffFactory())


def planned(board, title, **facts):
    """An item for a published meeting that is open to all, unless another is given."""
    return PlannedItemFactory(topic__title=title, topic__board=board, **facts)


@pytest.fixture
def plan(board):
    """One item of each kind: public, by invitation, at a draft, without a meeting; and a parked topic."""
    planned(board, "Winter")
    planned(board, "Pay", meeting=MeetingFactory(board=board, by_invitation=True))
    planned(board, "Summer", meeting=MeetingFactory(board=board, state="draft"))
    planned(board, "Autumn", meeting=None)
    ParkedTopicFactory(board=board, title="Spring", parked_because="Waits for the budget")
    return board


SECRET = ("Pay", "Summer", "Autumn", "Spring")


def test_visitor_reads_only_what_is_planned_for_open_meetings(client, plan):
    page = words(client.get(PLAN))
    assert "Winter" in page
    assert not [title for title in SECRET if title in page]
    assert "Parked topics" not in page
    for topic in Topic.objects.exclude(title="Winter"):
        assert client.get(topic.get_absolute_url()).status_code == 404
        assert topic.get_absolute_url() not in client.get(f"/search/?words={topic.title}").text


@pytest.mark.parametrize("seat", ["holder", "deputy"])
def test_who_sits_on_the_board_reads_all_and_edits_nothing(client, plan, seat):
    person = UserFactory()
    AppointmentFactory(seat__board=plan, **{seat: person})
    sign_in(client, person)
    page = words(client.get(PLAN))
    assert [title for title in SECRET if title not in page] == []
    assert "Add a topic" not in page
    assert client.get(f"{PLAN}topics/new/").status_code == 403
    assert client.get(Topic.objects.get(title="Pay").get_absolute_url()).status_code == 200


def test_member_of_another_board_reads_as_everybody_does(client, plan):
    person = UserFactory()
    AppointmentFactory(holder=person)
    page = words(sign_in(client, person).get(PLAN))
    assert not [title for title in SECRET if title in page]


def test_item_of_a_cancelled_meeting_is_not_in_public(client, board):
    item = planned(board, "Winter")
    items.call_off(meeting=item.meeting, by=None, reason="Snow")
    assert "Winter" not in words(client.get(PLAN))


def test_chair_edits_the_plan_of_their_own_board_only(client, plan):
    chair = ChairFactory(seat__board=plan).holder
    other = planned(BoardFactory(slug="other"), "Theirs")
    sign_in(client, chair)
    assert "Add a topic" in words(client.get(PLAN))
    assert client.get("/boards/other/plan/topics/new/").status_code == 403
    assert client.get(f"/boards/other/plan/items/{other.pk}/move/").status_code == 403
    assert client.get(f"/boards/council-board/plan/items/{other.pk}/move/").status_code == 404


def test_each_item_has_its_one_next_step(staff, board):
    undated, unled, due, done = (
        planned(board, "Undated", meeting=None), planned(board, "Unled"),
        planned(board, "Due", lead=UserFactory(), report_due_on=timezone.localdate()),
        planned(board, "Done", lead=UserFactory(), needs_report=False),
    )  # fmt: skip
    topic = ParkedTopicFactory(board=board)
    page = staff.get(PLAN).text
    address = f"{PLAN}items/{{}}/{{}}/"
    assert address.format(undated.pk, "move") in page
    assert address.format(unled.pk, "edit") in page
    assert f'Next: <a class="govuk-link" href="{due.topic.get_absolute_url()}">Report due on' in page
    assert f"/items/{done.pk}/edit" not in page
    assert f"/topics/{topic.pk}/plan/?board=council-board" in page


def test_empty_plan_says_so(staff, board):
    page = words(staff.get(PLAN))
    assert "No meetings are planned." in page
    assert "No topic is parked." in page


def test_plan_asks_the_same_whatever_it_holds(staff, board):
    def one():
        planned(board, f"A {timezone.now()}", lead=UserFactory())
        planned(board, f"B {timezone.now()}", meeting=None)
        over = planned(board, f"C {timezone.now()}", meeting=MeetingFactory(board=board, starts_at=in_days(-3)))
        PlannedItemFactory(topic=over.topic, board=BoardFactory())
        ParkedTopicFactory(board=board)

    one()
    before = queries(staff, PLAN)
    for _ in range(5):
        one()
    assert queries(staff, PLAN) == before


def test_topic_page_asks_the_same_however_long_its_route(staff, board):
    def one():
        item = PlannedItemFactory(topic=topic, board=BoardFactory(), lead=UserFactory())
        item.moves.create(reason="Late", moved_by=UserFactory(), old_meeting=item.meeting, new_meeting=MeetingFactory())

    topic = TopicFactory(board=board)
    one()
    before = queries(staff, topic.get_absolute_url())
    for _ in range(4):
        one()
    assert queries(staff, topic.get_absolute_url()) == before


# --- topics ----------------------------------------------------------------------------------------------------------


def test_topic_is_added_parked_and_shown(staff, board):
    page = words(staff.post(f"{PLAN}topics/new/", {"title": "Carers", "parked_because": "Next year"}, follow=True))
    assert "“Carers” is parked on the plan" in page
    assert "Next year" in page
    page = words(staff.post(f"{PLAN}topics/new/", {"title": "carers", "about": "Young ones"}))
    assert "This topic is on the plan already" in page
    assert "Young ones" in page
    assert "Enter the title" in words(staff.post(f"{PLAN}topics/new/", {"title": ""}))


def test_later_editor_of_a_topic_sees_the_difference_and_may_save(staff, board):
    topic = TopicFactory(board=board, title="Carers")
    topics.change(topic=topic, by=StaffFactory(name="Kofi Mensah"), title="Young carers")
    answers = {"title": "Older carers", "revision": "0"}
    page = words(staff.post(f"/topics/{topic.pk}/edit/", answers))
    assert "Kofi Mensah changed this on" in page
    assert "Young carers" in page
    assert staff.post(f"/topics/{topic.pk}/edit/", answers | {"revision": "1"}).status_code == 302


@pytest.mark.parametrize("step", ["park", "close"])
def test_reason_is_asked_for(staff, board, step):
    topic = ParkedTopicFactory(board=board)
    assert "Say why in a sentence" in words(staff.post(f"/topics/{topic.pk}/{step}/", {"reason": " "}))
    page = words(staff.post(f"/topics/{topic.pk}/{step}/", {"reason": "The law changed"}, follow=True))
    assert "The law changed" in page


def test_route_shows_each_board_with_its_role_and_result(client, staff, board):
    advises = planned(
        board, "Recovery plan", role="advisory", meeting=MeetingFactory(board=board, starts_at=in_days(-9))
    )
    other = BoardFactory(name="Deciding Board", kind="statutory")
    PlannedItemFactory(
        topic=advises.topic, board=other, role="decisive", meeting=MeetingFactory(board=other, starts_at=in_days(-2))
    )
    items.say_result(item=advises, by=None, result="Endorsed")
    client.logout()
    page = words(client.get(advises.topic.get_absolute_url()))
    assert page.index("Council Board</a> <strong") < page.index("Deciding Board</a>")
    assert "What it said:</strong> Endorsed" in page
    assert "What it said is not written down yet" in page


def test_route_with_roles_is_shown_on_the_plan_of_each_board_on_it(client, board):
    topic = TopicFactory(board=board, title="Recovery plan")
    other = BoardFactory(name="Deciding Board", slug="deciding", kind="statutory")
    advises = planned(board, "", topic=topic, meeting=MeetingFactory(board=board, starts_at=in_days(-9)))
    PlannedItemFactory(topic=topic, board=other, role="decisive", meeting=MeetingFactory(board=other))
    secret = BoardFactory(name="Closed Board")
    PlannedItemFactory(topic=topic, board=secret, meeting=MeetingFactory(board=secret, by_invitation=True))
    items.say_result(item=advises, by=None, result="Endorsed")
    page = words(client.get(PLAN))
    assert "Also on its route: Deciding Board (decides, " in page
    assert "What it said:</strong> Endorsed" in page
    page = words(client.get("/boards/deciding/plan/"))
    assert "Also on its route: Council Board (advises, " in page
    assert "Closed Board" not in page
    sign_in(client, StaffFactory())
    assert "Closed Board (advises, " in words(client.get(PLAN))


def test_what_was_taken_up_waits_for_what_the_board_said(client, staff, board):
    item = planned(board, "Winter", meeting=MeetingFactory(board=board, starts_at=in_days(-3), state="held"))
    address = f"{PLAN}items/{item.pk}/result/"
    assert address in staff.get(PLAN).text
    assert address in staff.get(item.topic.get_absolute_url()).text
    page = words(staff.get("/home/"))
    assert "Say what the Council Board said on an item" in page
    items.say_result(item=item, by=None, result="Agreed")
    assert address not in staff.get(PLAN).text
    assert "Say what the" not in words(staff.get("/home/"))
    client.logout()
    assert "Taken up before" in words(client.get(PLAN))


def test_chair_is_asked_what_their_board_said_and_about_parked_topics(client, board):
    for each in (board, BoardFactory()):
        planned(each, "Winter", meeting=MeetingFactory(board=each, starts_at=in_days(-3), state="held"))
        ParkedTopicFactory(board=each, parked_at=timezone.now() - timedelta(days=91))
    planned(board, "Long ago", meeting=MeetingFactory(board=board, starts_at=in_days(-70), state="held"))
    page = words(sign_in(client, ChairFactory(seat__board=board).holder).get("/home/"))
    assert page.count("Say what the") == 1
    assert page.count("Place or close topics") == 1


def test_seven_parked_topics_wait_until_somebody_places_them(client, board):
    meeting = MeetingFactory(board=board, starts_at=in_days(60))
    topics_ = [ParkedTopicFactory(board=board, title=f"Parked {number}") for number in range(7)]
    sign_in(client, ChairFactory(seat__board=board).holder)
    assert words(client.get(PLAN)).count("Parked since") == 7
    client.post(f"/topics/{topics_[0].pk}/plan/?board=council-board", answers(meeting))
    page = words(client.get(PLAN))
    assert page.count("Parked since") == 6
    assert page.index("Parked 0") < page.index("Parked topics")


# --- planning --------------------------------------------------------------------------------------------------------


def answers(at, **changes):
    facts = {"meeting": str(at.pk), "role": "decisive", "purpose": "decision", "needs_report": "on"}
    return facts | {"lead": "", "report_due_on": ""} | changes


@pytest.fixture
def meeting(board):
    return MeetingFactory(board=board, starts_at=in_days(60))


def test_staff_choose_the_board_then_plan(staff, board, meeting):
    topic = ParkedTopicFactory(board=board)
    BoardFactory()
    page = words(staff.get(f"/topics/{topic.pk}/plan/"))
    assert "Which board takes it up?" in page
    assert "Choose which board takes it up from the list" in words(staff.get(f"/topics/{topic.pk}/plan/?board=none"))
    address = f"/topics/{topic.pk}/plan/?board=council-board"
    assert "5 working days before the last day" in words(staff.get(address))
    assert staff.post(address, answers(meeting)).status_code == 302
    item = PlannedItem.objects.get()
    assert (item.meeting, item.report_due_on) == (meeting, board.report_due(timezone.localdate(meeting.starts_at)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"role": ""}, "Select whether the board advises or decides"),
        ({"purpose": ""}, "Select what the item is for"),
        ({"purpose": "fun"}, "Choose what the item is for from the list"),
        ({"meeting": "0"}, "Choose the meeting from the list"),
        ({"lead": "nobody@example.org"}, "Nobody has an account with that address"),
        ({"report_due_on": "soon"}, "Enter a date, like"),
        ({"report_due_on": "31 December 2198"}, "a report cannot be due after that day"),
    ],
)
def test_bad_answers_are_said_and_kept(staff, board, meeting, changes, said):
    topic = ParkedTopicFactory(board=board)
    page = words(staff.post(f"/topics/{topic.pk}/plan/?board=council-board", answers(meeting, **changes)))
    assert said in page
    assert changes.get("lead", "") in page
    assert changes.get("report_due_on", "") in page
    assert not PlannedItem.objects.exists()


def test_topic_twice_at_one_meeting_is_refused_in_words(staff, board, meeting):
    item = planned(board, "Winter", meeting=meeting)
    page = words(staff.post(f"/topics/{item.topic.pk}/plan/?board=council-board", answers(meeting)))
    assert "already" in page
    assert PlannedItem.objects.count() == 1


def test_forum_is_not_offered_decisions(staff, meeting):
    BoardFactory(slug="forum", kind=Board.Kind.FORUM)
    topic = ParkedTopicFactory()
    page = staff.get(f"/topics/{topic.pk}/plan/?board=forum").text
    assert re.findall(r'name="role"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="role"', page)
    assert 'value="decisive"' not in page
    assert 'value="decision"' not in page
    assert 'value="decision"' not in staff.get("/boards/forum/plan/standing/").text


def test_chair_of_one_board_is_not_asked_which(client, board, meeting):
    sign_in(client, ChairFactory(seat__board=board).holder)
    topic = ParkedTopicFactory(board=board)
    assert "Plan it for the Council Board" in words(client.get(f"/topics/{topic.pk}/plan/"))


def test_item_moves_back_to_the_plan_and_to_a_meeting(staff, board, meeting):
    item = planned(board, "Winter")
    address = f"{PLAN}items/{item.pk}/move/"
    assert "Enter why it moves" in words(staff.post(address, {"meeting": str(meeting.pk)}))
    assert "Select where it goes" in words(staff.post(address, {"meeting": "", "reason": "Not ready"}))
    assert staff.post(address, {"meeting": "plan", "reason": "Not ready"}).status_code == 302
    item.refresh_from_db()
    assert item.meeting is None
    for nowhere in ("", "plan"):
        assert "where it goes" in words(staff.post(address, {"meeting": nowhere, "reason": "Not ready"}))
    staff.post(address, {"meeting": str(meeting.pk), "reason": "It is ready"})
    page = words(staff.get(item.topic.get_absolute_url()))
    assert "Not ready" in page
    assert "to the plan" in page


def test_meetings_of_other_boards_are_not_offered(staff, board):
    item, other = planned(board, "Winter"), MeetingFactory()
    for step in ("move", "copy"):
        given = {"meeting": str(other.pk), "reason": "Not ready"}
        assert "from the list" in words(staff.post(f"{PLAN}items/{item.pk}/{step}/", given))


def test_topic_twice_at_one_meeting_is_refused_when_moved_or_copied(staff, board, meeting):
    item = planned(board, "Winter")
    PlannedItemFactory(topic=item.topic, board=board, meeting=meeting)
    for step in ("move", "copy"):
        page = words(staff.post(f"{PLAN}items/{item.pk}/{step}/", {"meeting": str(meeting.pk), "reason": "Not ready"}))
        assert "This topic is planned for the meeting on" in page
        assert "already" in page
    assert PlannedItem.objects.count() == 2


def test_item_is_copied_put_in_order_and_taken_off(staff, board, meeting):
    first = planned(board, "Winter")
    second = planned(board, "Summer", meeting=first.meeting)
    staff.post(f"{PLAN}items/{second.pk}/shift/", {"direction": "up"})
    assert list(PlannedItem.objects.for_meeting(first.meeting)) == [second, first]
    assert "Select for which meeting" in words(staff.post(f"{PLAN}items/{first.pk}/copy/", {"meeting": ""}))
    staff.post(f"{PLAN}items/{first.pk}/copy/", {"meeting": str(meeting.pk)})
    assert PlannedItem.objects.for_meeting(meeting).get().copied_from == first
    assert "Say why in a sentence" in words(staff.post(f"{PLAN}items/{first.pk}/withdraw/", {"reason": ""}))
    staff.post(f"{PLAN}items/{first.pk}/withdraw/", {"reason": "The law changed"})
    assert staff.get(f"{PLAN}items/{first.pk}/edit/").status_code == 404


def test_later_editor_of_an_item_sees_the_difference_and_may_save(staff, board):
    item = planned(board, "Winter")
    items.change(item=item, by=StaffFactory(name="Kofi Mensah"), purpose="information")
    given = {"role": "advisory", "purpose": "assurance", "lead": "", "report_due_on": "", "revision": "0"}
    page = words(staff.post(f"{PLAN}items/{item.pk}/edit/", given))
    assert "Kofi Mensah changed this on" in page
    assert "For information" in page
    assert staff.post(f"{PLAN}items/{item.pk}/edit/", given | {"revision": "1"}).status_code == 302


def test_result_is_refused_before_the_board_has_met(staff, board):
    item = planned(board, "Winter")
    page = words(staff.post(f"{PLAN}items/{item.pk}/result/", {"result": "Agreed by all"}))
    assert "The board has not met on it yet" in page
    assert "Agreed by all" in page


def test_lead_reads_the_topic_and_says_that_the_report_is_in(client, board):
    lead = UserFactory()
    due = timezone.localdate() + timedelta(days=3)
    meeting = MeetingFactory(board=board, state="draft")
    item = planned(board, "Winter", meeting=meeting, lead=lead, report_due_on=due)
    sign_in(client, lead)
    assert "Start the report “Winter”" in words(client.get("/home/"))
    assert f"{PLAN}items/{item.pk}/report/" in client.get(item.topic.get_absolute_url()).text
    assert client.get(f"{PLAN}items/{item.pk}/edit/").status_code == 403
    assert client.post(f"{PLAN}items/{item.pk}/report/").status_code == 302
    assert "Start the report" not in words(client.get("/home/"))


def test_staff_are_asked_about_late_reports_and_long_parked_topics(staff, board):
    planned(board, "Winter", lead=UserFactory(), report_due_on=timezone.localdate() - timedelta(days=1))
    for days in (91, 89):
        ParkedTopicFactory(board=board, parked_at=timezone.now() - timedelta(days=days))
    ParkedTopicFactory(board=board, parked_at=None, closed_at=timezone.now())
    page = words(staff.get("/home/"))
    assert "Ask for the report on “Winter”" in page
    assert "Place or close topics parked by the Council Board" in page
    assert "A topic has been parked for more than 90 days" in page


# --- standing items --------------------------------------------------------------------------------------------------


def form_of(page) -> dict[str, str]:
    """What a browser would send if nothing was typed."""
    found = dict(re.findall(r'name="((?:pk|title|place)_\d+|seen)"[^>]*?value="([^"]*)"', page))
    found |= dict(re.findall(r'value="([^"]*)"[^>]*?name="((?:pk|title|place)_\d+|seen)"', page))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        found[name] = (re.findall(r'value="(\w+)"\s+selected', options) or re.findall(r'value="(\w+)"', options))[0]
    return found


def test_usual_items_are_offered_and_saved(staff, board):
    page = staff.get(f"{PLAN}standing/").text
    assert "The usual ones are filled in for you" in page
    assert not standing_item.rows_of(board)
    given = form_of(page) | {"title_5": "Close", "title_6": "Petitions", "place_6": "2"}
    assert staff.post(f"{PLAN}standing/", given).status_code == 302
    titles = [row.title for row in standing_item.rows_of(board)]
    assert titles[0] == "Welcome and apologies"
    assert titles[2] == "Petitions"
    assert titles[-1] == "Close"


def test_standing_items_changed_meanwhile_are_not_overwritten(staff, board):
    given = form_of(staff.get(f"{PLAN}standing/").text)
    standing_item.write(board=board, by=None, rows=standing_item.USUAL)
    page = words(staff.post(f"{PLAN}standing/", given | {"title_1": "Hello"}))
    assert "Someone changed these items" in page
    assert 'value="Hello"' in page
    now = form_of(page)  # read again: the next time it is saved over what stands now
    assert staff.post(f"{PLAN}standing/", given | {"title_1": "Hello", "seen": now["seen"]}).status_code == 302


def test_standing_items_sent_without_what_was_seen_overwrite_nothing(staff, board):
    given = form_of(staff.get(f"{PLAN}standing/").text)
    standing_item.write(board=board, by=None, rows=standing_item.USUAL)
    del given["seen"]
    assert "Someone changed these items" in words(staff.post(f"{PLAN}standing/", given | {"title_1": "Hello"}))
    assert standing_item.rows_of(board)[0].title == "Welcome and apologies"


@pytest.mark.parametrize("sent", [{}, {"revision": "0"}, {"revision": "9"}], ids=["none", "old", "to come"])
def test_what_a_board_said_is_not_overwritten_unseen(staff, board, sent):
    item = planned(board, "Winter", meeting=MeetingFactory(board=board, starts_at=in_days(-3), state="held"))
    items.say_result(item=item, by=StaffFactory(name="Ann Lee"), result="Agreed.")
    address = f"{PLAN}items/{item.pk}/result/"
    page = words(staff.post(address, {"result": "Refused."} | sent))
    assert "after you opened it. Your answers are kept below" in page
    assert all(said in page for said in ("What is different", "Agreed.", "Refused.</textarea>"))
    item.refresh_from_db()
    assert item.result == "Agreed."
    assert staff.post(address, {"result": "Refused.", "revision": item.revision}).status_code == 302
    item.refresh_from_db()
    assert item.result == "Refused."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_2": "Welcome and apologies"}, "An item stands here twice"),
        ({"purpose_1": "fun"}, "Choose what item 1 is for from the list"),
        ({"place_1": "first"}, "must be a whole number"),
        ({"place_1": ""}, "Enter the place of item 1 in the order"),
    ],
)
def test_bad_standing_items_are_said(staff, board, changes, said):
    given = form_of(staff.get(f"{PLAN}standing/").text) | changes
    assert said in words(staff.post(f"{PLAN}standing/", given))
    assert not standing_item.rows_of(board)


# --- who may do what ---


def test_other_chair_knows_what_is_public_and_changes_nothing(client, board):
    item, closed = (
        planned(board, "Winter"),
        planned(board, "Pay", meeting=MeetingFactory(board=board, by_invitation=True)),
    )
    sign_in(client, ChairFactory().holder)
    for page in ("edit/", "report/", "result/", "move/"):
        assert client.get(f"{PLAN}items/{item.pk}/{page}").status_code == 403, page
        assert client.get(f"{PLAN}items/{closed.pk}/{page}").status_code == 404, page
    for page in ("edit/", "park/", "close/"):
        assert client.get(f"{item.topic.get_absolute_url()}{page}").status_code == 403, page
    assert client.get(f"{closed.topic.get_absolute_url()}plan/").status_code == 404


def test_who_chairs_no_board_plans_nothing(client, board):
    item = planned(board, "Winter")
    sign_in(client, AppointmentFactory(seat__board=board).holder)
    assert client.get(f"{item.topic.get_absolute_url()}plan/").status_code == 403
    assert "Plan it for a board" not in words(client.get(item.topic.get_absolute_url()))


def test_topic_is_planned_for_boards_that_exist_and_while_it_is_open(staff, board):
    topic = planned(board, "Winter").topic
    ended = BoardFactory(ends_on=in_days(-1).date())
    assert ended.name not in words(staff.get(f"{topic.get_absolute_url()}plan/"))
    assert "Plan it for a board" in words(staff.get(topic.get_absolute_url()))
    Topic.objects.update(closed_at=timezone.now(), closed_because="Nobody needs it.")
    assert "Plan it for a board" not in words(staff.get(topic.get_absolute_url()))


def test_item_moves_one_place_up_or_down(staff, board):
    meeting = MeetingFactory(board=board)
    first, second = (planned(board, title, meeting=meeting, position=place) for place, title in enumerate("ab"))
    for direction, order in (("down", [second, first]), ("up", [first, second])):
        staff.post(f"{PLAN}items/{first.pk}/shift/", {"direction": direction})
        assert list(PlannedItem.objects.for_meeting(meeting)) == order


# --- on other pages --------------------------------------------------------------------------------------------------


def test_board_and_place_show_what_comes_next_in_public(client, plan):
    place = PlaceFactory(slug="southwark")
    plan.places.add(place)
    for address in ("/boards/council-board/", "/places/southwark/"):
        page = words(client.get(address))
        assert "Winter" in page
        assert not [title for title in SECRET if title in page]
    other = PlaceFactory()
    other.boards.add(BoardFactory())
    assert "What boards take up next" not in words(client.get(other.get_absolute_url()))


def test_meeting_that_ended_early_is_not_what_comes_next(client, board):
    now, hour = timezone.now(), timedelta(hours=1)
    planned(
        board, "Winter", meeting=MeetingFactory(board=board, starts_at=now - hour, ends_at=now + hour, ended_at=now)
    )
    assert "Winter" not in words(client.get("/boards/council-board/"))


def test_topic_taken_off_a_meeting_is_planned_there_again(board):
    item = planned(board, "Winter")
    items.withdraw(item=item, by=None, reason="Not now.")
    again = {"role": "advisory", "purpose": "discussion", "lead": None, "needs_report": False}
    made = items.plan(topic=item.topic, board=board, by=None, meeting=item.meeting, **again)
    assert (made.meeting, made == item) == (item.meeting, False)


def test_form_of_an_executive_asks_about_key_and_private_items(client, staff, board):
    topic = TopicFactory(board=board)
    address = f"/topics/{topic.pk}/plan/?board=council-board"
    assert "key decision" not in words(client.get(address))
    board.regime, board.is_executive = "council", True
    board.save()
    page = words(client.get(address))
    assert "It is a key decision" in page
    assert "It is to be taken in private" in page
    answers = {"role": "advisory", "purpose": "decision", "is_key": "on"}
    assert "A key decision is decided" in words(client.post(address, answers))
    client.post(address, answers | {"role": "decisive"})
    item = PlannedItem.objects.get()
    assert (item.is_key, item.in_private) == (True, False)
    assert "Key decision" in words(client.get(topic.get_absolute_url()))


def test_plan_of_each_board_has_its_own_items_of_a_meeting_in_common(client, board):
    meeting = MeetingFactory(board=board)
    other = MeetingBoardFactory(meeting=meeting, board__name="Other Board").board
    planned(board, "Winter", meeting=meeting)
    planned(other, "Summer", meeting=meeting)
    for each, own, theirs in ((board, "Winter", "Summer"), (other, "Summer", "Winter")):
        page = words(client.get(f"/boards/{each.slug}/plan/"))
        assert own in page
        assert theirs not in page
    assert "In common with the Council Board." in page
