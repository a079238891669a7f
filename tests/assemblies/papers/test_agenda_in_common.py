"""One agenda of several boards: due by the earliest of their days, each item taken by those that are said, read by all chairs."""

from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.papers import changes, deadline, from_plan, takers
from assemblies.papers.actions import agenda, agenda_publication, agenda_reading
from assemblies.papers.models import AgendaItemBoard, AgendaReading, Report
from assemblies.papers.takers import Role, Taker
from partnership import todo
from partnership.dates import day
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.factories import (
    LONDON,
    AppointmentFactory,
    BoardFactory,
    ChairFactory,
    DocumentFactory,
    LedItemFactory,
    MeetingBoardFactory,
    MeetingFactory,
    PlannedItemFactory,
    ReportFactory,
    StaffFactory,
    StandingItemFactory,
    TopicFactory,
    in_days,
)
from tests.pages import hidden, words
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
DECIDES, ADVISES = Role.DECISIVE, Role.ADVISORY


@pytest.fixture
def host():
    return BoardFactory(name="Place committee", kind="icb_committee", clear_days=3)


@pytest.fixture
def meeting(host):
    return MeetingFactory(board=host, kind="board", title="Joint meeting", slug="joint")


@pytest.fixture
def other(meeting):
    board = BoardFactory(name="Wellbeing Board", kind="statutory", regime="council", clear_days=5)
    return MeetingBoardFactory(meeting=meeting, board=board).board


@pytest.fixture
def chair(host):
    return ChairFactory(seat__board=host, holder__name="Harriet Host").holder


@pytest.fixture
def other_chair(other):
    return ChairFactory(seat__board=other, holder__name="Olu Other").holder


def write(meeting, title="One budget", purpose="decision", **changes):
    return agenda.write_item(meeting=meeting, by=None, item=None, documents=[], title=title, purpose=purpose, **changes)


def publish(meeting, chair, **changes):
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    return agenda_publication.publish(meeting=meeting, by=chair, **({"seen": seen} | changes))


def roles(item) -> dict[str, str]:
    return {each.board.name: str(each.role) for each in takers.takers_of(item)}


# --- the earliest of the days ---


def test_agenda_is_due_by_the_earliest_of_the_boards_days(client, meeting, other, chair):
    write(meeting)
    found = deadline.of(meeting)
    starts_on = timezone.localdate(meeting.starts_at)
    assert found.board == other
    assert found.last_day == other.latest_day_to_publish(starts_on) < meeting.board.latest_day_to_publish(starts_on)
    sign_in(client, chair)
    page = words(client.get("/meetings/joint/manage/agenda/"))
    assert f"<strong>Publish it by 5pm on {day(found.last_day)}.</strong>" in page
    assert "Wellbeing Board has to give 5 clear working days before the meeting" in page
    for each in (meeting.board, other):
        assert f"<li>{each}: 5pm on {day(each.latest_day_to_publish(starts_on))}" in page
    assert f"{day(found.last_day)} <strong>(this day holds)</strong>" in page


def test_one_day_of_all_the_boards_is_said_once(client, meeting, chair):
    MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Forum of three days", clear_days=3))
    sign_in(client, chair)
    write(meeting)
    page = words(client.get("/meetings/joint/manage/agenda/"))
    assert "By the rules of all of them it is due then." in page
    assert "this day holds" not in page


def test_what_is_late_for_one_of_the_boards_is_late(meeting, other, chair):
    write(meeting)
    late = deadline.of(meeting).until + timedelta(minutes=1)
    assert late < meeting.board.publish_until(timezone.localdate(meeting.starts_at)), "the host alone would be in time"
    with pytest.raises(Refusal, match="It is too late by the board’s rule"):
        publish(meeting, chair, now=late)
    version = publish(meeting, chair, now=late, urgent_reason="The grant closes on Friday.")
    assert (version.due_on, version.due_by) == (deadline.of(meeting).last_day, other.publish_by)


def test_home_says_the_earliest_day(meeting, other, chair):
    due = deadline.of(meeting).last_day
    asked = [each for each in todo.now_for(chair) if each.title.startswith("Publish the agenda for Joint meeting")]
    assert [(each.due, "Wellbeing Board publishes 5 clear working days" in each.why) for each in asked] == [(due, True)]


# --- who publishes, who reads ---


