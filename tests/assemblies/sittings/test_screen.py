"""The screen on which a meeting is recorded: with script and without, for members, for the room."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from assemblies.decisions.models import Decision
from assemblies.sittings.actions import sitting as sittings
from assemblies.sittings.models import Sitting
from tests import factories as make
from tests.assemblies.sittings.book import Book
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


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


def test_how_a_board_decides_is_kept_by_staff(client):
    board = make.BoardFactory()
    address = reverse("board_practice", args=[board.slug])
    sign_in(client, make.StaffFactory())
    client.post(address, {"names_movers": "on"})
    assert board.practice.names_movers
    client.post(address, {})
    board.practice.refresh_from_db()
    assert not board.practice.names_movers
