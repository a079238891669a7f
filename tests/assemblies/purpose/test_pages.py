"""Pages of a purpose: what everybody reads, what chair and staff do there, and who reads who said what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.organising.actions import meeting
from assemblies.purpose.models import PurposeVersion, Round
from partnership import todo
from partnership.boards.actions import acting_chair
from tests import factories as make
from tests.assemblies.purpose.group import LINES, group
from tests.factories.days import in_days
from tests.questions import queries
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
WORDS = "Say who shares what"
QUIET = "One voice drowns the others"


@pytest.fixture
def peg():
    return group("Forum Central", "City Council")


@pytest.fixture
def said(peg):
    """A round that is over: one organisation may be quoted, the other not."""
    asked = peg.ask()
    peg.answer(asked, 0, "stands", "change", "stands", words=WORDS, named=True)
    peg.answer(asked, 1, "stands", "stands", "no_longer", words=QUIET)
    return peg.close(asked)


def text_of(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_everybody_reads_the_purpose_line_by_line(peg, client):
    page = text_of(client, "purpose", "peg")
    assert all(words in page for words in [*LINES, "live well", "18 March 2020", "https://example.org/paper"])
    assert "Write the next version" not in page


def test_board_without_a_purpose_leads_chair_and_staff_to_enter_it(client):
    board = make.BoardFactory()
    assert "is not here yet" in text_of(client, "purpose", board.slug)
    sign_in(client, make.StaffFactory())
    assert reverse("purpose_write", args=[board.slug]) in text_of(client, "board", board.slug)


def test_everybody_reads_what_was_said_and_quotes_by_name(peg, said, client):
    for page in (text_of(client, "purpose", "peg"), text_of(client, "purpose_round", "peg", said.pk)):
        assert all(words in page for words in ("2 of 2 member organisations answered", "Forum Central", WORDS))
        assert "City Council" not in page
        assert QUIET not in page


def test_members_of_the_board_and_staff_read_who_said_what(peg, said, client):
    member = make.AppointmentFactory(seat__board=peg.board).holder
    for user in (peg.chair, member, make.StaffFactory()):
        sign_in(client, user)
        page = text_of(client, "purpose_round", "peg", said.pk)
        assert QUIET in page
        assert "City Council" in page
    sign_in(client, peg.members[0])
    assert QUIET not in text_of(client, "purpose_round", "peg", said.pk)


def test_open_round_shows_no_answers(peg, client):
    asked = peg.ask()
    peg.answer(asked, 0, "change", "change", "change", words=WORDS, named=True)
    sign_in(client, peg.chair)
    assert WORDS not in text_of(client, "purpose_round", "peg", asked.pk)
    assert "Answers close on" in text_of(client, "purpose", "peg")


def test_round_before_a_meeting_by_invitation_does_not_name_it(peg, client):
    peg.meeting.by_invitation, peg.meeting.title = True, "Secret retreat"
    peg.meeting.save()
    asked = peg.ask()
    peg.answer(asked)
    peg.close(asked)
    for page in (text_of(client, "purpose", "peg"), text_of(client, "purpose_round", "peg", asked.pk)):
        assert "a meeting of Partnership Executive Group" in page
        assert "Secret retreat" not in page


def test_staff_enter_the_first_version_and_bad_input_is_kept(client):
    board = make.BoardFactory(slug="new")
    sign_in(client, make.StaffFactory())
    typed = {"opening": "We are here", "lines": "We share\nWe share", "in_force_from": "18 March 2020"}
    page = client.post(reverse("purpose_write", args=["new"]), typed).content.decode()
    assert "A line stands here twice" in page
    assert "We are here" in page
    client.post(reverse("purpose_write", args=["new"]), typed | {"lines": "We share\n\nWe listen"})
    assert [str(line) for line in board.purpose_versions.get().lines.all()] == ["We share", "We listen"]


def next_form(peg, **typed) -> dict:
    given = {f"line_{line.pk}": line.text for line in peg.version.lines.all()}
    return given | {"opening": "We are here", "lines": "", "because": "", "seen": peg.version.number} | typed


def test_chair_writes_the_next_version_beside_what_was_said(peg, said, client):
    decision = peg.decide()
    sign_in(client, peg.chair)
    page = text_of(client, "purpose_write", "peg")
    assert "Members: stands 1, change it 1, no longer 0." in page
    assert QUIET in page
    assert f"{decision}: Our purpose" in page
    first, second, third = peg.version.lines.all()
    typed = next_form(peg, decision=decision.pk, lines="We learn", read=said.pk)
    typed |= {f"line_{second.pk}": "We share, and say who does", f"line_{third.pk}": ""}
    client.post(reverse("purpose_write", args=["peg"]), typed)
    written = PurposeVersion.objects.get(number=2)
    assert [(line.text, line.continues) for line in written.lines.all()] == [
        (LINES[0], first), ("We share, and say who does", second), ("We learn", None),
    ]  # fmt: skip
    page = text_of(client, "purpose_version", "peg", 2)
    assert all(
        words in page for words in ("Added", "Changed", f"Before: {LINES[1]}", "Dropped in this version", LINES[2])
    )
    assert "not in force any more" in text_of(client, "purpose_version", "peg", 1)
    assert f"Said of how it read before: “{LINES[1]}”" in text_of(client, "purpose", "peg")


def test_what_was_typed_stands_beside_what_somebody_wrote_meanwhile(peg, client):
    second, third = list(peg.version.lines.all())[1:]
    typed = next_form(peg, because="Members asked for it", lines="We learn")
    typed |= {f"line_{second.pk}": "We share, and say who does", f"line_{third.pk}": ""}
    theirs = peg.write("We begin with people", *LINES[1:], because="The board has a new member")
    sign_in(client, peg.chair)
    answer = client.post(reverse("purpose_write", args=["peg"]), typed)
    assert "has just written version 2" in answer.content.decode()
    form = answer.context["form"]
    lines = [form[f"line_{line.pk}"] for line in theirs.lines.all()]
    assert [line.value() for line in lines] == [LINES[0], "We share, and say who does", ""]
    assert "It reads now: “We begin with people”." in lines[0].help_text
    again = {name: form[name].value() or "" for name in form.fields}
    client.post(reverse("purpose_write", args=["peg"]), again)
    written = PurposeVersion.objects.get(number=3)
    assert [str(line) for line in written.lines.all()] == [LINES[0], "We share, and say who does", "We learn"]


def test_version_does_not_follow_from_a_round_nobody_had_read(peg, client):
    """The form was open before members were asked; it is sent once they have answered."""
    typed = next_form(peg, because="We have a new member")
    asked = peg.ask()
    peg.answer(asked, 0, "stands", "change", "stands", words=WORDS)
    peg.close(asked)
    sign_in(client, peg.chair)
    answer = client.post(reverse("purpose_write", args=["peg"]), typed)
    page = answer.content.decode()
    assert "Members were asked meanwhile whether each line stands" in page
    assert WORDS in page
    assert PurposeVersion.objects.count() == 1
    form = answer.context["form"]
    client.post(reverse("purpose_write", args=["peg"]), {name: form[name].value() or "" for name in form.fields})
    assert PurposeVersion.objects.get(number=2).follows == asked


def test_pages_say_that_members_are_asked_before_anybody_types(peg, client):
    asked = peg.ask()
    sign_in(client, peg.chair)
    for name in ("purpose_write", "purpose_ask"):
        page = text_of(client, name, "peg")
        assert "Members are asked whether every line still stands." in page
        assert asked.get_absolute_url() in page


def test_next_version_while_members_are_asked_is_refused_and_kept(peg, client):
    peg.ask()
    sign_in(client, peg.chair)
    typed = next_form(peg, opening="Other words", because="We could not wait")
    page = client.post(reverse("purpose_write", args=["peg"]), typed).content.decode()
    assert "The purpose is being reaffirmed until" in page
    assert "Other words" in page
    assert PurposeVersion.objects.count() == 1


def test_chair_asks_and_bad_input_is_kept(peg, client):
    sign_in(client, peg.chair)
    page = text_of(client, "purpose_ask", "peg")
    assert all(words in page for words in ("2 member organisations", "Forum Central", "City Council"))
    late = timezone.localtime(peg.meeting.starts_at + timedelta(hours=1))
    typed = {
        "meeting": peg.meeting.pk,
        "words": "Be frank",
        "closes_at_day": f"{late:%d %B %Y}",
        "closes_at_clock": f"{late:%H:%M}",
    }
    page = client.post(reverse("purpose_ask", args=["peg"]), typed).content.decode()
    assert "Close before the meeting starts" in page
    assert "Be frank" in page
    soon = timezone.localtime(peg.meeting.starts_at - timedelta(days=3))
    typed |= {"closes_at_day": f"{soon:%d %B %Y}"}
    asked = client.post(reverse("purpose_ask", args=["peg"]), typed, follow=True)
    assert "2 organisations asked" in asked.content.decode()
    assert Round.objects.get().call.words == "Be frank"


def test_member_organisation_is_asked_at_home_and_answers(peg, client):
    asked = peg.ask()
    sign_in(client, peg.members[0])
    assert "Say whether every line of the purpose of the Partnership Executive Group" in text_of(client, "my_home")
    call = text_of(client, "call", asked.call.pk)
    assert "of which your organisation is a member" in call
    assert asked.get_absolute_url() in call
    address = reverse("call_answer", args=[asked.call.pk, peg.partners[0].slug])
    typed = {f"stance_{topic.pk}": "stands" for topic in asked.call.topics.all()}
    last = asked.call.topics.last()
    page = client.post(address, typed | {f"stance_{last.pk}": "no_longer", "seen": 0}).content.decode()
    assert "Say why it no longer stands" in page
    client.post(address, typed | {"seen": 0})
    assert asked.call.answers.get().partner == peg.partners[0]


def test_member_organisation_reads_who_reads_its_words(peg, client):
    asked = peg.ask()
    peg.answer(asked, 0, "stands", "change", "stands", words=WORDS)
    sign_in(client, peg.members[0])
    page = text_of(client, "call", asked.call.pk)
    assert "Only the chair, members of the board and staff read your words." in page
    assert "may only be quoted without" not in page


@pytest.mark.parametrize("who", ["acts", "follows"])
def test_who_chairs_the_board_now_sees_the_round_and_ends_it(peg, client, who):
    """Somebody acts for the chair, or another seat of the board is the chair's by now."""
    asked = peg.ask()
    if who == "acts":
        person = make.AppointmentFactory(seat__board=peg.board).holder
        today = timezone.localdate()
        acting_chair.name(board=peg.board, person=person, by=peg.chair, starts_on=today, ends_on=today)
    else:
        peg.board.seats.filter(is_chair=True).update(is_chair=False)
        person = make.ChairFactory(seat__board=peg.board, seat__title="New chair").holder
    sign_in(client, person)
    assert asked.call.get_absolute_url() in text_of(client, "purpose_round", "peg", asked.pk)
    assert reverse("call_closing", args=[asked.call.pk]) in text_of(client, "call", asked.call.pk)
    soon = timezone.localtime() + timedelta(minutes=5)
    typed = {"closes_at_day": f"{soon:%d %B %Y}", "closes_at_clock": f"{soon:%H:%M}"}
    assert client.post(reverse("call_closing", args=[asked.call.pk]), typed).status_code == 302
    asked.call.refresh_from_db()
    assert asked.call.closes_at < timezone.now() + timedelta(minutes=6)
    make.CallFactory(seat=asked.call.seat, meeting=peg.meeting)  # one of the seat itself stays the seat's
    assert client.get(reverse("call", args=[asked.call.pk + 1])).status_code == 404