def test_chairs_of_the_other_boards_read_the_draft_and_change_nothing(client, meeting, other, other_chair, chair):
    item = write(meeting, summary="What we pay for together.")
    paper = DocumentFactory(
        meeting=meeting, title="Figures", released_at=None, file=ContentFile(b"%PDF-1.7\n", name="f.pdf")
    )
    item.documents.add(paper)
    sign_in(client, other_chair)
    page = words(client.get("/meetings/joint/manage/agenda/"))
    for said in ("Harriet Host, publishes this agenda for all the boards", "One budget", "What we pay for together."):
        assert said in page
    assert "Remove" not in page
    assert client.get(f"/meetings/joint/documents/{paper.pk}/").status_code == 200
    for address in ("items/add/", f"items/{item.pk}/", f"items/{item.pk}/remove/", "publish/", "discard/"):
        assert client.get(f"/meetings/joint/manage/agenda/{address}").status_code == 403, address
    assert "Agenda" in words(client.get("/meetings/joint/manage/"))
    sign_in(client, AppointmentFactory(seat__board=other).holder)
    assert client.get("/meetings/joint/manage/agenda/").status_code == 403


def test_other_chairs_are_asked_for_nothing_they_may_not_do(client, meeting, other, other_chair, chair):
    write(meeting)
    publish(meeting, chair)
    write(meeting, "Another item")
    for person, says in ((chair, True), (other_chair, False)):
        sign_in(client, person)
        page = words(client.get("/meetings/joint/manage/agenda/"))
        assert [said in page for said in ("Publish it by", "Withdraw a paper")] == [says] * 2
    assert "It is due by" in page


def test_reading_is_said_to_the_host_and_takes_the_task_off_home(client, meeting, other, other_chair, chair):
    write(meeting)
    asked = [each for each in todo.now_for(other_chair) if each.title.startswith("Read the draft agenda")]
    assert [(each.due, each.url) for each in asked] == [
        (deadline.of(meeting).last_day, "/meetings/joint/manage/agenda/")
    ]
    sign_in(client, chair)
    assert "Wellbeing Board: not read yet" in words(client.get("/meetings/joint/manage/agenda/publish/"))
    sign_in(client, other_chair)
    seen = hidden(words(client.get("/meetings/joint/manage/agenda/")), "seen")
    page = words(client.post("/meetings/joint/manage/agenda/read/", {"seen": seen}, follow=True))
    assert "The chair of the Place committee sees that you have read this draft." in page
    assert not [each for each in todo.now_for(other_chair) if each.title.startswith("Read the draft")]
    sign_in(client, chair)
    assert "Wellbeing Board: read by Olu Other" in words(client.get("/meetings/joint/manage/agenda/publish/"))
    write(meeting, "Another item")
    page = words(client.get("/meetings/joint/manage/agenda/publish/"))
    assert "and changed since" in page


def test_draft_that_changed_meanwhile_is_not_read(client, meeting, other, other_chair):
    write(meeting)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    write(meeting, "Another item")
    sign_in(client, other_chair)
    page = words(client.post("/meetings/joint/manage/agenda/read/", {"seen": seen}, follow=True))
    assert "Someone changed the draft after you opened this page" in page
    assert not AgendaReading.objects.exists()
    agenda.discard(meeting=meeting, by=None)
    with pytest.raises(Refusal, match="just been published, or deleted"):
        agenda_reading.confirm(meeting=meeting, board=other, by=other_chair, seen=seen)


def test_only_chairs_of_other_boards_say_that_they_read_it(client, meeting, other, chair):
    write(meeting)
    for person, status in ((chair, 403), (StaffFactory(), 403), (ChairFactory().holder, 404)):
        sign_in(client, person)
        assert client.post("/meetings/joint/manage/agenda/read/").status_code == status


def test_chairs_of_the_other_boards_are_told_when_it_is_out(meeting, other, other_chair, chair):
    write(meeting)
    publish(meeting, chair)
    mail = Message.objects.get(to_email=other_chair.email)
    assert mail.subject == f"Papers are out: Joint meeting, {day(meeting.starts_at)}"
    write(meeting, "Another item")
    publish(meeting, chair)
    changed = Message.objects.exclude(pk=mail.pk).get(to_email=other_chair.email)
    assert "What changed:\nAdded: “Another item”." in changed.text
    assert not Message.objects.filter(to_email=chair.email).exists(), "nobody is told what they did"


