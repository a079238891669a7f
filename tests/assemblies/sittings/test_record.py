"""The record of a meeting: who opens, keeps and ends it, and what follows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.decisions.models import Decision
from assemblies.follow_up.actions import follow_up
from assemblies.follow_up.models import FollowUp
from assemblies.forward_plan.models import ItemMove
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting as meetings
from assemblies.sittings.actions import entry as entries
from assemblies.sittings.actions import sitting as sittings
from assemblies.sittings.models import Entry, Sitting
from assemblies.sittings.order_of_business import as_put
from partnership import todo
from partnership.boards.models import ActingChair
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.at_once import at_once, holds_while_it_waits
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting():
    """Of a board of three, with an item for decision and one for information."""
    meeting = make.MeetingUnderWayFactory(board__quorum_number=2)
    make.ChairFactory(seat__board=meeting.board)
    for _ in range(2):
        make.AppointmentFactory(seat__board=meeting.board)
    version = make.AgendaVersionFactory(meeting=meeting)
    planned = make.PlannedItemFactory(board=meeting.board, meeting=meeting)
    make.AgendaItemFactory(version=version, position=1, title="The plan", purpose="decision", planned=planned)
    make.AgendaItemFactory(version=version, position=2, title="News", purpose="information")
    return meeting


@pytest.fixture
def chair(meeting):
    return meeting.board.chair_on(timezone.localdate())


@pytest.fixture
def record(meeting, chair):
    return Book(sittings.start(meeting=meeting, by=chair), chair)


class Book:
    """The record in the hands of one person."""

    def __init__(self, sitting, by) -> None:
        self.sitting, self.by = sitting, by
        self.items = list(sitting.meeting.agenda_versions.first().items.order_by("position"))
        self.seats = list(sitting.meeting.board.seats.all())

    def enter(self, kind, item=None, /, *, seat=None, board=None, key=None, by=None, said_at=None, now=None, **facts):
        return entries.enter(
            sitting=self.sitting, by=by or self.by, kind=kind, key=key or uuid4(), item=self.items[item - 1] if item else None,
            seat=seat, board=board or self.sitting.meeting.board, facts=facts, said_at=said_at, now=now,
        )  # fmt: skip

    def all_here(self):
        for seat in self.seats:
            self.enter("attendance", seat=seat, status="room", name=f"Holder of {seat.title}", sits="holder")

    def agree(self, item=1, **facts):
        given = {"recommendation": 0, "outcome": "agreed", "text": "", "votes": {}, "mover": None, "seconder": None}
        return self.enter("outcome", item, **given | facts)


def test_record_opens_once(meeting, chair):
    first = sittings.start(meeting=meeting, by=chair)
    assert sittings.start(meeting=meeting, by=chair) == first


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": Meeting.State.CANCELLED, "cancelled_reason": "Snow"}, "is cancelled"),
        ({"starts_at": timezone.now() + 3 * HOUR, "ends_at": timezone.now() + 4 * HOUR}, "two hours before"),
    ],
)
def test_record_waits_for_its_meeting(meeting, chair, facts, words):
    Meeting.objects.filter(pk=meeting.pk).update(**facts)
    with pytest.raises(Refusal, match=words):
        sittings.start(meeting=meeting, by=chair)


def test_record_needs_a_published_agenda(chair):
    with pytest.raises(Refusal, match="Publish the agenda first"):
        sittings.start(meeting=make.MeetingUnderWayFactory(), by=chair)


def test_entry_sent_twice_is_one(record):
    key = uuid4()
    first = record.enter("guest", key=key, name="Sam", role="")
    assert record.enter("guest", key=key, name="Sam", role="") == first
    assert record.sitting.entries.count() == 1
    with pytest.raises(Refusal, match="for something else"):
        record.enter("note", 1, key=key, text="Something")


@pytest.mark.parametrize("other", [{"name": "Kim"}, {"item": 1}, {"seat": True}])
def test_other_answers_under_the_key_of_an_entry_are_refused(record, other):
    """A page that somebody went back to in the browser, which sends its old key: nothing is dropped in silence."""
    key = uuid4()
    record.enter("guest", key=key, name="Sam", role="")
    seat, item = record.seats[0] if other.pop("seat", False) else None, other.pop("item", None)
    with pytest.raises(Refusal, match="for something else"):
        record.enter("guest", item, key=key, seat=seat, **{"name": "Sam", "role": ""} | other)


def test_recommendation_is_put_in_words_alone():
    put = as_put("Agree who answers, as the [role outline](appendix-2-page-1) says, and **the plan**.")
    assert put == "Agree who answers, as the role outline says, and the plan."


def test_entry_is_never_changed(record):
    entry = record.enter("guest", name="Sam", role="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(facts={})
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.delete()


@pytest.mark.parametrize("who", ["member", "former_chair", "stranger"])
def test_those_who_do_not_record_are_refused(record, chair, who):
    person = {"member": lambda: record.sitting.meeting.board.appointments.exclude(holder=chair).first().holder}.get(
        who, make.UserFactory
    )()
    if who == "former_chair":
        person = chair
        record.sitting.meeting.board.appointments.filter(holder=chair).update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )
    with pytest.raises(Refusal, match="no longer record"):
        record.enter("guest", by=person, name="Sam", role="")


def test_acting_chair_staff_and_chair_in_common_record(record):
    meeting, today = record.sitting.meeting, timezone.localdate()
    acts = ActingChair.objects.create(
        board=meeting.board, person=make.UserFactory(), starts_on=today, ends_on=today
    ).person
    other = make.ChairFactory().seat.board
    make.MeetingBoardFactory(meeting=meeting, board=other)
    for person in (acts, make.StaffFactory(), other.chair_on(today)):
        assert record.enter("guest", by=person, name="Sam", role="").by == person


def test_time_of_a_phone_is_kept_where_it_can_be(record):
    now = timezone.now()
    times = {now - timedelta(minutes=8): now - timedelta(minutes=8), now + HOUR: now, now - 20 * HOUR: now}
    Sitting.objects.update(started_at=now - HOUR)
    record.sitting.refresh_from_db()
    for said, kept in times.items():
        assert record.enter("guest", name="Sam", role="", said_at=said, now=now).said_at == kept


def test_seat_and_item_of_another_meeting_are_refused(record):
    with pytest.raises(Refusal, match="not on a board of this meeting"):
        record.enter("attendance", seat=make.SeatFactory(), status="room", name="", sits="holder")
    record.items.append(make.AgendaItemFactory())
    with pytest.raises(Refusal, match="not on the agenda"):
        record.enter("note", 3, text="Something")


def test_action_is_on_the_list_of_its_owner(record, chair):
    due = timezone.localdate() + timedelta(days=30)
    entry = record.enter(
        "action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due.isoformat()
    )
    row = FollowUp.objects.get(owner=chair)
    assert (row.text, row.due_on, row.item, row.board) == (
        "Write to the trust",
        due,
        record.items[0],
        record.sitting.meeting.board,
    )
    record.enter("undo", entry=entry.number)
    row.refresh_from_db()
    assert row.state == FollowUp.State.DROPPED


def test_action_that_is_done_is_not_taken_back(record, chair):
    due = timezone.localdate().isoformat()
    entry = record.enter("action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due)
    follow_up.complete(follow_up=FollowUp.objects.get(), by=chair, evidence="The letter was sent.")
    with pytest.raises(Refusal, match="is done already"):
        record.enter("undo", entry=entry.number)
    assert record.sitting.entries.count() == 1


def test_meeting_does_not_end_with_items_open(record):
    record.all_here()
    record.agree()
    with pytest.raises(Refusal, match=r"still open: 2\. News"):
        sittings.end(sitting=record.sitting, by=record.by)


def test_record_of_a_cancelled_meeting_takes_nothing_more_and_ends(record, client):
    record.all_here()
    Meeting.objects.update(state=Meeting.State.CANCELLED, cancelled_reason="Snow")
    record.sitting.refresh_from_db()
    with pytest.raises(Refusal, match="This meeting was cancelled"):
        record.agree()
    record.enter("undo", entry=1)
    sign_in(client, make.StaffFactory())
    client.post(reverse("record_end", args=[record.sitting.meeting.slug]))
    assert not Sitting.objects.get().is_open


def test_meeting_that_decided_something_is_not_cancelled(record):
    record.all_here()
    outcome = record.agree()
    cancel = {"meeting": record.sitting.meeting, "by": make.StaffFactory(), "reason": "Snow fell all day"}
    with pytest.raises(Refusal, match="so it took place"):
        meetings.cancel(**cancel)
    record.enter("undo", entry=outcome.number)
    assert meetings.cancel(**cancel).state == Meeting.State.CANCELLED


def test_ended_meeting_puts_decisions_in_the_register(record, chair, django_capture_on_commit_callbacks):
    record.all_here()
    votes = {str(seat.pk): "for" for seat in record.seats[:2]} | {str(record.seats[2].pk): "against"}
    record.enter(
        "interest", 2, seat=record.seats[0], kind="financial", nature="Owns shares", withheld=False, mitigation="note",
        dispensation_by="", dispensation_until="",
    )  # fmt: skip
    record.agree(outcome="amended", text="The plan, for one year", votes=votes)
    record.enter("done", 2, how="taken", because="")
    due = timezone.localdate() + timedelta(days=9)
    record.enter("action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due.isoformat())
    with django_capture_on_commit_callbacks(execute=True):
        sittings.end(sitting=record.sitting, by=record.by)
        sittings.end(sitting=record.sitting, by=record.by)
    decision = Decision.objects.get()
    assert (decision.outcome, decision.text, decision.item) == ("amended", "The plan, for one year", record.items[0])
    assert sorted(decision.votes.values_list("vote", flat=True)) == ["against", "for", "for"]
    assert not decision.interests.exists()  # it was declared on another item
    assert Message.objects.filter(to_email=chair.email, subject__icontains="action").count() == 1
    with pytest.raises(Refusal, match="The meeting has ended"):
        record.enter("guest", name="Late", role="")


def test_casting_vote_and_interest_stand_with_the_decision(record):
    make.BoardPracticeFactory(board=record.sitting.meeting.board, has_casting_vote=True)
    record.all_here()
    record.enter("presides", seat=record.seats[1], name="Holder of a seat")
    record.enter(
        "interest", 1, seat=record.seats[2], kind="financial", nature="", withheld=True, mitigation="stay_no_vote",
        dispensation_by="", dispensation_until="",
    )  # fmt: skip
    record.agree(votes={str(record.seats[0].pk): "for", str(record.seats[1].pk): "against"}, casting="for")
    record.enter("presides", seat=record.seats[0], name="The chair")  # from then on
    record.enter("done", 2, how="taken", because="")
    sittings.end(sitting=record.sitting, by=record.by)
    decision = Decision.objects.get()
    casting = decision.votes.get(is_casting=True)
    assert (casting.seat, casting.name) == (record.seats[1], f"Holder of {record.seats[1].title}")
    declared = decision.interests.get()
    assert declared.is_withheld
    assert declared.get_mitigation_display() == "stayed and did not vote"


def withheld_by_interest(record, seat, mitigation="papers_withheld", now=None):
    return record.enter(
        "interest", 1, seat=seat, kind="financial", nature="Owns shares", withheld=False, mitigation=mitigation,
        dispensation_by="", dispensation_until="", now=now,
    )  # fmt: skip


def kept_from(record) -> set:
    return {row.person for row in record.sitting.meeting.withheld_papers.in_force()}


@pytest.fixture
def closed_item(record):
    """The first item of the record, closed to the public."""
    item = record.items[0]
    item.closure = make.ClosureGroundFactory(board=record.sitting.meeting.board).closure
    item.save(update_fields=["closure"])
    return item


def test_interest_withholds_papers_at_once_until_it_is_taken_back(record, closed_item):
    seat = record.seats[1]
    entry = withheld_by_interest(record, seat)
    assert kept_from(record) == {seat.appointments.get().holder}
    record.enter("undo", entry=entry.number)
    assert kept_from(record) == set()


def test_papers_stay_withheld_for_another_interest(record, closed_item):
    first = withheld_by_interest(record, record.seats[1])
    second = withheld_by_interest(record, record.seats[1])
    record.enter("undo", entry=first.number)
    assert kept_from(record) == {record.seats[1].appointments.get().holder}
    record.enter("undo", entry=second.number)
    assert kept_from(record) == set()


def test_interest_of_a_deputy_who_came_withholds_from_the_deputy(record, closed_item):
    term = record.seats[1].appointments.get()
    term.deputy = make.UserFactory()
    term.save(update_fields=["deputy"])
    record.enter("attendance", seat=term.seat, status="room", name=str(term.deputy), sits="deputy")
    withheld_by_interest(record, term.seat)
    assert kept_from(record) == {term.deputy}


def test_papers_are_not_withheld_from_the_chair_of_the_meeting(record, closed_item):
    with pytest.raises(Refusal, match="chairs a board"):
        withheld_by_interest(record, record.seats[0])
    assert not record.sitting.entries.exists()


def test_interest_in_an_open_item_withholds_nothing(record):
    withheld_by_interest(record, record.seats[1])
    assert kept_from(record) == set()


def test_interest_that_leaves_the_papers_withholds_nothing(record, closed_item):
    withheld_by_interest(record, record.seats[1], mitigation="withdraw")
    assert kept_from(record) == set()


@pytest.mark.parametrize("how", ["put_off", "deferred"])
def test_item_that_is_put_off_waits_on_the_plan(record, how):
    record.all_here()
    if how == "put_off":
        record.enter("done", 1, how="put_off", because="There was no time for it today")
    else:
        record.agree(outcome="deferred", text="Until the figures are there")
    record.enter("done", 2, how="taken", because="")
    sittings.end(sitting=record.sitting, by=record.by)
    move = ItemMove.objects.get()
    assert (move.item, move.old_meeting, move.new_meeting) == (record.items[0].planned, record.sitting.meeting, None)


def test_each_chair_is_asked_to_record_and_to_end(meeting, chair, client):
    titles = lambda: [each.title for each in todo.now_for(chair)]  # noqa: E731 - asked three times
    assert f"Record {meeting.title}" in titles()
    sittings.start(meeting=meeting, by=chair)
    assert f"Go on with the record of {meeting.title}" in titles()
    assert not any("Record" in title for title in titles())
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assert f"End the record of {meeting.title}" in titles()


def test_chair_of_a_board_in_common_goes_on_with_the_record(record):
    meeting, other = record.sitting.meeting, make.ChairFactory().seat.board
    make.MeetingBoardFactory(meeting=meeting, board=other)
    titles = lambda: [each.title for each in todo.now_for(other.chair_on(timezone.localdate()))]  # noqa: E731 - asked twice
    assert f"Go on with the record of {meeting.title}" in titles()
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    assert f"End the record of {meeting.title}" not in titles()  # the chair of the host does


# --- The screen


def send(client, record, kind, item=None, /, *, script=False, **answers):
    data = {"kind": kind, "key": str(uuid4()), "item": record.items[item - 1].pk if item else "", **answers}
    headers = {"Accept": "application/json"} if script else {}
    return client.post(reverse("record_enter", args=[record.sitting.meeting.slug]), data, headers=headers)


def test_chair_takes_a_meeting_from_start_to_end_without_script(meeting, chair, client):
    sign_in(client, chair)
    page = reverse("record", args=[meeting.slug])
    assert "Open the record" in client.get(page).text
    client.post(reverse("record_start", args=[meeting.slug]))
    record = Book(Sitting.objects.get(), chair)
    for seat in record.seats:
        send(client, record, "attendance", seat=seat.pk, status="room")
    send(client, record, "item", 1)
    assert "3 here, 2 needed" in client.get(page).text
    board = meeting.board_id
    send(
        client,
        record,
        "outcome",
        1,
        board=board,
        recommendation=0,
        outcome="agreed",
        **{f"vote_{record.seats[0].pk}": "for"},
    )
    still = client.get(reverse("record_end", args=[meeting.slug])).text
    assert "cannot end yet" in still
    assert "2. News" in still
    send(client, record, "done", 2, how="taken")
    assert "1 outcome goes to the register" in client.get(reverse("record_end", args=[meeting.slug])).text
    client.post(reverse("record_end", args=[meeting.slug]))
    assert "The meeting has ended" in client.get(page).text
    assert Decision.objects.get().votes.count() == 1


def test_script_is_told_the_number_or_why_not(record, client):
    sign_in(client, record.by)
    assert send(client, record, "guest", script=True, name="Sam").json() == {"number": 1}
    answer = send(
        client,
        record,
        "outcome",
        1,
        script=True,
        board=record.sitting.meeting.board_id,
        recommendation=0,
        outcome="agreed",
    )
    assert answer.status_code == 422
    assert "has no quorum" in answer.json()["problems"][0]


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("action", {"text": "Write to the trust", "due_on": "1 May 2030", "owner": ""}, "an action has an owner"),
        ("note", {"text": "x" * 2001}, "2000"),
        ("guest", {"name": ""}, "Enter the name"),
        ("interest", {"nature": "", "interest_kind": "financial", "mitigation": "note"}, "Enter what the interest is"),
        ("done", {"how": "put_off", "because": ""}, "Say in a sentence why"),
        ("outcome", {"recommendation": 0, "outcome": "amended", "text": ""}, "text as it was agreed"),
    ],
)
def test_wrong_entry_says_why_and_keeps_the_answers(record, client, kind, answers, words):
    sign_in(client, record.by)
    record.all_here()
    given = {"board": record.sitting.meeting.board_id, "seat": record.seats[0].pk} | answers
    page = send(client, record, kind, 1, **given).text
    assert "This was not entered" in page
    assert words in page
    assert answers.get("text", "")[:40] in page
    assert record.sitting.entries.count() == len(record.seats)


def test_interest_of_the_register_is_taken_as_it_stands_there(record, client):
    sign_in(client, record.by)
    interest = make.InterestFactory(person=record.by, kind="financial", body="A firm", nature="Director")
    given = {"standing": interest.pk, "mitigation": "note", "nature": "", "interest_kind": ""}
    send(client, record, "interest", 1, seat=record.seats[0].pk, **given)
    facts = record.sitting.entries.get().facts
    assert (facts["interest"], facts["kind"], facts["nature"]) == (interest.pk, "financial", "A firm: Director")
    page = send(client, record, "interest", 1, seat=record.seats[1].pk, **given).text
    assert "another member’s" in page


def test_question_is_asked_at_the_meeting(record, client):
    sign_in(client, record.by)
    meeting = record.sitting.meeting
    question = make.AcceptedQuestionFactory(meeting=meeting, board=meeting.board)
    assert question.text[:30] in client.get(reverse("record", args=[meeting.slug])).text
    send(client, record, "question", question=question.pk, answer="It opens in May.")
    question.refresh_from_db()
    assert (question.state, question.answer_given) == ("answered", "It opens in May.")
    assert "Take back" not in client.get(reverse("record", args=[meeting.slug])).text
    assert "stays so" in send(client, record, "undo", entry=1).text
    assert "has entered already that it was asked" in send(client, record, "question", question=question.pk).text
    assert record.sitting.entries.count() == 1
    elsewhere = make.AcceptedQuestionFactory()
    assert "This was not entered" in send(client, record, "question", question=elsewhere.pk, answer="").text


def test_entry_that_waited_while_the_agenda_changed_is_taken(record, client):
    """A phone without a connection goes on with the rows of the version that it knows."""
    sign_in(client, record.by)
    twice = {"text": "It was short.", "key": str(uuid4())}
    assert send(client, record, "note", 1, script=True, **twice).json() == {"number": 1}
    newer = make.AgendaVersionFactory(meeting=record.sitting.meeting, number=record.items[0].version.number + 1)
    row = make.AgendaItemFactory(version=newer, position=1, title="The plan", carried_from=record.items[0])
    assert send(client, record, "note", 1, script=True, **twice).json() == {"number": 1}
    assert send(client, record, "note", 1, script=True, text="It was long.").json() == {"number": 2}
    assert record.sitting.entries.get(number=2).item == row
    assert send(client, record, "note", 2, script=True, text="It was taken off.").status_code == 422


def test_end_of_the_meeting_is_the_next_step_when_all_is_dealt_with(record, client):
    sign_in(client, record.by)
    page = reverse("record", args=[record.sitting.meeting.slug])
    assert "Not decided yet." in client.get(page).text
    record.agree(outcome="noted")
    record.enter("item", 2)
    bar = lambda: client.get(page).text.split('data-part="bar"')[1].split('id="told"')[0]  # noqa: E731 - asked twice
    assert "End the meeting" not in bar()
    record.enter("done", 2, how="taken", because="")
    assert "End the meeting" in bar()
    assert client.get(page).text.count(reverse("record_end", args=[record.sitting.meeting.slug])) == 1


def test_chair_in_common_reads_who_ends_the_meeting(record, client):
    other = make.ChairFactory()
    make.MeetingBoardFactory(meeting=record.sitting.meeting, board=other.seat.board)
    record.agree(outcome="noted")
    record.enter("done", 2, how="taken", because="")
    sign_in(client, other.holder)
    page = client.get(reverse("record", args=[record.sitting.meeting.slug])).text
    assert f"The chair of the {record.sitting.meeting.board}, or staff, end the meeting" in page
    assert reverse("record_end", args=[record.sitting.meeting.slug]) not in page


def test_outcome_is_taken_back_on_its_item_however_old(record, client):
    sign_in(client, record.by)
    record.all_here()
    number = record.agree().number
    done = record.enter("done", 2, how="taken", because="").number
    for _ in range(12):  # more than the list of the newest holds
        record.enter("guest", name="Sam", role="")
    page = client.get(reverse("record", args=[record.sitting.meeting.slug])).text
    assert [f'name="entry" value="{each}"' in page for each in (number, done, 1)] == [True, True, False]


def test_screen_says_nothing_while_nothing_is_new(record, client):
    sign_in(client, record.by)
    page = reverse("record", args=[record.sitting.meeting.slug])
    assert client.get(page, {"after": 0}).status_code == 204
    record.enter("guest", name="Sam Newly", role="")
    assert "Sam Newly" in client.get(page, {"after": 0}).text


def test_member_reads_along_and_enters_nothing(record, client):
    member = record.sitting.meeting.board.appointments.exclude(holder=record.by).first().holder
    sign_in(client, member)
    page = client.get(reverse("record", args=[record.sitting.meeting.slug]))
    assert page.status_code == 200
    assert "record_enter" not in page.text
    assert "data-entry" not in page.text
    assert send(client, record, "guest", name="Sam").status_code in (403, 404)


def test_screen_for_the_room_keeps_what_is_closed(record, client):
    closure = make.ClosureFactory(public_title="A contract")
    make.ClosureGroundFactory(closure=closure, board=record.sitting.meeting.board)
    item = record.items[0]
    item.closure = closure
    item.title = "Offer of Marker Ltd"
    item.save()
    sign_in(client, record.by)
    record.enter("item", 1)
    page = client.get(reverse("record_screen", args=[record.sitting.meeting.slug])).text
    assert "A contract" in page
    assert "Marker" not in page


def test_screen_for_the_room_says_that_the_meeting_has_ended(record, client):
    sign_in(client, record.by)
    page = reverse("record_screen", args=[record.sitting.meeting.slug])
    record.enter("item", 1)
    assert "Not decided yet." in client.get(page).text
    record.agree(outcome="noted")
    record.enter("done", 2, how="taken", because="")
    sittings.end(sitting=record.sitting, by=record.by)
    assert "The meeting has ended" in client.get(page).text
    assert "The plan" not in client.get(page).text


def test_screen_asks_the_same_of_the_database_for_many(record, client):
    sign_in(client, record.by)
    page = reverse("record", args=[record.sitting.meeting.slug])
    record.all_here()
    few = queries(client, page)
    version = record.items[0].version
    for place in range(3, 15):
        make.AgendaItemFactory(version=version, position=place, purpose="decision")
    for _ in range(20):
        make.AppointmentFactory(seat__board=record.sitting.meeting.board)
    record.seats = list(record.sitting.meeting.board.seats.all())
    record.all_here()
    assert queries(client, page) == few <= 32


@pytest.mark.django_db(transaction=True)
def test_two_who_record_one_outcome_at_once_enter_one(record):
    record.all_here()
    colleague = make.StaffFactory()
    turns = iter(({}, {"by": colleague, "outcome": "noted"}))

    def agree():
        try:
            return record.agree(**next(turns))
        except Refusal as refusal:
            return refusal

    answers = at_once(agree, times=2)
    refused = [each for each in answers if isinstance(each, Refusal)]
    assert len(refused) == 1
    assert "already" in str(refused[0])
    assert record.sitting.entries.filter(kind="outcome").count() == 1


@pytest.mark.django_db(transaction=True)
def test_outcome_waits_while_the_meeting_is_cancelled(record):
    record.all_here()
    meeting, staff = record.sitting.meeting, make.StaffFactory()

    def agree():
        with pytest.raises(Refusal, match="This meeting was cancelled"):
            record.agree()

    holds_while_it_waits(agree, record.seats[0], lock=lambda: meetings.cancel(meeting=meeting, by=staff, reason="Snow"))
    assert not record.sitting.entries.filter(kind="outcome").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_say_at_once_that_an_item_is_done_enter_it_once(record):
    how = iter(({"how": "taken", "because": ""}, {"how": "put_off", "because": "There was no time for it today"}))

    def done():
        try:
            return record.enter("done", 2, **next(how))
        except Refusal as refusal:
            return refusal

    answers = at_once(done, times=2)
    assert sorted(isinstance(each, Refusal) for each in answers) == [False, True]
    assert record.sitting.entries.filter(kind="done").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_end_a_meeting_at_once_record_each_decision_once(record, chair):
    record.all_here()
    record.agree()
    record.enter("done", 2, how="taken", because="")
    due = timezone.localdate().isoformat()
    record.enter("action", 1, text="Write to the trust", owner=chair.pk, name=str(chair), due_on=due)
    people = iter((record.by, make.StaffFactory()))
    at_once(lambda: sittings.end(sitting=record.sitting, by=next(people)), times=2)
    assert Decision.objects.count() == 1
    assert Message.objects.filter(to_email=chair.email, subject__icontains="action").count() == 1
    assert Sitting.objects.get().state == "ended"


def test_how_a_board_decides_is_kept_by_staff(client):
    board = make.BoardFactory()
    address = reverse("board_practice", args=[board.slug])
    sign_in(client, make.StaffFactory())
    client.post(address, {"names_movers": "on"})
    assert board.practice.names_movers
    client.post(address, {})
    board.practice.refresh_from_db()
    assert not board.practice.names_movers