def todos(user) -> list[str]:
    return [each.title for each in todo.now_for(user)]


def test_chair_is_asked_what_follows_from_a_round(peg, said):
    assert "Read what members say of our purpose: Partnership Executive Group" in todos(peg.chair)
    peg.meeting.starts_at -= timedelta(days=60)
    peg.meeting.ends_at -= timedelta(days=60)
    peg.meeting.save()
    assert "Write the next version of our purpose: Partnership Executive Group" in todos(peg.chair)
    peg.write(decision=peg.decide())
    assert not [each for each in todos(peg.chair) if "purpose" in each]


def test_chair_is_asked_to_ask_again_where_nobody_answered(peg, client):
    asked = peg.close(peg.ask())
    assert "Ask again which lines of our purpose still stand: Partnership Executive Group" in todos(peg.chair)
    sign_in(client, peg.chair)
    page = text_of(client, "purpose_round", "peg", asked.pk)
    assert "no line is reaffirmed" in page
    assert "Ask again" in page
    assert "no line is reaffirmed" in text_of(client, "purpose", "peg")


def test_result_of_a_cancelled_meeting_is_taken_to_another(peg, said):
    meeting.cancel(meeting=peg.meeting, by=make.StaffFactory(), reason="Snow")
    assert "Find a meeting for what members say of our purpose: Partnership Executive Group" in todos(peg.chair)
    later = make.MeetingFactory(board=peg.board, kind="executive", starts_at=in_days(50))
    said.planned.refresh_from_db()
    planned_item.move(item=said.planned, by=peg.chair, meeting=later, reason="Snow")
    assert "Read what members say of our purpose: Partnership Executive Group" in todos(peg.chair)


