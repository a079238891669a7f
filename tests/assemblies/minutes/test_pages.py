"""Who reads which minutes, on the page, as a PDF, by search and by email; and what those who write them see."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from assemblies.closures.actions import closure as closures
from assemblies.decisions.actions import closing
from assemblies.decisions.models import Decision
from assemblies.minutes.actions import correction as corrections
from assemblies.minutes.actions import key_messages
from assemblies.minutes.actions import minutes as actions
from assemblies.minutes.actions.reminder import remind
from assemblies.minutes.models import Minutes
from partnership import search, todo
from partnership.dates import day, short_day
from partnership.outbox.models import Message
from tests import factories as make
from tests.assemblies.closures.closing import said as closing_words
from tests.assemblies.minutes.held import SECRET, Held, ended, ended_with_a_closed_item
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def drafted(held):
    return actions.draft(meeting=held.meeting, board=held.board, by=held.chair)


def circulated(held):
    minutes = drafted(held)
    actions.circulate(minutes=minutes, by=held.chair)
    return Minutes.objects.get(pk=minutes.pk)


def agreed(held):
    minutes = circulated(held)
    actions.agree(minutes=minutes, by=held.chair)
    return Minutes.objects.get(pk=minutes.pk)


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def printed(client, address):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(client.get(address).content)).pages)


@pytest.fixture
def closed():
    return ended_with_a_closed_item()


@pytest.mark.parametrize(
    ("make_minutes", "readers"),
    [
        (drafted, {"staff", "chair"}),
        (circulated, {"staff", "chair", "member"}),
        (agreed, {"staff", "chair", "member", "stranger", "nobody"}),
    ],
)
def test_minutes_are_read_by_more_people_as_they_go_on(client, make_minutes, readers):
    held = ended()
    minutes = make_minutes(held)
    people = {
        "staff": make.StaffFactory(),
        "chair": held.chair,
        "member": held.members[0],
        "stranger": make.UserFactory(),
    }
    found = {
        name for name, person in people.items() if Minutes.objects.visible_to(person).filter(pk=minutes.pk).exists()
    }
    found |= {"nobody"} if client.get(minutes.get_absolute_url()).status_code == 200 else set()
    assert found == readers


def test_who_was_there_and_left_the_board_reads_what_was_circulated():
    held = ended()
    minutes = circulated(held)
    held.board.appointments.filter(holder=held.members[0]).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert Minutes.objects.visible_to(held.members[0]).get() == minutes


def test_minutes_of_a_meeting_by_invitation_are_not_public(client):
    minutes = agreed(ended(by_invitation=True))
    assert [client.get(address).status_code for address in (minutes.get_absolute_url(), minutes.pdf_url)] == [404, 404]


def test_closed_item_never_shows_to_the_public(client, closed):
    minutes = agreed(closed)
    page = read(client, minutes.get_absolute_url())
    pdf = printed(client, minutes.pdf_url)
    for text in (page, pdf, read(client, minutes.key_messages_url), read(client, minutes.newest.get_absolute_url())):
        assert SECRET not in text
    assert "A contract" in page
    assert "public be excluded" in page
    assert "public be excluded" in " ".join(pdf.split())
    assert not [group for group in search.find(SECRET, NOBODY) if group.count]
    assert not Message.objects.filter(text__contains=SECRET).exists()


def test_members_read_closed_items(client, closed):
    minutes = agreed(closed)
    sign_in(client, closed.members[0])
    assert f"{SECRET} asks too much" in read(client, minutes.get_absolute_url())
    assert f"{SECRET} asks too much" in printed(client, minutes.pdf_url)
    assert [group.kind for group in search.find(SECRET, closed.members[0])].count("Minutes") == 1


def test_who_it_is_withheld_from_reads_so_in_the_minutes(client, closed):
    minutes, member = circulated(closed), closed.members[0]
    make.WithheldPapersFactory(item=closed.items[2], person=member)
    page = read(sign_in(client, member), minutes.newest.get_absolute_url())
    assert SECRET not in page
    assert "withheld from you" in page
    assert "withheld from you" not in read(sign_in(client, closed.members[1]), minutes.newest.get_absolute_url())


def test_released_item_shows(client, closed):
    minutes = agreed(closed)
    closures.release(closure=closed.items[2].closure, by=make.StaffFactory(), note="The contract is signed.")
    assert f"{SECRET} asks too much" in read(client, minutes.get_absolute_url())


def test_item_closed_since_shows_no_more(client):
    held = ended()
    minutes = agreed(held)
    assert SECRET in read(client, minutes.get_absolute_url())
    held.close()
    assert SECRET not in read(client, minutes.get_absolute_url())


def test_item_shows_no_more_when_its_decision_is_closed(client):
    """Also where the decision names it by its row on an older agenda than the minutes do."""
    held = ended()
    newer = make.AgendaVersionFactory(meeting=held.meeting, number=held.items[0].version.number + 1)
    for item in held.items:
        make.AgendaItemFactory(
            version=newer, position=item.position, title=item.title, purpose=item.purpose, carried_from=item
        )
    minutes = agreed(held)
    assert SECRET in read(client, minutes.get_absolute_url())
    decision = Decision.objects.get(item=held.items[2])
    closing.close(decision=decision, by=held.chair)
    said = closing_words(held.board, title="A contract")
    closing.give_ground(decision=decision, by=held.chair, said=said, board=held.board)
    page = read(client, minutes.get_absolute_url())
    assert SECRET not in page
    assert "A contract" in page


def test_replaced_version_is_marked(client):
    held = ended()
    minutes = agreed(held)
    actions.reopen(minutes=minutes, by=held.chair, because="A name was left out.")
    assert "These minutes were reopened" in read(client, minutes.get_absolute_url())
    actions.circulate(minutes=minutes, by=held.chair)
    actions.agree(minutes=minutes, by=held.chair)
    assert "Replaced by version 2" in read(client, minutes.url_of(1))
    page = read(client, minutes.get_absolute_url())
    assert "A name was left out." in page
    assert "Version 1" in page


def test_address_in_an_email_asks_to_sign_in(client):
    held = ended()
    minutes = circulated(held)
    for number in (1, 7):  # 7 is no version
        response = client.get(minutes.url_of(number))
        assert response.url.startswith(reverse("account_login"))


def test_minutes_to_confirm_stand_on_the_next_agenda(client):
    held = ended()
    minutes = agreed(held)
    soon, later = (
        make.MeetingFactory(board=held.board, kind="board", starts_at=timezone.now() + timedelta(days=days))
        for days in (20, 50)
    )
    for meeting in (soon, later):
        make.AgendaItemFactory(version=make.AgendaVersionFactory(meeting=meeting))
    line = f"{minutes}</a>, to be confirmed"
    assert line in read(client, soon.get_absolute_url())
    assert line not in read(client, later.get_absolute_url())


def test_minutes_to_confirm_stand_on_a_meeting_without_agenda(client):
    held = ended()
    minutes = agreed(held)
    meeting = make.MeetingFactory(board=held.board, kind="board", starts_at=timezone.now() + timedelta(days=20))
    assert f"{minutes}</a>, to be confirmed" in read(client, meeting.get_absolute_url())
    sign_in(client, held.chair)
    make.AgendaVersionFactory(meeting=meeting, state="draft", published_at=None, published_by=None, due_on=None)
    assert "to be confirmed" in read(client, reverse("manage_agenda", args=[meeting.slug]))


def test_key_messages_come_before_the_minutes_and_are_told_once(client):
    held = ended()
    minutes = drafted(held)
    read(client, minutes.key_messages_url, 404)
    staff = make.StaffFactory()
    actions.write(version=minutes.newest, by=staff, content={}, texts={}, key_messages="The plan **goes ahead**.")
    address = reverse("minutes_publish_key_messages", args=[held.meeting.slug, held.board.slug])
    asked = read(sign_in(client, staff), address)
    for words in ("as everybody will read them", "<strong>goes ahead</strong>", "What was decided"):
        assert words in asked
    client.logout()
    key_messages.publish(minutes=minutes, by=staff)
    page = read(client, minutes.key_messages_url)
    assert "<strong>goes ahead</strong>" in page
    assert "The plan" in page
    actions.circulate(minutes=minutes, by=staff)
    actions.agree(minutes=minutes, by=held.chair)
    assert minutes.published_key_messages.count() == 1
    assert Message.objects.filter(key__contains="key-messages").count() == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("x" * 20_001, "at most 20000 characters"),
        ("![a](https://www.example.org/a.png)", "A picture cannot stand in the text"),
    ],
)
def test_writing_refuses_what_no_page_can_show(client, typed, words):
    held = ended()
    minutes = drafted(held)
    sign_in(client, held.chair)
    page = client.post(f"{minutes.work_url}edit/", {"item_1": typed, "presided": "Ada", "revision": 0}).content.decode()
    assert words in page
    assert typed[:30].replace("&", "&amp;") in page


def test_written_script_and_nul_are_text(client):
    held = ended()
    minutes = drafted(held)
    sign_in(client, held.chair)
    client.post(f"{minutes.work_url}edit/", {"item_1": "a\0b <script>alert(1)</script>", "revision": 0})
    page = read(client, minutes.get_absolute_url())
    assert "<script>alert" not in page
    assert "ab &lt;script&gt;" in page


def test_edit_conflict_shows_what_differs(client):
    held = ended()
    minutes = drafted(held)
    actions.write(version=minutes.newest, by=make.StaffFactory(), content={}, texts={1: "Theirs."}, key_messages="")
    sign_in(client, held.chair)
    page = client.post(f"{minutes.work_url}edit/", {"item_1": "Mine.", "revision": 0}).content.decode()
    assert "What is different" in page
    assert "Mine." in page
    assert minutes.newest.items.get(number=1).text == "Theirs."


def test_correction_is_proposed_and_answered_on_pages(client):
    held = ended()
    minutes = circulated(held)
    sign_in(client, held.members[0])
    address = reverse("minutes_correct", args=[held.meeting.slug, held.board.slug])
    item = minutes.newest.items.first()
    client.post(address, {"item": item.pk, "text": "I was late."})
    assert "Waiting for an answer" in read(client, minutes.newest.get_absolute_url())
    correction = minutes.newest.corrections.get()
    assert correction.item == item
    sign_in(client, held.chair)
    answer = reverse("minutes_correction_answer", args=[held.meeting.slug, held.board.slug, correction.pk])
    assert "Say why you decline it" in client.post(answer, {"outcome": "decline", "words": ""}).content.decode()
    client.post(answer, {"outcome": "decline", "words": "The record says otherwise."})
    sign_in(client, held.members[0])
    assert "The record says otherwise." in read(client, minutes.newest.get_absolute_url())
    sign_in(client, held.members[1])
    assert "I was late." not in read(client, minutes.newest.get_absolute_url())


def test_correction_after_agreement_keeps_the_words(client):
    held = ended()
    agreed(held)
    sign_in(client, held.members[0])
    address = reverse("minutes_correct", args=[held.meeting.slug, held.board.slug])
    page = client.post(address, {"item": "", "text": "I was late."}).content.decode()
    assert "The chair agreed these minutes on" in page
    assert "I was late." in page


def titles(user):
    return [each.title.split(" the minutes")[0] for each in todo.now_for(user) if "minutes of" in each.title]


def test_todos_follow_the_minutes():
    held, staff = ended(), make.StaffFactory()
    assert titles(staff) == titles(held.chair) == ["Draft"]
    minutes = drafted(held)
    assert titles(staff) == titles(held.chair) == ["Circulate"]
    actions.circulate(minutes=minutes, by=staff)
    assert titles(staff) == []
    assert titles(held.chair) == titles(held.members[0]) == titles(held.members[1]) == ["Check"]
    correction = corrections.propose(minutes=minutes, by=held.members[0], text="I was late.")
    assert titles(staff) == ["Answer corrections to"]
    assert titles(held.chair) == ["Check", "Answer corrections to"]
    assert [each.due for each in todo.now_for(staff) if "Answer" in each.title] == [minutes.newest.corrections_by]
    assert titles(held.members[0]) == []  # who proposed one has checked them
    corrections.answer(correction=correction, by=staff, accepted=True)
    minutes.versions.update(corrections_by=timezone.localdate() - timedelta(days=1))
    assert titles(held.chair) == ["Agree"]
    assert titles(held.members[1]) == []
    actions.agree(minutes=minutes, by=held.chair)
    assert titles(held.chair) == []
    make.MeetingFactory(board=held.board, starts_at=timezone.now() - timedelta(minutes=1))
    assert titles(held.chair) == ["Confirm"]
    assert titles(held.members[0]) == []


def test_chair_is_led_to_wait_while_corrections_are_open(client):
    held = ended()
    minutes = circulated(held)
    version = minutes.newest
    page = read(sign_in(client, held.chair), minutes.work_url)
    assert f"Corrections are open until {day(version.corrections_by)}." in page
    assert ">agree them early</a>" in page
    assert ">Agree them</a>" not in page
    agree = reverse("minutes_agree", args=[held.meeting.slug, held.board.slug])
    asked = read(client, agree)
    assert f"Corrections are open until {day(version.corrections_by)}. Agreeing the minutes before" in asked
    assert "as everybody will read them" in asked
    minutes.versions.update(corrections_by=timezone.localdate() - timedelta(days=1))
    assert ">Agree them</a>" in read(client, minutes.work_url)


def test_todo_to_check_minutes_leads_to_them_by_their_last_day():
    held = ended()
    version = circulated(held).newest
    asked = next(each for each in todo.now_for(held.members[0]) if "minutes" in each.title)
    assert asked.title == f"Check the minutes of {short_day(held.meeting.starts_at)}, {held.board}"
    assert (asked.url, asked.due) == (version.get_absolute_url(), version.corrections_by)


@pytest.mark.parametrize("early", [True, False])
def test_minutes_are_offered_as_soon_as_the_record_has_ended(client, early):
    over = timezone.now() + timedelta(minutes=30 if early else -30)
    held = Held(ends_at=over).start()
    held.here(held.chair, *held.members)
    address = reverse("minutes_draft", args=[held.meeting.slug, held.board.slug])
    sign_in(client, held.chair)
    assert address not in read(client, held.meeting.get_absolute_url())
    held.take(2)
    held.agree(1)
    held.agree(3)
    held.end()
    assert address in read(client, held.meeting.get_absolute_url())
    bar = read(client, reverse("record", args=[held.meeting.slug]))
    assert f'href="{address}">Draft the minutes</a>' in bar


def test_staff_alone_draft_minutes_of_what_nobody_recorded(client):
    held = Held()
    address = reverse("minutes_draft", args=[held.meeting.slug, held.board.slug])
    for person, offered in ((held.chair, False), (make.StaffFactory(), True)):
        sign_in(client, person)
        assert (address in read(client, held.meeting.get_absolute_url())) is offered


def test_minutes_say_who_cast_the_casting_vote(client):
    held = Held().start()
    make.BoardPracticeFactory(board=held.board, has_casting_vote=True)
    held.here(held.chair, held.members[0])
    held.enter("presides", seat=held.seat_of(held.chair), name=held.chair.name)
    votes = {str(held.seat_of(held.chair).pk): "for", str(held.seat_of(held.members[0]).pk): "against"}
    held.agree(1, votes=votes, casting="for")
    held.agree(3)
    held.take(2)
    held.end()
    sign_in(client, held.chair)
    assert f"casting vote of {held.chair.name}: for" in read(client, drafted(held).newest.get_absolute_url())


def test_boards_in_common_have_minutes_of_their_own():
    held = ended()
    other = make.ChairFactory().seat.board
    make.MeetingBoardFactory(meeting=held.meeting, board=other)
    staff = make.StaffFactory()
    assert titles(staff) == ["Draft", "Draft"]
    first = drafted(held)
    second = actions.draft(meeting=held.meeting, board=other, by=staff)
    assert first != second
    assert second.get_absolute_url().endswith(f"/minutes/{other.slug}/")
    assert titles(staff) == ["Circulate", "Circulate"]
    assert not second.newest.items.exists()  # the host alone takes the items


def test_chair_is_reminded_once():
    held = ended()
    minutes = circulated(held)
    assert remind() == 0
    minutes.versions.update(corrections_by=timezone.localdate() - timedelta(days=6))
    assert remind() == 1
    assert remind() == 0
    assert Message.objects.get(key__contains="agreement_waits").to_email == held.chair.email


def test_minutes_of_a_board_take_the_same_queries(client):
    board = make.BoardFactory()
    sign_in(client, make.StaffFactory())  # public pages are cached
    counts = []
    for number in (1, 4):
        for _ in range(number):
            make.AgreedMinutesFactory(meeting__board=board)
        counts.append(queries(client, reverse("board_minutes", args=[board.slug])))
    assert counts[0] == counts[1]


def test_page_of_minutes_takes_the_same_queries(client):
    counts = []
    for number in (1, 6):
        minutes = make.MinutesFactory()
        version = minutes.newest
        for _ in range(number):
            ground = make.ClosureGroundFactory()
            make.MinutesItemFactory(version=version, closure=ground.closure)
            make.MinutesItemFactory(version=version)
        sign_in(client, make.StaffFactory())
        counts.append(queries(client, minutes.get_absolute_url()))
    assert counts[0] == counts[1]
