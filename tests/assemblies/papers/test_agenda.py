"""The agenda: who publishes it, by when, late only as urgent, and changed only by another version."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assemblies.meetings.models import Follower
from assemblies.papers import deadline
from assemblies.papers.actions import agenda, agenda_publication
from assemblies.papers.models import AgendaItem, AgendaVersion
from partnership import dates
from partnership.boards.models import Board
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    BoardFactory,
    ChairFactory,
    DocumentFactory,
    MeetingFactory,
    MeetingPlaceFactory,
    PlaceLeadFactory,
    StaffFactory,
    UserFactory,
    in_days,
)
from tests.signed_in import sign_in

LONDON = ZoneInfo("Europe/London")
pytestmark = pytest.mark.django_db


def said(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def meeting():
    return MeetingFactory(title="Partnership Board", board=BoardFactory(clear_days=5, day_kind=Board.DayKind.WORKING))


@pytest.fixture
def chair(meeting):
    return ChairFactory(seat__board=meeting.board, holder__name="Alan Yates").holder


def write(meeting, title="Places at their best", **changes):
    facts = {"purpose": "discussion", "presenter": "Alan Yates", "summary": "", "starts_at": None, "documents": []}
    return agenda.write_item(meeting=meeting, by=None, item=None, title=title, **(facts | changes))


def publish(meeting, chair, **changes):
    draft = agenda.draft_of(meeting)
    return agenda_publication.publish(
        meeting=meeting, by=chair, **({"seen": agenda_publication.fingerprint(draft)} | changes)
    )


def late(meeting):
    """The same meeting, so near that the last day has passed."""
    meeting.starts_at, meeting.ends_at = in_days(3), in_days(3, 12, 0)
    meeting.save()
    return meeting


@pytest.mark.parametrize(("hour", "is_late"), [(time(11, 59), False), (time(12, 0), False), (time(12, 1), True)])
def test_agenda_after_the_boards_hour_on_the_last_day_is_late(client, meeting, chair, hour, is_late):
    Board.objects.update(publish_by=time(12))
    meeting.board.refresh_from_db()
    write(meeting)
    now = datetime.combine(deadline.of(meeting).last_day, hour, tzinfo=LONDON)
    if is_late:
        with pytest.raises(Refusal, match="It is too late by the board’s rule"):
            publish(meeting, chair, now=now)
    version = publish(meeting, chair, now=now, urgent_reason="The court decided today.")
    assert version.is_urgent is is_late
    assert (version.due_by, version.due) == (time(12), f"12pm on {dates.day(version.due_on)}")
    Board.objects.update(publish_by=time(18))  # the rule then stays with it
    assert ("It had to be published by 12pm on" in said(client.get(meeting.get_absolute_url()))) is is_late


@pytest.mark.parametrize(("hour", "is_late"), [(time(17, 0), False), (time(17, 1), True)])
def test_meeting_that_moves_looks_at_the_hour_the_agenda_came_out(meeting, chair, hour, is_late):
    write(meeting)
    publish(meeting, chair)
    earlier = meeting.starts_at - timedelta(days=7)
    until = meeting.board.publish_until(timezone.localdate(earlier))
    AgendaVersion.objects.update(published_at=datetime.combine(until, hour, tzinfo=LONDON))
    assert deadline.late_for(meeting, earlier) == (until if is_late else None)


def test_page_shows_the_last_day_and_the_days_left(client, meeting, chair):
    sign_in(client, chair)
    write(meeting)
    found = deadline.of(meeting)
    page = said(client.get(f"/meetings/{meeting.slug}/manage/agenda/publish/"))
    assert f"Publish it by 5pm on {dates.day(found.last_day)}.</strong> {found.left} working days are left" in page


def test_the_chair_of_the_host_board_publishes(client, meeting, chair):
    sign_in(client, chair)
    write(meeting)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    seen = re.search(r'name="seen" value="(\w+)"', said(client.get(address)))[1]
    page = said(client.post(address, {"seen": seen}, follow=True))
    assert "Version 1 of the agenda is published." in page
    version = AgendaVersion.objects.get()
    assert (version.state, version.published_by, version.urgent_reason) == ("published", chair, "")
    assert version.due_on == deadline.of(meeting).last_day


@pytest.mark.parametrize(
    ("followers", "told"),
    [
        (0, "Nobody else sits on the board and nobody follows this meeting, so nobody is emailed."),
        (1, "We email 1 person who follows this meeting: one email, “papers are out”."),
        (2, "We email 2 people who follow this meeting: one email, “papers are out”."),
    ],
)
def test_who_was_told_and_the_meeting_follow_on_publishing(client, meeting, chair, followers, told):
    for number in range(followers):
        Follower.objects.create(
            meeting=meeting, email=f"f{number}@example.org", key=f"{number}", confirmed_at=timezone.now()
        )
    Follower.objects.create(meeting=meeting, email="unconfirmed@example.org", key="u")
    write(meeting)
    sign_in(client, chair)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    page = said(client.post(f"/meetings/{meeting.slug}/manage/agenda/publish/", {"seen": seen}, follow=True))
    assert f"Version 1 of the agenda is published. {told}" in page
    assert f'href="{meeting.get_absolute_url()}#agenda">See it on the meeting’s page</a>' in page


def test_consultative_forum_has_no_item_for_decision(client, meeting, chair):
    Board.objects.update(kind=Board.Kind.FORUM)
    with pytest.raises(Refusal, match="consultative forum") as refused:
        write(meeting, purpose="decision")
    assert refused.value.field == "purpose"
    sign_in(client, chair)
    add = f"/meetings/{meeting.slug}/manage/agenda/items/add/"
    assert 'value="decision"' not in client.get(add).text
    page = said(client.post(add, {"title": "The plan", "purpose": "decision"}))
    assert "Choose what it is for from the list" in page
    assert 'value="The plan"' in page


def test_board_that_became_a_forum_publishes_no_decisions(meeting, chair):
    item = write(meeting, purpose="decision")
    Board.objects.update(kind=Board.Kind.FORUM)
    with pytest.raises(Refusal, match="item 1, “Places at their best”, is for decision"):
        publish(meeting, chair)
    meeting.board.refresh_from_db()
    agenda.write_item(meeting=meeting, by=None, item=item, documents=[], purpose="discussion")
    assert publish(meeting, chair).number == 1


def check_refused(client, meeting, person) -> None:
    sign_in(client, person)
    write(meeting)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    for response in (client.get(address), client.post(address, {"seen": seen})):
        assert response.status_code in (403, 404)
    assert not AgendaVersion.objects.published().exists()


def test_staff_do_not_publish_it(client, meeting, chair):
    check_refused(client, meeting, StaffFactory())


def test_chair_of_another_board_does_not_publish_it(client, meeting, chair):
    check_refused(client, meeting, ChairFactory().holder)


@pytest.mark.parametrize("page", ["", "publish/"])
def test_another_chair_reads_who_publishes_the_agenda(client, meeting, chair, page):
    write(meeting)
    sign_in(client, ChairFactory().holder)
    address = f"/meetings/{meeting.slug}/manage/agenda/{page}"
    response = client.get(address)
    assert response.status_code == 403
    assert f"{meeting.board}</a>, Alan Yates, publishes the agenda of this meeting." in said(response)
    chair.appointments.all().delete()
    assert "The board has no chair today" in said(client.get(address))
    meeting.state, meeting.published_at = "draft", None
    meeting.save()
    assert client.get(address).status_code == 404


def test_chair_whose_term_ended_yesterday_does_not_publish_it(client, meeting):
    yesterday = timezone.localdate() - timedelta(days=1)
    check_refused(client, meeting, ChairFactory(seat__board=meeting.board, ends_on=yesterday).holder)


def test_chair_whose_term_begins_tomorrow_does_not_publish_it(client, meeting):
    tomorrow = timezone.localdate() + timedelta(days=1)
    check_refused(client, meeting, ChairFactory(seat__board=meeting.board, starts_on=tomorrow).holder)


def test_chair_on_the_last_day_of_the_term_publishes(client, meeting):
    chair = ChairFactory(seat__board=meeting.board, ends_on=timezone.localdate()).holder
    sign_in(client, chair)
    write(meeting)
    assert client.get(f"/meetings/{meeting.slug}/manage/agenda/publish/").status_code == 200


def test_place_lead_sees_no_agenda_to_draft(client, meeting):
    lead = PlaceLeadFactory()
    MeetingPlaceFactory(meeting=meeting, place=lead.place)
    sign_in(client, lead.user)
    assert client.get(f"/meetings/{meeting.slug}/manage/agenda/").status_code == 403


def test_late_agenda_needs_a_reason_and_shows_it_as_urgent(client, meeting, chair):
    write(late(meeting))
    sign_in(client, chair)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    page = said(client.get(address))
    assert "It had to be published by 5pm on" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert "Say why this is urgent and cannot wait" in said(client.post(address, {"seen": seen, "urgent_reason": " "}))
    assert not AgendaVersion.objects.published().exists()
    client.post(address, {"seen": seen, "urgent_reason": "The grant closes on Friday."})
    version = AgendaVersion.objects.get()
    assert (version.is_urgent, version.urgent_reason) == (True, "The grant closes on Friday.")


def test_late_action_refuses_without_a_reason(meeting, chair):
    write(late(meeting))
    with pytest.raises(Refusal, match="It is too late by the board’s rule"):
        publish(meeting, chair, urgent_reason="  ")


def test_in_time_keeps_no_reason(meeting, chair):
    write(meeting)
    assert publish(meeting, chair, urgent_reason="No need.").urgent_reason == ""


def test_later_change_makes_a_version_with_its_own_time_and_note(meeting, chair):
    write(meeting)
    first = publish(meeting, chair)
    write(meeting, "Recovery")
    second = publish(meeting, chair, comment=" The board asked for it. ")
    assert (second.number, second.change_note) == (2, "Added: “Recovery”.")
    assert second.comment == "The board asked for it."
    assert second.published_at > first.published_at
    assert [item.title for item in first.items.all()] == ["Places at their best"]
    assert [item.title for item in second.items.all()] == ["Places at their best", "Recovery"]


def rewrite(meeting, **changes):
    """Changes the one item of the draft of the next version; its papers stay unless they are given."""
    item = agenda.revise(meeting=meeting, by=None).items.first()
    given = {"documents": list(item.documents.all())} | changes
    return agenda.write_item(meeting=meeting, by=None, item=item, **given)


def test_late_change_without_new_business_needs_no_reason(meeting, chair):
    write(meeting, "Gone")
    write(meeting, documents=[DocumentFactory(meeting=meeting)])
    publish(meeting, chair)
    draft = agenda.revise(meeting=late(meeting), by=None)
    agenda.remove_item(item=draft.items.get(position=1), by=None)
    rewrite(meeting, presenter="Sam Lee", starts_at=meeting.starts_at, documents=[])
    assert not publish(meeting, chair).is_urgent


NEW_BUSINESS = {
    "an item is added": lambda meeting: write(meeting, "Late item"),
    "an item is renamed": lambda meeting: rewrite(meeting, title="Something else"),
    "an item is now for decision": lambda meeting: rewrite(meeting, purpose="decision"),
    "an item has another summary": lambda meeting: rewrite(meeting, summary="It now costs £2 million."),
    "an old item has a paper": lambda meeting: rewrite(meeting, documents=[DocumentFactory(meeting=meeting)]),
}


@pytest.mark.parametrize("change", NEW_BUSINESS.values(), ids=NEW_BUSINESS)
def test_late_new_business_needs_a_reason_and_is_marked(client, meeting, chair, change):
    write(meeting)
    publish(meeting, chair)
    change(late(meeting))
    for empty in ("", ".", " . . ", "---", "Urgent!"):
        with pytest.raises(Refusal, match="It is too late by the board’s rule"):
            publish(meeting, chair, urgent_reason=empty)
    assert publish(meeting, chair, urgent_reason="Court order.").is_urgent
    page = said(client.get(meeting.get_absolute_url()))
    assert "Published late, because:</strong> Court order." in page


def test_newer_file_and_added_paper_are_named_each(meeting, chair):
    old, other = DocumentFactory(meeting=meeting, title="Costs"), DocumentFactory(meeting=meeting, title="Risks")
    write(meeting, documents=[old])
    publish(meeting, chair)
    newer = DocumentFactory(meeting=meeting, title="Costs", replaces=old, released_at=None)
    rewrite(meeting, documents=[newer, other])
    assert publish(meeting, chair).change_note.splitlines() == [
        "Paper added: “Risks” (item 1).",
        "Paper replaced: “Costs” (item 1).",
    ]
    rewrite(meeting, documents=[newer])
    assert publish(meeting, chair).change_note == "Paper removed: “Risks” (item 1)."


def test_list_of_changes_cannot_be_worded_by_the_chair(client, meeting, chair):
    Follower.objects.create(meeting=meeting, email="f@example.org", key="a", confirmed_at=timezone.now())
    write(meeting)
    publish(meeting, chair)
    rewrite(meeting, title="Closing the clinic")
    sign_in(client, chair)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    page = said(client.get(address))
    assert "<li>Renamed: “Places at their best” is now “Closing the clinic”.</li>" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post(address, {"seen": seen, "change_note": "Nothing much.", "comment": "At the council's wish."})
    client.logout()
    mail = Message.objects.get(subject__startswith="More papers").text
    for shown in (said(client.get(meeting.get_absolute_url())), mail):
        assert "Renamed: “Places at their best” is now “Closing the clinic”." in shown
        assert "At the council" in shown
        assert "Nothing much" not in shown


def test_note_is_made_from_the_differences(client, meeting, chair):
    gone, kept = write(meeting, "Gone"), write(meeting, "Kept")
    publish(meeting, chair)
    draft = agenda.revise(meeting=meeting, by=None)
    was_gone, was_kept = draft.items.order_by("position")
    agenda.remove_item(item=was_gone, by=None)
    at = meeting.starts_at + timedelta(minutes=30)
    agenda.write_item(
        meeting=meeting, by=None, item=was_kept, title="Renamed", purpose="decision", starts_at=at, documents=[]
    )
    write(meeting, "New")
    sign_in(client, chair)
    page = said(client.get(f"/meetings/{meeting.slug}/manage/agenda/publish/"))
    for line in (
        "Added: “New”.",
        "Removed: “Gone”.",
        "Renamed: “Kept” is now “Renamed”.",
        "New time: “Renamed” at 10am.",
    ):
        assert line in page
    assert gone.pk != kept.pk


def form_of(page: str, **answers) -> dict:
    """The answers that stand in the form of an item, with its hidden revision."""
    return {"revision": re.search(r'name="revision" value="(\d*)"', page)[1], "purpose": "discussion"} | answers


def test_later_editor_of_an_item_sees_the_difference_and_may_save(client, meeting, chair):
    paper = DocumentFactory(meeting=meeting, kind="paper", title="Topics parked")
    item = write(meeting, "Topics", presenter="Alan Yates")
    address = f"/meetings/{meeting.slug}/manage/agenda/items/{item.pk}/"
    sign_in(client, chair)
    mine = form_of(said(client.get(address)), title="Topics, mine", starts_at="10am", documents=[paper.pk])
    agenda.write_item(
        meeting=meeting, by=StaffFactory(name="Kofi Mensah"), item=item, title="Topics, theirs", purpose="discussion",
        presenter="Alan Yates", summary="", starts_at=meeting.starts_at, documents=[],
    )  # fmt: skip
    page = said(client.post(address, mine))
    assert "Kofi Mensah changed this on" in page
    for theirs, yours in (("Topics, theirs", "Topics, mine"), ("9.30am", "10am"), ("none", "Topics parked")):
        assert f'{theirs}</td> <td class="govuk-table__cell">{yours}</td>' in page
    assert "What it is for</th>" not in page
    assert 'value="Topics, mine"' in page
    item.refresh_from_db()
    assert (item.title, item.documents.count(), item.revision) == ("Topics, theirs", 0, 1)
    client.post(address, form_of(page) | mine | {"revision": "1"})
    item.refresh_from_db()
    assert (item.title, list(item.documents.all()), item.revision) == ("Topics, mine", [paper], 2)


def test_item_saved_as_it_stands_or_twice_counts_as_one_change(client, meeting, chair):
    item = write(meeting, "Topics")
    address = f"/meetings/{meeting.slug}/manage/agenda/items/{item.pk}/"
    sign_in(client, chair)
    form = form_of(said(client.get(address)), title="Topics now", presenter="Alan Yates")
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.revision) == ("Topics now", 1)


def test_version_that_differs_in_nothing_is_refused(meeting, chair):
    write(meeting)
    publish(meeting, chair)
    agenda.revise(meeting=meeting, by=None)
    with pytest.raises(Refusal, match="Nothing has changed"):
        publish(meeting, chair, comment="Something.")


def test_papers_are_released_with_the_agenda_and_others_are_not(meeting, chair):
    paper, other = (
        DocumentFactory(meeting=meeting, released_at=None),
        DocumentFactory(meeting=meeting, released_at=None),
    )
    write(meeting, documents=[paper])
    publish(meeting, chair)
    paper.refresh_from_db()
    other.refresh_from_db()
    assert paper.released_at is not None
    assert other.released_at is None


def test_withdrawn_paper_stops_publication(meeting, chair):
    paper = DocumentFactory(meeting=meeting)
    write(meeting, documents=[paper])
    paper.withdrawn_at = timezone.now()
    paper.save()
    with pytest.raises(Refusal, match="A paper of item 1"):
        publish(meeting, chair)


def test_confirmed_followers_are_told_once(meeting, chair):
    Follower.objects.create(meeting=meeting, email="f@example.org", key="a", confirmed_at=timezone.now())
    Follower.objects.create(meeting=meeting, email="u@example.org", key="b")
    write(meeting)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    for _ in range(2):
        agenda_publication.publish(meeting=meeting, by=chair, seen=seen)
    mail, day = Message.objects.get(), dates.day(meeting.starts_at)
    assert (mail.to_email, mail.subject) == ("f@example.org", f"Papers are out: Partnership Board, {day}")
    write(meeting, "Recovery")
    publish(meeting, chair)
    mail = Message.objects.exclude(pk=mail.pk).get()
    assert mail.subject == f"More papers are out: Partnership Board, {day}"
    assert "Added: “Recovery”." in mail.text


def test_draft_changed_while_the_chair_reads_it_is_not_published(client, meeting, chair):
    write(meeting)
    sign_in(client, chair)
    address = f"/meetings/{meeting.slug}/manage/agenda/publish/"
    seen = re.search(r'name="seen" value="(\w+)"', said(client.get(address)))[1]
    write(meeting, "Slipped in")
    page = said(client.post(address, {"seen": seen}))
    assert "Someone changed the draft after you opened this page" in page
    assert "Slipped in" in page
    assert not AgendaVersion.objects.published().exists()
    fresh = re.search(r'name="seen" value="(\w+)"', page)[1]
    client.post(address, {"seen": fresh})
    assert AgendaVersion.objects.published().exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"state": "draft", "published_at": None}, "still a draft"),
        ({"state": "cancelled"}, "cancelled"),
        ({"starts_at": in_days(-1), "ends_at": in_days(1)}, "has started"),
    ],
)
def test_agenda_of_a_meeting_that_is_not_coming_is_refused(meeting, chair, changes, message):
    write(meeting)
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save()
    with pytest.raises(Refusal, match=message):
        publish(meeting, chair, urgent_reason="x")


def test_empty_agenda_is_refused(meeting, chair):
    agenda.revise(meeting=meeting, by=None)
    with pytest.raises(Refusal, match="no items yet"):
        publish(meeting, chair)


def test_items_move_up_and_down_and_close_the_gap(client, meeting, chair):
    sign_in(client, chair)
    first, _, third = (write(meeting, title) for title in ("One", "Two", "Three"))
    start = f"/meetings/{meeting.slug}/manage/agenda/items/"
    client.post(f"{start}{third.pk}/shift/", {"direction": "up"})
    client.post(f"{start}{first.pk}/shift/", {"direction": "up"})
    assert list(AgendaItem.objects.values_list("title", flat=True)) == ["One", "Three", "Two"]
    assert "Remove “Three” from the agenda?" in said(client.get(f"{start}{third.pk}/remove/"))
    client.post(f"{start}{third.pk}/remove/")
    assert list(AgendaItem.objects.values_list("position", "title")) == [(1, "One"), (2, "Two")]
    assert client.post(f"{start}{third.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"purpose": ""}, "Choose what the item is for"),
        ({"starts_at": "half nine"}, "Enter a time, like 9.30am or 14:00"),
        ({"starts_at": "7am"}, "The time must be within the meeting, 9.30am to 12.30pm"),
        ({"documents": ["999"]}, "Choose the papers from the list"),
    ],
)
def test_item_refuses_in_words_and_keeps_the_answers(client, meeting, chair, changes, message):
    sign_in(client, chair)
    DocumentFactory(meeting=meeting)
    form = {"title": "Recovery", "purpose": "decision", "presenter": "Kept presenter"}
    page = said(client.post(f"/meetings/{meeting.slug}/manage/agenda/items/add/", form | changes))
    assert message in page
    assert "Kept presenter" in page
    assert not AgendaItem.objects.exists()


def test_item_of_another_meeting_or_published_version_is_out_of_reach(client, meeting, chair):
    item = write(meeting)
    other = write(MeetingFactory())
    sign_in(client, chair)
    start = f"/meetings/{meeting.slug}/manage/agenda/items/"
    assert client.get(f"{start}{other.pk}/").status_code == 404
    publish(meeting, chair)
    assert client.get(f"{start}{item.pk}/").status_code == 404


def test_draft_does_not_leave_the_portal(client, meeting, chair):
    write(meeting, "Not yet for the public")
    for person in (None, UserFactory()):
        if person:
            sign_in(client, person)
        for page in (f"/meetings/{meeting.slug}/", f"/meetings/{meeting.slug}/agenda/1/"):
            assert "Not yet for the public" not in said(client.get(page))


def test_pages_below_the_draft_lead_back_to_it(client, meeting, chair):
    item = write(meeting)
    sign_in(client, chair)
    agenda_url = f"/meetings/{meeting.slug}/manage/agenda/"
    for page in ("publish/", "items/add/", f"items/{item.pk}/", f"items/{item.pk}/remove/"):
        trail = said(client.get(f"{agenda_url}{page}")).partition("govuk-breadcrumbs")[2].partition("</nav>")[0]
        assert f'href="{agenda_url}">Agenda</a>' in trail, page


def test_agenda_page_query_count_is_constant(client, meeting, chair, django_assert_num_queries):
    sign_in(client, chair)
    counts = []
    for items in (1, 49):
        for number in range(items):
            write(
                meeting, f"Item {items} {number}", documents=[DocumentFactory(meeting=meeting)] if number == 0 else []
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/meetings/{meeting.slug}/manage/agenda/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