def test_home_of_the_chair_asks_for_views_not_again(peg, client):
    """The round is no question to those that the chair's seat speaks for."""
    peg.ask()
    sign_in(client, peg.chair)
    page = text_of(client, "my_home")
    assert "Ask the organisations you represent" in page
    assert "Answers so far" not in page


def on_agenda(peg, asked):
    return make.AgendaItemFactory(version__meeting=peg.meeting, version__number=1, position=1, planned=asked.planned)


def test_result_stands_with_the_item_on_the_agenda(peg, client):
    asked = peg.ask()
    on_agenda(peg, asked)
    assert "Member organisations are asked before the meeting" in text_of(client, "meeting", peg.meeting.slug)
    peg.answer(asked, 0, "stands", "change", "stands", words=WORDS)
    peg.close(asked)
    page = text_of(client, "meeting", peg.meeting.slug)
    assert "1 of 2 member organisations answered." in page
    assert "Change it: <strong>1</strong>" in page


def test_result_stands_where_the_meeting_is_recorded(peg, said, client):
    on_agenda(peg, said)
    sitting = make.SittingFactory(meeting=peg.meeting)
    sign_in(client, peg.chair)
    page = text_of(client, "record", sitting.meeting.slug)
    assert "2 of 2 member organisations answered." in page
    assert said.get_absolute_url() in page