def test_email_says_which_boards_take_an_item(meeting, other, other_chair, chair):
    write(meeting, taken_by=[Taker(meeting.board, ADVISES), Taker(other, DECIDES)])
    publish(meeting, chair)
    mail = Message.objects.get(to_email=other_chair.email)
    for said in (mail.text, mail.html):
        assert "One budget (for decision) The Wellbeing Board decides, and the Place committee advises." in said
        assert "you sit on one of the boards that meet" in said


def test_who_acts_for_another_chair_is_told_too(meeting, other, other_chair, chair):
    today = timezone.localdate()
    acting = AppointmentFactory(seat__board=other).holder
    other.acting_chairs.create(person=acting, starts_on=today, ends_on=today)
    write(meeting)
    publish(meeting, chair)
    assert {each.to_email for each in Message.objects.all()} == {acting.email, other_chair.email}


def test_chair_who_publishes_reads_reports_of_the_other_boards(meeting, other, chair):
    report = ReportFactory(item=LedItemFactory(board=other, meeting=meeting))
    assert list(Report.objects.visible_to(chair)) == [report]
    report.item.meeting = None
    report.item.save()
    assert not Report.objects.visible_to(chair).exists()


# --- who takes an item ---


def test_all_boards_take_an_item_each_in_its_role(meeting, other):
    assert roles(write(meeting)) == {"Place committee": DECIDES, "Wellbeing Board": DECIDES}
    assert not AgendaItemBoard.objects.exists()
    taken_by = [Taker(other, DECIDES), Taker(meeting.board, ADVISES)]
    item = write(meeting, "For the council", taken_by=taken_by)
    assert roles(item) == {"Place committee": ADVISES, "Wellbeing Board": DECIDES}


def test_form_asks_who_takes_it_and_who_decides(client, meeting, other, chair, host):
    sign_in(client, chair)
    address = "/meetings/joint/manage/agenda/items/add/"
    answers = {"title": "One budget", "purpose": "decision", "presenter": "", "summary": ""}
    page = client.get(address)
    assert page.context["form"].initial["taken_by"] == [host.pk, other.pk]
    for wrong, said in (
        ({}, "Select the boards that take it"),
        ({"taken_by": [host.pk]}, "Select which board decides it, or choose another purpose"),
        (
            {"taken_by": [host.pk], "decides": [other.pk]},
            "The Wellbeing Board does not take the item, so it cannot decide it",
        ),
        ({"taken_by": [host.pk, 0], "decides": [host.pk]}, "Choose"),
    ):
        page = words(client.post(address, answers | wrong))
        assert said in page
        assert "One budget" in page
    client.post(address, answers | {"taken_by": [host.pk, other.pk], "decides": [other.pk]})
    item = agenda.draft_of(meeting).items.get()
    assert roles(item) == {"Place committee": ADVISES, "Wellbeing Board": DECIDES}
    shown = words(client.get("/meetings/joint/manage/agenda/"))
    assert "The Wellbeing Board decides, and the Place committee advises." in shown
    page = client.get(f"/meetings/joint/manage/agenda/items/{item.pk}/")
    assert (page.context["form"].initial["decides"], page.context["form"].initial["taken_by"]) == (
        [other.pk], [host.pk, other.pk],
    )  # fmt: skip
    discussed = answers | {"purpose": "discussion", "taken_by": [host.pk, other.pk], "revision": item.revision}
    client.post(f"/meetings/joint/manage/agenda/items/{item.pk}/", discussed)
    assert not AgendaItemBoard.objects.exists(), "nobody decides what is for discussion"


def test_meeting_of_one_board_is_not_asked(client, chair, host):
    MeetingFactory(board=host, slug="alone")
    sign_in(client, chair)
    assert "Boards that take it" not in words(client.get("/meetings/alone/manage/agenda/items/add/"))


def test_forum_is_not_said_to_decide(client, meeting, chair, host):
    forum = MeetingBoardFactory(meeting=meeting, board__kind="forum").board
    sign_in(client, chair)
    form = client.get("/meetings/joint/manage/agenda/items/add/").context["form"]
    assert [pk for pk, _ in form.fields["decides"].choices] == [host.pk]
    item = write(meeting)
    assert roles(item)[forum.name] == ADVISES


