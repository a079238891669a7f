"""Rounds of reaffirmation: who is asked, what the result says, and what is planned for the meeting."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.organising.actions import meeting
from assemblies.purpose.actions import purpose_round
from assemblies.purpose.models import Round
from assemblies.purpose.results import answers_of, quotes_of
from assemblies.voice.actions import call as calls
from assemblies.voice.actions import member_run, report_back
from assemblies.voice.models import CallForViews
from assemblies.voice.own_voice import to_report
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.purpose.group import LINES, group
from tests.factories.days import in_days
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def peg():
    return group("Forum Central", "City Council")


def test_round_asks_each_member_organisation_once_about_each_line(peg):
    peg.board.seats.filter(title="Seat of City Council").update(nominating_partner=None)
    seat = peg.board.seats.get(title="Seat of City Council")
    make.AppointmentFactory(seat=seat, partner=peg.partners[1])  # its holder comes from there
    make.SeatFactory(board=peg.board, nominating_partner=peg.partners[0])  # a second seat of the first
    make.AppointmentFactory(seat=seat, partner=make.PartnerFactory(), starts_on="2019-01-01", ends_on="2019-12-31")
    make.SeatFactory(nominating_partner=make.PartnerFactory())  # of another board
    asked = peg.ask()
    assert set(asked.call.asked.all()) == set(peg.partners)
    assert [(str(row.line), row.topic.question) for row in asked.lines.all()] == [(line, line) for line in LINES]


def test_round_emails_members_in_words_of_a_purpose(peg):
    peg.ask(words="Please be frank.")
    member_run.resume()
    sent = Message.objects.get(to_email=peg.members[0].email)
    assert sent.subject == "Does every line still stand? The Partnership Executive Group asks about its purpose"
    assert all(words in sent.text for words in [*LINES, "Forum Central", "Please be frank.", "a member of this board"])
    assert not mail.outbox


def test_member_who_joins_while_it_is_open_is_asked_too(peg):
    asked = peg.ask()
    member_run.resume()
    late = peg.join("Healthwatch")
    make.PartnerFactory()  # is none of the board's
    calls.ask_newcomers(call=asked.call)
    assert set(asked.call.asked.all()) == {*peg.partners}
    assert late in peg.partners


def test_round_plans_an_item_for_its_meeting(peg):
    asked = peg.ask()
    item = PlannedItem.objects.get()
    assert (item, item.meeting, str(item), item.purpose) == (asked.planned, peg.meeting, purpose_round.ITEM, "decision")
    assert not item.needs_report


def test_board_that_advises_talks_about_it(peg):
    peg.board.kind = "forum"
    peg.board.save()
    assert peg.ask().planned.purpose == "discussion"


def test_second_round_for_a_meeting_keeps_the_item(peg):
    first = peg.ask(closes_at=peg.meeting.starts_at - timedelta(days=20))
    peg.close(first)
    second = peg.ask(now=peg.meeting.starts_at - timedelta(days=10))
    assert second.planned == first.planned
    assert PlannedItem.objects.count() == 1


def test_round_takes_up_the_item_of_a_cancelled_meeting(peg):
    first = peg.ask()
    meeting.cancel(meeting=peg.meeting, by=make.StaffFactory(), reason="Snow")
    peg.close(first)
    later = make.MeetingFactory(board=peg.board, kind="executive", starts_at=in_days(50))
    second = peg.ask(meeting=later, closes_at=in_days(45))
    item = PlannedItem.objects.get()
    assert (item, item.meeting) == (second.planned, later)


def test_round_sent_twice_is_one(peg):
    key = uuid4()
    assert peg.ask(key=key) == peg.ask(key=key)


def test_second_open_round_of_a_board_is_refused(peg):
    asked = peg.ask()
    with pytest.raises(Refusal, match="Members are asked already, until"):
        peg.ask()
    with pytest.raises(IntegrityError, match="one_open_purpose_round"), transaction.atomic():
        make.RoundFactory(version=peg.version, call__seat=asked.call.seat, call__meeting=peg.meeting)
    assert Round.objects.get() == asked


@pytest.mark.parametrize("what", ["purpose", "seat", "members"])
def test_round_is_refused_where_something_is_missing(what):
    peg = group()
    if what == "purpose":
        peg.board = make.BoardFactory()
        match = "has not entered its purpose"
    elif what == "seat":
        peg.board.seats.update(is_chair=False)
        match = "has no chair’s seat"
    else:
        match = "No listed organisation is a member"
    with pytest.raises(Refusal, match=match):
        peg.ask()


def test_result_counts_each_line_and_quotes_who_agreed(peg):
    peg.join("Healthwatch")
    asked = peg.ask()
    peg.answer(asked, 0, "stands", "change", "no_longer", words="Say who shares what", named=True)
    peg.answer(asked, 1, "stands", "stands", "change", words="Not one voice")
    peg.close(asked)
    assert (asked.asked, asked.answered, asked.is_open) == (3, 2, False)
    assert [row.counts for row in asked.lines.all()] == [
        "stands 2, change it 0, no longer 0",
        "stands 1, change it 1, no longer 0",
        "stands 0, change it 1, no longer 1",
    ]
    last = asked.lines.last()
    assert [(said.who, said.stance) for said in quotes_of(last)] == [("Forum Central", "No longer")]
    everyone = answers_of(asked)[last.topic_id]
    assert [(said.who, said.words) for said in everyone] == [
        ("City Council", "Not one voice"),
        ("Forum Central", "Say who shares what"),
    ]


def test_round_nobody_answered_reaffirms_nothing(peg):
    asked = peg.close(peg.ask())
    assert (asked.asked, asked.answered) == (2, 0)
    assert asked.said == "None of 2 member organisations answered, so no line is reaffirmed."


def test_open_round_is_not_counted(peg):
    asked = peg.ask()
    peg.answer(asked)
    assert purpose_round.close_due() == 0
    asked.refresh_from_db()
    assert asked.is_open


def test_round_closes_early_where_the_chair_says_so(peg):
    asked = peg.ask()
    peg.answer(asked)
    soon = asked.call.opened_at + timedelta(minutes=5)
    calls.move_closing(call=asked.call, by=peg.chair, closes_at=soon)
    assert purpose_round.close_due(now=soon) == 1


def test_round_of_a_meeting_that_is_cancelled_is_over(peg):
    asked = peg.ask()
    peg.answer(asked)
    peg.meeting.state = "cancelled"
    peg.meeting.save()
    assert purpose_round.close_due() == 1
    asked.refresh_from_db()
    assert asked.answered == 1


def test_answer_must_be_one_of_a_purpose(peg, client):
    """The form of the call offers what stands, changes and stands no longer, and nothing else."""
    asked = peg.ask()
    sign_in(client, peg.members[0])
    page = client.get(f"{asked.call.get_absolute_url()}answer/{peg.partners[0].slug}/").content.decode()
    assert all(words in page for words in ("Stands", "Change it", "No longer", "Your words on line 3"))
    assert "No view" not in page
    assert "Concerns" not in page


def test_chair_owes_no_summary_and_no_report_back_for_it(peg, client):
    """A call for views asks for both; the result of a round stands with the purpose by itself."""
    asked = peg.ask()
    peg.answer(asked)
    peg.close(asked)
    CallForViews.objects.update(opened_at=in_days(-3), closes_at=in_days(-1))
    assert not CallForViews.objects.to_sum_up(timezone.now()).exists()
    Meeting.objects.update(starts_at=in_days(-1), ends_at=in_days(-1) + timedelta(hours=1))
    assert not to_report(peg.chair).exists()
    seat = asked.call.seat
    seat.sector = "nhs"  # speaks for nobody there is
    seat.save()
    assert not report_back.to_tell(peg.meeting, seat).exists()
    sign_in(client, peg.chair)
    assert client.get(reverse("call_summary", args=[asked.call.pk, 1])).status_code == 404
    assert "Attach a summary" not in client.get(reverse("call_views", args=[asked.call.pk])).content.decode()