def test_decision_leads_to_the_version_it_agreed(peg, said, client):
    decision = peg.decide()
    version = peg.write(decision=decision)
    assert version.get_absolute_url() in text_of(client, "decision", decision.pk)


def test_result_of_a_closed_item_is_not_on_the_agenda(peg, said, client):
    closure = make.ClosureGroundFactory(board=peg.board).closure
    item = on_agenda(peg, said)
    item.closure = closure
    item.save()
    assert "member organisations answered" not in text_of(client, "meeting", peg.meeting.slug)


def test_pages_ask_the_database_as_often_for_many_as_for_one(peg, client):
    def asked_of(many: bool) -> list[int]:
        one = make.BoardFactory()
        lines = [f"Line {number}" for number in range(9 if many else 1)]
        version = make.PurposeVersionFactory(board=one, lines=lines)
        row = make.ClosedRoundFactory(version=version)
        row.lines.update(quotes=[["Forum Central", "change", WORDS]] * (5 if many else 1))
        if many:
            meeting = row.call.meeting
            make.ClosedRoundFactory(version=version, call__seat=row.call.seat, call__meeting=meeting)
        addresses = [
            reverse("purpose", args=[one.slug]),
            reverse("purpose_round", args=[one.slug, row.pk]),
            reverse("purpose_version", args=[one.slug, 1]),
            reverse("purpose_write", args=[one.slug]),
        ]
        return [queries(client, address) for address in addresses]

    sign_in(client, make.StaffFactory())
    asked_of(many=False)
    few, many = asked_of(many=False), asked_of(many=True)
    assert few == many
    assert max(many) <= 22