def test_item_that_no_board_decides_or_takes_is_not_published(meeting, other, chair):
    write(meeting, taken_by=[Taker(meeting.board, ADVISES), Taker(other, ADVISES)])
    with pytest.raises(Refusal, match="is for decision, and no board decides it"):
        publish(meeting, chair)
    agenda.discard(meeting=meeting, by=None)
    write(meeting, taken_by=[Taker(other, DECIDES)])
    meeting.boards_in_common.clear()
    with pytest.raises(Refusal, match="No board of this meeting takes item 1, “One budget”"):
        publish(meeting, chair)
    item = agenda.draft_of(meeting).items.get()
    taken_by = [Taker(meeting.board, DECIDES)]
    agenda.write_item(meeting=meeting, by=None, item=item, documents=[], taken_by=taken_by)
    assert publish(meeting, chair).state == "published"


def test_board_that_joins_later_took_nothing_of_what_is_out(client, meeting, host, chair):
    write(meeting)
    first = publish(meeting, chair)
    joined = MeetingBoardFactory(meeting=meeting, board=BoardFactory(name="Wellbeing Board", kind="statutory")).board
    assert roles(first.items.get()) == {"Place committee": DECIDES}
    item = agenda.revise(meeting=meeting, by=None).items.get()
    assert roles(item) == {"Place committee": DECIDES}, "until somebody says so"
    taken_by = [Taker(host, DECIDES), Taker(joined, DECIDES)]
    agenda.write_item(meeting=meeting, by=None, item=item, documents=[], taken_by=taken_by)
    second = agenda.draft_of(meeting)
    assert changes.of_agenda(second) == ["“One budget” is now also for the Wellbeing Board."]
    assert changes.new_business(second), "its members must be able to read it in time"
    second = publish(meeting, chair)
    meeting.boards_in_common.clear()
    assert roles(second.items.get()) == {"Place committee": DECIDES, "Wellbeing Board": DECIDES}, "a fact of record"


def test_who_takes_an_item_is_a_change_that_is_listed(meeting, other, chair, host):
    write(meeting)
    publish(meeting, chair)
    item = agenda.revise(meeting=meeting, by=None).items.get()

    def said_after(taken_by):
        agenda.write_item(meeting=meeting, by=None, item=item, documents=[], taken_by=taken_by)
        draft = agenda.draft_of(meeting)
        return changes.of_agenda(draft), bool(changes.new_business(draft))

    assert said_after([Taker(host, DECIDES)]) == (["“One budget” is no longer for the Wellbeing Board."], False)
    advises = [Taker(host, DECIDES), Taker(other, ADVISES)]
    assert said_after(advises) == (["The Wellbeing Board now advises on “One budget”."], False)
    publish(meeting, chair)
    item = agenda.revise(meeting=meeting, by=None).items.get()
    assert roles(item) == {"Place committee": DECIDES, "Wellbeing Board": ADVISES}, "carried over"
    decides = [Taker(host, DECIDES), Taker(other, DECIDES)]
    assert said_after(decides) == (["The Wellbeing Board now decides on “One budget”."], True)


def test_agenda_published_twice_is_one_version(meeting, other, chair):
    write(meeting)
    seen = agenda_publication.fingerprint(agenda.draft_of(meeting))
    assert publish(meeting, chair, seen=seen) == agenda_publication.publish(meeting=meeting, by=chair, seen=seen)


# --- from the plan ---


def plan(meeting, board, topic=None, **facts):
    facts = {"role": "decisive", "purpose": "decision", "topic": topic or TopicFactory(board=board)} | facts
    return PlannedItemFactory(meeting=meeting, board=board, **facts)


def test_topic_that_both_boards_planned_is_one_item(meeting, other, host):
    topic = TopicFactory(title="One budget", board=host)
    for board, role in ((other, "advisory"), (host, "decisive")):
        plan(meeting, board, topic, role=role)
    plan(meeting, other, TopicFactory(title="Water", board=other))
    assert agenda.still_to_fill(meeting) == 2
    agenda.fill_from_plan(meeting=meeting, by=None)
    found = {item.title: roles(item) for item in agenda.draft_of(meeting).items.all()}
    assert found == {
        "One budget": {"Place committee": DECIDES, "Wellbeing Board": ADVISES},
        "Water": {"Wellbeing Board": DECIDES},
    }
    assert agenda.still_to_fill(meeting) == 0
    assert agenda.fill_from_plan(meeting=meeting, by=None) == []


