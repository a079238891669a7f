"""A meeting from first draft to closed file, and what is refused on the way."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meeting_actions
from partnership import dates
from partnership.audit.models import Entry
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    AgendaVersionFactory,
    BoardFactory,
    ChairFactory,
    InvitationFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    PlaceFactory,
    PlaceLeadFactory,
    RegistrationFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = StaffFactory(name="Priya Raman")
    sign_in(client, person)
    return person


def answers(board, **changes):
    whole = {
        "uid": str(uuid4()),
        "title": "September assembly",
        "kind": "assembly",
        "board": board.pk,
        "starts_at_day": dates.short_day(in_days(30)),
        "starts_at_clock": "9.30am",
        "ends_at_day": dates.short_day(in_days(30)),
        "ends_at_clock": "12.30pm",
        "format": "online",
    }
    return whole | changes


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def ready(**changes):
    """A draft that lacks nothing."""
    meeting = MeetingFactory(
        state="draft", joining_link="https://meet.example.org/a", discussion_question="What now?", **changes
    )
    MeetingPlaceFactory(meeting=meeting)
    meeting.exit_questions.create(kind="will_do", text="What I will do is…")
    return meeting


def asked(page: str) -> set[str]:
    """The names of the questions on the page, the two boxes of a time as one."""
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page)
    return {re.sub("_(day|clock)$", "", name) for name in names} - {"csrfmiddlewaretoken", "uid", "revision", "draft"}


def test_new_meeting_asks_only_for_what_is_needed_to_begin(client, staff):
    page = said(client.get("/meetings/new/"))
    assert asked(page) == {"title", "kind", "board", "starts_at", "ends_at", "format", "capacity"}


def test_each_further_question_has_its_own_part_in_the_overview(client, staff):
    draft = ready(format="hybrid")
    overview = said(client.get(f"/meetings/{draft.slug}/manage/"))
    parts = re.findall(r'href="(/meetings/[^"]+/manage/edit/[^"]+)"', overview)
    questions = [asked(said(client.get(address))) for address in dict.fromkeys(parts)]
    everywhere = set().union(*questions)
    place = draft.meeting_places.get().place_id
    fields = {
        "title", "slug", "kind", "board", "summary", "starts_at", "ends_at", "format", "venue_name", "venue_address",
        "venue_access", "joining_link", "joining_instructions", "places", "discussion_question", "question_1",
        "by_invitation", "registration_opens_at", "registration_closes_at", "offer_hours", "capacity",
        "allocation_released_on", f"seats_{place}", "letter", "letter_from",
    }  # fmt: skip
    assert fields <= everywhere
    assert max(len(one) for one in questions if "question_1" not in one) <= 5


def test_create_makes_a_draft_with_usual_questions_and_reminders(client, staff):
    response = client.post("/meetings/new/", answers(BoardFactory(), capacity="50"), follow=True)
    meeting = Meeting.objects.get()
    assert "Nobody else sees it until you publish it" in said(response)
    assert (meeting.state, meeting.capacity, meeting.offer_hours) == ("draft", 50, 48)
    assert meeting.created_by == staff
    assert meeting.slug == f"september-assembly-{in_days(30):%B-%Y}".lower()
    assert [(question.kind, question.text) for question in meeting.exit_questions.all()] == [
        ("will_do", "What I will do for my Place is…"),
        ("need", "What I need from other partners is…"),
    ]
    assert meeting.reminder_rules.exists()


def test_meeting_that_is_no_assembly_starts_without_exit_questions(client, staff):
    client.post("/meetings/new/", answers(BoardFactory(), kind="board"))
    assert not Meeting.objects.get().exit_questions.exists()


def test_places_and_seats_are_chosen_a_part_at_a_time(client, staff):
    halton, wirral = PlaceFactory(name="Halton"), PlaceFactory(name="Wirral")
    client.post("/meetings/new/", answers(BoardFactory(), capacity="50"))
    meeting = Meeting.objects.get()
    edit = f"/meetings/{meeting.slug}/manage/edit"
    client.post(f"{edit}/places/", {"revision": "0", "places": [halton.pk, wirral.pk]})
    assert InvitationList.objects.filter(meeting=meeting).count() == 2
    seats = {"revision": "1", "capacity": "50", "allocation_released_on": dates.short_day(in_days(20))}
    response = client.post(f"{edit}/capacity/", seats | {f"seats_{halton.pk}": "5"}, follow=True)
    assert "Capacity and seats: saved." in said(response)
    assert {row.place: row.seats for row in meeting.meeting_places.all()} == {halton: 5, wirral: None}


def test_create_twice_with_one_click_makes_one_meeting(client, staff):
    form = answers(BoardFactory())
    client.post("/meetings/new/", form)
    client.post("/meetings/new/", form)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"ends_at_clock": "9am"}, "The end must be after the start."),
        ({"starts_at_day": "31 February 2027"}, "There is no such day"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"format": ""}, "Select how people attend"),
        ({"kind": "party"}, "Choose the kind of meeting from the list"),
        ({"starts_at_day": "1 May 0209"}, "Enter a year from 1900 to 2199"),
        ({"starts_at_day": "1 May 1962"}, "Check the year of the start: it says 1962."),
        ({"ends_at_day": dates.short_day(in_days(61))}, "It would last 31 days. Check the date of the end."),
        ({"capacity": "9999999999"}, "less than or equal to 100000"),
    ],
)
def test_create_refuses_in_words_and_keeps_the_answers(client, staff, changes, message):
    board = BoardFactory(name="Kept board")
    response = client.post("/meetings/new/", answers(board, **changes))
    assert message in said(response)
    assert f'<option value="{board.pk}" selected>Kept board' in said(response)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("part", "changes", "message"),
    [
        ("details", {"slug": "new"}, "“new-meeting” is free"),
        ("details", {"slug": "not a slug"}, "Use only letters, numbers and hyphens"),
        ("details", {"slug": "september"}, "belongs to another meeting. “september-2” is free."),
        ("joining", {"joining_link": "call me"}, "Enter a full web address"),
        ("registration", {"registration_closes_at_day": "1 January 2020", "registration_closes_at_clock": "9am",
          "registration_opens_at_day": "2 January 2020", "registration_opens_at_clock": "9am"},
         "Registration must close after it opens on 2 January 2020 at 9am."),
        ("registration", {"registration_closes_at_day": dates.short_day(in_days(31)),
          "registration_closes_at_clock": "9am"}, "after the start on"),
        ("registration", {"registration_opens_at_day": dates.short_day(in_days(31)),
          "registration_opens_at_clock": "9am"}, "but the meeting starts on"),
        ("capacity", {"allocation_released_on": dates.short_day(in_days(31))}, "after the meeting."),
    ],
)  # fmt: skip
def test_part_refuses_in_words_and_saves_nothing(client, staff, part, changes, message):
    MeetingFactory(slug="september", state="draft")
    meeting = MeetingFactory(state="draft", starts_at=in_days(30), ends_at=in_days(30, 12), offer_hours=48)
    form = {"revision": "0", "title": "Kept words", "kind": "board", "board": meeting.board_id, "offer_hours": "24"}
    response = client.post(f"/meetings/{meeting.slug}/manage/edit/{part}/", form | changes)
    assert message in said(response)
    assert part != "details" or 'value="Kept words"' in said(response)
    meeting.refresh_from_db()
    assert (meeting.revision, meeting.offer_hours) == (0, 48)


def test_kept_seats_above_capacity_are_refused(client, staff):
    row = MeetingPlaceFactory(meeting__state="draft", meeting__starts_at=in_days(30), meeting__ends_at=in_days(30, 12))
    other = MeetingPlaceFactory(meeting=row.meeting)
    seats = {f"seats_{row.place_id}": "30", f"seats_{other.place_id}": "25"}
    form = {"revision": "0", "capacity": "50", "allocation_released_on": dates.short_day(in_days(20))} | seats
    page = said(client.post(f"/meetings/{row.meeting.slug}/manage/edit/capacity/", form))
    assert "The seats kept for places add up to 55, more than the capacity of 50." in page
    row.refresh_from_db()
    assert row.seats is None


def test_capacity_below_the_places_taken_is_refused_with_the_number(client, staff):
    meeting = MeetingFactory(capacity=10)
    for number in range(1, 4):
        RegistrationFactory(meeting=meeting, place_number=number)
    RegistrationFactory(meeting=meeting, state="cancelled", place_number=None)
    form = {"revision": "0", "capacity": "2"}
    response = client.post(f"/meetings/{meeting.slug}/manage/edit/capacity/", form)
    assert "3 people already hold a place, so the capacity cannot be less than 3." in said(response)
    meeting.refresh_from_db()
    assert meeting.capacity == 10
    client.post(f"/meetings/{meeting.slug}/manage/edit/capacity/", form | {"capacity": "3"})
    meeting.refresh_from_db()
    assert meeting.capacity == 3


def test_kept_seats_below_those_sitting_in_them_are_refused():
    row = MeetingPlaceFactory(meeting__capacity=9, meeting__allocation_released_on=in_days(20).date(), seats=4)
    for number in (1, 2):
        RegistrationFactory(meeting=row.meeting, place_number=number, place=row.place, from_allocation=True)
    with pytest.raises(Refusal, match=f"2 people sit in seats kept for {row.place}: keep at least 2"):
        meeting_actions.edit(meeting=row.meeting, by=None, revision=0, seats={row.place: 1})


def test_host_board_stays_once_its_chair_published_the_agenda():
    meeting = AgendaVersionFactory().meeting
    with pytest.raises(Refusal, match="so you cannot change the host board"):
        meeting_actions.edit(meeting=meeting, by=None, revision=0, board=BoardFactory())


def test_format_that_shuts_people_out_is_refused():
    meeting = MeetingFactory(format="hybrid")
    RegistrationFactory(meeting=meeting, attendance="in_person")
    with pytest.raises(Refusal, match="1 person is coming in person"):
        meeting_actions.edit(meeting=meeting, by=None, revision=0, format="online")


def test_place_with_people_on_its_list_stays(client, staff):
    row = MeetingPlaceFactory()
    listed = InvitationList.objects.create(meeting=row.meeting, place=row.place)
    listed.entries.create(email="a@example.org", name="A")
    with pytest.raises(Refusal, match="1 person is on the invitation list"):
        meeting_actions.edit(meeting=row.meeting, by=staff, revision=0, places=[])


def test_time_of_a_published_meeting_changes_only_by_moving_it(client, staff):
    meeting = MeetingFactory()
    page = said(client.get(f"/meetings/{meeting.slug}/manage/edit/when/"))
    assert "starts_at" not in page
    assert "move the meeting" in page
    with pytest.raises(Refusal, match="Use “Move the meeting”"):
        meeting_actions.edit(meeting=meeting, by=staff, revision=0, starts_at=in_days(20))


def test_second_person_is_told_shown_the_difference_and_may_save_over(client, staff):
    meeting = MeetingFactory(title="Assembly", summary="Old words")
    letter = {"revision": "0", "letter": "Mine", "letter_from": "Alan Yates"}
    other = StaffFactory(name="Kofi Mensah")
    meeting_actions.edit(meeting=meeting, by=other, revision=0, letter="Theirs")
    address = f"/meetings/{meeting.slug}/manage/edit/letter/"
    page = said(client.post(address, letter))
    assert "Kofi Mensah changed this on" in page
    assert '<td class="govuk-table__cell">Theirs</td>' in page
    assert '<td class="govuk-table__cell">Mine</td>' in page
    assert "Signed by</th>" in page
    meeting.refresh_from_db()
    assert meeting.letter == "Theirs"
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    assert revision == "1"
    client.post(address, letter | {"revision": revision})
    meeting.refresh_from_db()
    assert (meeting.letter, meeting.revision) == ("Mine", 2)


def test_letter_preview_keeps_the_answers_and_saves_nothing(client, staff):
    meeting = MeetingFactory(letter="As it stands")
    address = f"/meetings/{meeting.slug}/manage/edit/letter/"
    words = "Dear **colleague**,\n\n<script>alert(1)</script>\n\n- one"
    form = {"revision": "0", "letter": words, "letter_from": "Alan Yates", "preview": "Preview"}
    page = said(client.post(address, form))
    shown, rest = page.split("</section>", 1)
    assert "Nothing is saved yet." in shown
    assert "<strong>colleague</strong>" in shown
    assert "<li>one</li>" in re.sub(r"<li>\s*|\s*</li>", lambda tag: tag[0].strip(), shown)
    assert "<script>alert" not in page
    assert "Alan Yates" in shown
    assert "Dear **colleague**," in rest
    assert 'value="Alan Yates"' in rest
    assert shown.index("Nothing is saved yet.") > page.index("<h1")
    meeting.refresh_from_db()
    assert (meeting.letter, meeting.letter_from, meeting.revision) == ("As it stands", "", 0)


def test_saving_after_a_preview_still_tells_the_second_person(client, staff):
    meeting = MeetingFactory()
    address = f"/meetings/{meeting.slug}/manage/edit/letter/"
    form = {"revision": "0", "letter": "Mine"}
    meeting_actions.edit(meeting=meeting, by=StaffFactory(name="Kofi Mensah"), revision=0, letter="Theirs")
    page = said(client.post(address, form | {"preview": "Preview"}))
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    assert "Kofi Mensah changed this on" in said(client.post(address, form | {"revision": revision}))


def test_only_the_letter_has_a_preview(client, staff):
    meeting = MeetingFactory(state="draft", summary="Old")
    edit = f"/meetings/{meeting.slug}/manage/edit"
    assert ">Preview<" in re.sub(r">\s+|\s+<", lambda space: space[0].strip(), said(client.get(f"{edit}/letter/")))
    assert "Preview" not in said(client.get(f"{edit}/discussion/"))
    client.post(f"{edit}/discussion/", {"revision": "0", "discussion_question": "What now?", "preview": "Preview"})
    meeting.refresh_from_db()
    assert meeting.discussion_question == "What now?"


def test_people_who_change_different_things_do_not_meet(client, staff):
    meeting = MeetingFactory()
    meeting_actions.edit(meeting=meeting, by=StaffFactory(), revision=0, discussion_question="What now?")
    client.post(f"/meetings/{meeting.slug}/manage/edit/letter/", {"revision": "0", "letter": "Dear all"})
    meeting.refresh_from_db()
    assert (meeting.discussion_question, meeting.letter, meeting.revision) == ("What now?", "Dear all", 2)


def test_saving_what_stands_changes_nothing(client, staff):
    meeting = MeetingFactory(letter="Dear all")
    address = f"/meetings/{meeting.slug}/manage/edit/letter/"
    for _ in range(2):
        client.post(address, {"revision": "0", "letter": "Dear colleague"})
    meeting.refresh_from_db()
    assert meeting.revision == 1


def test_time_with_seconds_saved_as_it_is_shown_changes_nothing(client, staff):
    meeting = MeetingFactory(registration_opens_at=in_days(-3, 9, 2) + timedelta(seconds=27))
    form = {
        "revision": "0",
        "registration_opens_at_day": dates.short_day(in_days(-3)),
        "registration_opens_at_clock": "9.02am",
        "offer_hours": "48",
    }
    client.post(f"/meetings/{meeting.slug}/manage/edit/registration/", form)
    meeting.refresh_from_db()
    assert meeting.revision == 0


def test_change_that_calendars_show_raises_the_sequence():
    draft, known = MeetingFactory(state="draft"), MeetingFactory()
    for meeting in (draft, known):
        meeting_actions.edit(meeting=meeting, by=None, revision=0, joining_link="https://meet.example.org/b")
        meeting_actions.edit(meeting=meeting, by=None, revision=1, letter="Dear all")
        meeting.refresh_from_db()
    assert (draft.sequence, known.sequence) == (0, 1)


def test_part_of_a_draft_calls_nothing_optional_that_publishing_asks(client, staff):
    meeting = MeetingFactory(state="draft", kind="assembly", format="hybrid", created_by=staff)
    for part, fields in {"details": 1, "venue": 3, "joining": 1, "places": 1, "discussion": 1}.items():
        page = client.get(f"/meetings/{meeting.slug}/manage/edit/{part}/").text
        assert page.count("(needed before you publish)") == fields, part
    other = MeetingFactory(state="draft", kind="workshop", format="online", created_by=staff)
    for part in ("venue", "places", "discussion"):
        assert "(needed before" not in client.get(f"/meetings/{other.slug}/manage/edit/{part}/").text


def test_publish_lists_what_is_missing_in_words(client, staff):
    meeting = MeetingFactory(state="draft", format="hybrid", summary="")
    page = said(client.get(f"/meetings/{meeting.slug}/manage/publish/"))
    wanted = ["say what the meeting is about", "name the venue", "give the joining link", "choose the places"]
    for what in wanted:
        assert what in page
    page = said(client.post(f"/meetings/{meeting.slug}/manage/publish/", follow=True))
    assert "Before you publish: say what the meeting is about; name the venue;" in page
    meeting.refresh_from_db()
    assert meeting.state == "draft"


def test_published_meeting_keeps_what_it_needed_to_be_published(client, staff):
    meeting = ready()
    meeting_actions.publish(meeting=meeting, by=staff)
    address = f"/meetings/{meeting.slug}/manage/edit/when/"
    page = said(client.post(address, {"revision": "1", "format": "hybrid"}))
    assert "you still need to name the venue; give the address of the venue;" in page
    assert "Add it in its own section first, then choose the format." in page
    page = said(client.post(f"/meetings/{meeting.slug}/manage/edit/joining/", {"revision": "1", "joining_link": ""}))
    assert "you still need to give the joining link" in page
    meeting.refresh_from_db()
    assert (meeting.format, meeting.joining_link) == ("online", "https://meet.example.org/a")


def test_venue_entered_before_a_new_format_is_told_with_the_format(client, staff):
    meeting = ready()
    meeting_actions.publish(meeting=meeting, by=staff)
    InvitationFactory(meeting=meeting)
    edit = f"/meetings/{meeting.slug}/manage/edit"
    assert f"{edit}/venue/" in said(client.get(f"/meetings/{meeting.slug}/manage/"))
    venue = {"revision": "1", "venue_name": "Town Hall", "venue_address": "1 High Street", "venue_access": "A lift"}
    client.post(f"{edit}/venue/", venue)
    meeting.refresh_from_db()
    assert (meeting.venue_name, meeting.sequence, Message.objects.count()) == ("Town Hall", 0, 0)
    client.post(f"{edit}/when/", {"revision": "2", "format": "hybrid"})
    meeting.refresh_from_db()
    assert (meeting.format, meeting.sequence) == ("hybrid", 1)
    assert "Town Hall" in Message.objects.get().text


def test_publish_opens_the_meeting_once(client, staff):
    meeting = ready()
    assert "Anyone will be able to see its page" in said(client.get(f"/meetings/{meeting.slug}/manage/publish/"))
    for _ in range(2):
        page = said(client.post(f"/meetings/{meeting.slug}/manage/publish/", follow=True))
    meeting.refresh_from_db()
    assert meeting.state == "published"
    assert meeting.published_at is not None
    assert "This is already published" in page


def test_publish_refuses_a_start_in_the_past():
    meeting = ready(starts_at=in_days(-1))
    with pytest.raises(Refusal, match="choose a start in the future"):
        meeting_actions.publish(meeting=meeting, by=None)


def test_hold_waits_for_the_start_and_close_for_that(client, staff):
    meeting = MeetingFactory()
    page = said(client.post(f"/meetings/{meeting.slug}/manage/hold/", follow=True))
    assert "The meeting has not started." in page
    page = said(client.post(f"/meetings/{meeting.slug}/manage/close/", follow=True))
    assert "This is already published, so it cannot become closed." in page
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    client.post(f"/meetings/{meeting.slug}/manage/hold/")
    client.post(f"/meetings/{meeting.slug}/manage/close/")
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    with pytest.raises(Refusal, match="it can no longer be changed"):
        meeting_actions.edit(meeting=meeting, by=staff, revision=meeting.revision, letter="Late")


def test_overview_says_what_to_do_next_and_how_far_it_has_come(client, staff):
    meeting = ready(summary="")
    page = said(client.get(f"/meetings/{meeting.slug}/manage/"))
    assert re.search(r"What to do next:</strong> <a[^>]*>Title and what it is about<", page)
    assert "<dt>Lists signed off</dt><dd>0 of 0</dd>" in page
    assert "First: say what the meeting is about" in page


def states(client, meeting) -> dict[str, str]:
    """What the overview says of each task."""
    page = said(client.get(f"/meetings/{meeting.slug}/manage/"))
    rows = re.findall(r'govuk-task-list__link"[^>]*>([^<]+)<.*?__status"[^>]*>(.*?)</div>', page)
    return {name: re.sub("<[^>]+>", "", state).strip() for name, state in rows}


def test_overview_of_a_new_assembly_says_what_is_left_to_publish(client, staff):
    client.post("/meetings/new/", answers(BoardFactory(), format="hybrid"))
    meeting = Meeting.objects.get()
    said_of = states(client, meeting)
    assert "You have done 2 of 7." in said(client.get(f"/meetings/{meeting.slug}/manage/"))
    assert said_of["Title and what it is about"] == "Partly done"
    assert said_of["Date and format"] == said_of["Exit questions"] == "Done"
    for name in ("Venue and access", "Joining online", "Places that take part", "Question for discussion"):
        assert said_of[name] == "Not started"
    assert said_of["Registration"] == said_of["Capacity and seats"] == "Optional"
    assert said_of["Letter from the chair"] == "Not started"
    assert said_of["Publish the meeting"] == "Cannot start yet"
    meeting_actions.edit(meeting=meeting, by=staff, revision=0, venue_name="Town Hall")
    assert states(client, meeting)["Venue and access"] == "Partly done"


@pytest.mark.parametrize(("kind", "parts"), [("assembly", 6), ("board", 3)])
def test_what_the_overview_calls_needed_is_what_publishing_asks_for(client, staff, kind, parts):
    meeting = ready(kind=kind)
    page = said(client.get(f"/meetings/{meeting.slug}/manage/"))
    assert f"You have done {parts} of {parts}." in page
    assert states(client, meeting)["Publish the meeting"] == "Not started"


def test_board_is_asked_for_its_agenda_and_not_for_a_programme(client, staff):
    meeting = MeetingFactory(kind="board", joining_link="https://meet.example.org/a")
    page = said(client.get(f"/meetings/{meeting.slug}/manage/"))
    assert re.search(r"What to do next:</strong> <a[^>]*>Agenda<", page)
    assert states(client, meeting)["Programme"] == "Optional"
    assert states(client, MeetingFactory(kind="assembly"))["Programme"] == "Not started"


@pytest.mark.parametrize(("state", "steps"), [("cancelled", 0), ("closed", 0), ("held", 1)])
def test_overview_of_a_past_meeting_asks_only_to_close_it(client, staff, state, steps):
    meeting = ready(summary="")
    Meeting.objects.filter(pk=meeting.pk).update(state=state, published_at=timezone.now())
    page = said(client.get(f"/meetings/{meeting.slug}/manage/"))
    assert page.count("What to do next") == steps
    assert not steps or re.search(r"What to do next:</strong> <a[^>]*>Close the meeting<", page)


def test_overview_shows_a_lead_their_place_and_a_chair_the_agenda(client):
    meeting = ready()
    own, other = MeetingPlaceFactory(meeting=meeting), MeetingPlaceFactory(meeting=meeting)
    address = f"/meetings/{meeting.slug}/manage/"
    sign_in(client, PlaceLeadFactory(place=own.place).user)
    page = said(client.get(address))
    assert f"Introduction of {own.place}<" in page
    assert str(other.place) not in page
    assert "Registered" not in page
    sign_in(client, ChairFactory(seat__board=meeting.board).holder)
    page = said(client.get(address))
    assert "Your letter" in page
    assert "Agenda" in page
    assert "Introduction of" not in page


@pytest.mark.parametrize("page", ["", "edit/details/", "publish/", "hold/", "close/"])
def test_manage_pages_of_a_draft_do_not_exist_for_others(client, page):
    meeting = MeetingFactory(state="draft")
    sign_in(client, UserFactory())
    assert client.get(f"/meetings/{meeting.slug}/manage/{page}").status_code == 404


def test_lead_may_not_edit_and_chair_only_the_letter(client):
    row = MeetingPlaceFactory()
    address = f"/meetings/{row.meeting.slug}/manage/edit/"
    sign_in(client, PlaceLeadFactory(place=row.place).user)
    assert client.get(f"{address}letter/").status_code == 403
    sign_in(client, ChairFactory(seat__board=row.meeting.board).holder)
    assert client.get(f"{address}letter/").status_code == 200
    assert client.get(f"{address}details/").status_code == 403
    assert client.post(f"{address}details/", {"title": "Mine"}).status_code == 403


def test_deleting_a_draft_says_first_what_else_is_deleted(client, staff):
    meeting = ready()
    listed = InvitationList.objects.create(meeting=meeting, place=meeting.meeting_places.get().place)
    listed.entries.create(email="a@example.org", name="A")
    address = f"/meetings/{meeting.slug}/manage/delete/"
    assert "This also deletes its invitation lists (1 person)." in said(client.get(address))
    page = said(client.post(address, follow=True))
    assert f"The draft of “{meeting.title}” is deleted." in page
    assert not Meeting.objects.exists()
    assert Entry.objects.filter(verb="meeting.draft_deleted").exists()


def test_meeting_people_know_of_is_not_deleted(client, staff):
    meeting = MeetingFactory()
    assert client.post(f"/meetings/{meeting.slug}/manage/delete/").url.endswith("/manage/cancel/")
    with pytest.raises(Refusal, match="Cancel it instead"):
        meeting_actions.delete_draft(meeting=meeting, by=staff)
    assert Meeting.objects.exists()


def test_only_staff_create_meetings(client):
    sign_in(client, ChairFactory().holder)
    assert client.get("/meetings/new/").status_code == 403