def test_board_that_plans_a_topic_later_takes_its_item_too(meeting, other, host):
    topic = TopicFactory(title="One budget", board=host)
    first = plan(meeting, host, topic)
    agenda.fill_from_plan(meeting=meeting, by=None)
    second = plan(meeting, other, topic, role="advisory")
    assert agenda.still_to_fill(meeting) == 1
    agenda.fill_from_plan(meeting=meeting, by=None)
    item = agenda.draft_of(meeting).items.get()
    assert roles(item) == {"Place committee": DECIDES, "Wellbeing Board": ADVISES}
    PlannedItem.objects.filter(pk=first.pk).update(withdrawn_at=timezone.now(), withdrawn_because="Not now")
    said = from_plan.off_the_plan(item.version, [item])[item.pk]
    assert said == "It was taken off the forward plan: Not now Another of the boards still plans it."
    assert second.meeting == meeting


def test_standing_items_of_all_boards_each_once(meeting, other, host):
    for board in (host, other):
        StandingItemFactory(board=board, title="Welcome", position=1)
    StandingItemFactory(board=other, title="Questions from the public", position=2)
    StandingItemFactory(board=host, title="Any other business", comes_last=True)
    agenda.fill_from_plan(meeting=meeting, by=None)
    found = {item.title: list(roles(item)) for item in agenda.draft_of(meeting).items.order_by("position")}
    assert found == {
        "Welcome": ["Place committee", "Wellbeing Board"],
        "Questions from the public": ["Wellbeing Board"],
        "Any other business": ["Place committee", "Wellbeing Board"],
    }


# --- what the public sees ---


def test_page_of_the_meeting_names_all_boards_and_their_rules(client, meeting, other):
    page = words(client.get("/meetings/joint/"))
    for said in (
        "In common with", "Wellbeing Board</a>", "Council, Local Government Act 1972, Part VA", "Its own terms",
        "Anyone who comes may film", "Wellbeing Board has to publish it by",
    ):  # fmt: skip
        assert said in page
    starts_on = timezone.localdate(meeting.starts_at)
    for each in (meeting.board, other):
        assert day(each.latest_day_to_publish(starts_on)) in page


def test_page_says_who_decides_an_item(client, meeting, other, chair):
    write(meeting)
    write(meeting, "Buses", "information")
    write(meeting, "Water", "information", taken_by=[Taker(other, ADVISES)])
    publish(meeting, chair)
    page = words(client.get("/meetings/joint/"))
    assert "The Place committee and the Wellbeing Board each decide." in page
    assert page.count("For the ") == 1
    assert "For the Wellbeing Board." in page


def test_pages_of_each_board_list_the_meeting_and_its_agenda(client, meeting, other, chair):
    write(meeting)
    for board in (meeting.board, other):
        page = words(client.get(board.get_absolute_url()))
        assert "Place committee, in common with Wellbeing Board" in page
        assert 'href="/meetings/joint/#agenda"' not in page
    publish(meeting, chair)
    for board in (meeting.board, other):
        assert 'href="/meetings/joint/#agenda"' in words(client.get(board.get_absolute_url()))
        assert "Joint meeting" in client.get(f"/boards/{board.slug}/calendar.ics").text
        assert "Joint meeting" in words(client.get(f"/meetings/?board={board.slug}"))
        assert "In common with the" in words(client.get(f"/boards/{board.slug}/plan/"))


def test_meeting_of_one_board_says_nothing_of_others(client, host):
    MeetingFactory(board=host, slug="alone")
    page = words(client.get("/meetings/alone/"))
    assert "in common" not in page.lower()


def test_earliest_day_decides_what_is_late_after_a_move(meeting, other, chair):
    write(meeting)
    publish(meeting, chair)
    meeting.agenda_versions.update(published_at=datetime.combine(
        other.latest_day_to_publish(in_days(21).date()) + timedelta(days=1), datetime.min.time(), LONDON
    ))  # fmt: skip
    assert deadline.late_for(meeting, in_days(21)) == other.publish_until(in_days(21).date())
