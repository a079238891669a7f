"""A report is signed off step by step: each by one person, of the text they read; who holds it is told and reminded."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from assemblies.forward_plan.actions import planned_item as items
from assemblies.meetings.models import Meeting
from assemblies.papers import sign_off as chains
from assemblies.papers.actions import board_chain, report_step
from assemblies.papers.actions import report as reports
from assemblies.papers.models import BoardStep, Report, ReportStep, StepHandover
from partnership import todo
from partnership.boards.models import BankHoliday
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests.assemblies.papers.signing import approve, chain, now, send_back, sign_off, submit, submitted
from tests.factories import (
    LONDON,
    BoardFactory,
    BoardStepFactory,
    ChairFactory,
    ReportFactory,
    StaffFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def mails(user) -> list[str]:
    return list(Message.objects.filter(to_email=user.email).order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 8, 27), 1, date(2026, 8, 28)),
        (date(2026, 8, 28), 1, date(2026, 9, 1)),  # the weekend, and the bank holiday of 31 August
        (date(2026, 8, 27), 3, date(2026, 9, 2)),
    ],
)
def test_due_day_counts_working_days(start, days, due):
    assert chains.due_after(start, days) == due


def test_bank_holiday_that_staff_added_is_no_working_day():
    BankHoliday.objects.create(day=date(2026, 9, 2), name="Proclaimed lately")
    assert chains.due_after(date(2026, 9, 1), 1) == date(2026, 9, 3)


def test_first_step_is_open_and_its_holder_told():
    report = submitted("Finance", "Director")
    step = now(report)
    assert (step.name, step.version.steps.last().state) == ("Finance", "waiting")
    assert step.due_on == chains.due_after(timezone.localdate(), 3)
    assert [subject.split(" by ")[0] for subject in mails(step.holder)] == [f"Please sign off “{report.title}”"]


def test_approval_hands_the_report_on_and_the_last_signs_it_off():
    report = submitted("Finance", "Director")
    first = now(report)
    approve(first, comment="Fine.")
    assert now(report).name == "Director"
    sign_off(report)
    assert report.state == Report.State.SIGNED
    first.refresh_from_db()
    assert (first.comment, first.sha256) == ("Fine.", first.version.sha256)
    assert mails(report.author) == [f"Signed off: “{report.title}”"]


def test_approval_twice_is_one():
    report = submitted("Finance", "Director")
    step = now(report)
    approve(step)
    approve(step)
    assert now(report).name == "Director"


def test_approval_is_of_the_text_that_was_read():
    step = now(submitted("Finance"))
    with pytest.raises(Refusal, match="not the text you read"):
        report_step.approve(step=step, by=step.holder, seen="0" * 64)
    with pytest.raises(Refusal, match="is with"):
        report_step.approve(step=step, by=UserFactory(), seen=step.version.sha256)


def test_step_that_is_not_reached_cannot_be_taken():
    report = submitted("Finance", "Director")
    later = now(report).version.steps.last()
    with pytest.raises(Refusal, match="not done yet"):
        approve(later)


def test_return_stops_the_chain_and_tells_the_author_why():
    report = submitted("Finance", "Director")
    step = now(report)
    with pytest.raises(Refusal, match="Say why"):
        send_back(step, " ")
    send_back(step, "Say what it costs.")
    report.refresh_from_db()
    assert report.state == Report.State.RETURNED
    assert [each.state for each in step.version.steps.all()] == ["returned", "stopped"]
    assert "Say what it costs." in Message.objects.get(to_email=report.author.email).text


def test_next_version_goes_through_the_whole_chain_again():
    report = submitted("Finance", "Director")
    approve(now(report))
    send_back(now(report))
    text = report.working_text
    reports.write(report=report, by=report.author, text=replace(text, title="Another title"))
    submit(report, what_changed="The title.")
    assert now(report).name == "Finance"


def test_take_back_stops_steps_and_their_emails():
    report = submitted("Finance")
    step = now(report)
    reports.take_back(report=report, by=report.author)
    step.refresh_from_db()
    assert step.state == ReportStep.State.STOPPED
    assert Message.objects.get(to_email=step.holder.email).state == Message.State.WITHDRAWN
    with pytest.raises(Refusal, match="already not needed"):
        approve(step)


def test_author_cannot_take_a_step_of_their_report():
    report = ReportFactory()
    step = BoardStepFactory(board=report.board, name="Finance", holder=report.author)
    with pytest.raises(Refusal, match="Finance: Say who takes this step"):
        submit(report)
    with pytest.raises(Refusal, match="wrote the report"):
        submit(report, holders={step: report.author})
    other = UserFactory()
    submit(report, holders={step: other})
    assert now(report).holder == other


def test_nobody_takes_two_steps_of_one_report():
    report, person = ReportFactory(), UserFactory()
    for place, name in enumerate(("Finance", "Legal"), start=1):
        BoardStepFactory(board=report.board, name=name, position=place, holder=person)
    with pytest.raises(Refusal, match="Legal"):
        submit(report)
    with pytest.raises(Refusal, match="nobody takes two"):
        submit(report, holders={report.board.report_chain.last(): person})


def test_database_gives_nobody_two_steps_of_a_version():
    step = now(submitted("Finance", "Director"))
    with pytest.raises(IntegrityError, match="nobody_takes_two"), transaction.atomic():
        step.version.steps.update(holder=step.holder)


def test_chair_step_goes_to_whoever_chairs_the_board():
    report = ReportFactory()
    chair = ChairFactory(seat__board=report.board).holder
    BoardStepFactory(board=report.board, name="Chair", holder=None, by_chair=True)
    submit(report)
    assert now(report).holder == chair


def test_chair_step_goes_to_who_acts_for_the_chair():
    report, acts = ReportFactory(), UserFactory()
    ChairFactory(seat__board=report.board)
    today = timezone.localdate()
    report.board.acting_chairs.create(person=acts, starts_on=today, ends_on=today)
    BoardStepFactory(board=report.board, name="Chair", holder=None, by_chair=True)
    submit(report)
    assert now(report).holder == acts


def test_database_refuses_to_change_what_was_signed():
    report = submitted("Finance")
    approve(now(report))
    for change in ({"comment": "No."}, {"sha256": "1" * 64}, {"state": "open"}):
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            ReportStep.objects.update(**change)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        ReportStep.objects.all()._raw_delete("default")


def test_handover_moves_the_step_and_tells_the_other():
    report = submitted("Finance")
    step, other = now(report), UserFactory()
    report_step.hand_over(step=step, by=step.holder, to=other, reason="On leave.")
    moved = now(report)
    assert (moved.holder, moved.due_on) == (other, step.due_on)
    assert "On leave." in Message.objects.get(to_email=other.email).text
    assert Message.objects.get(to_email=step.holder.email).state == Message.State.WITHDRAWN
    assert not Report.objects.visible_to(step.holder).exists()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        StepHandover.objects.update(reason="")


def test_handover_refuses_the_author_and_who_takes_another_step():
    report = submitted("Finance", "Director")
    step = now(report)
    with pytest.raises(Refusal, match="wrote the report"):
        report_step.hand_over(step=step, by=step.holder, to=report.author)
    with pytest.raises(Refusal, match="nobody takes two"):
        report_step.hand_over(step=step, by=step.holder, to=step.version.steps.last().holder)
    approve(step)
    with pytest.raises(Refusal, match="already approved"):
        report_step.hand_over(step=step, by=step.holder, to=UserFactory())


def moment(day: date):
    return datetime(day.year, day.month, day.day, 9, tzinfo=LONDON)


def test_holder_is_reminded_two_days_before_and_on_the_day_once_each():
    report = ReportFactory()
    (first,) = chain(report.board, "Finance")
    BoardStep.objects.filter(pk=first.pk).update(working_days=5)
    submit(report, now=moment(date(2026, 9, 7)))  # due on Monday 14 September
    step = now(report)
    told = {day: report_step.remind_due(moment(date(2026, 9, day))) for day in (8, 11, 12, 13, 14)}
    assert told == {8: 0, 11: 0, 12: 1, 13: 0, 14: 1}
    assert report_step.remind_due(moment(date(2026, 9, 14))) == 0
    assert "Today" in mails(step.holder)[-1]


def test_late_step_is_reminded_of_every_three_days():
    step = now(submitted("Finance"))
    told = [report_step.remind_due(moment(step.due_on + timedelta(days=ahead))) for ahead in range(8)]
    assert told == [1, 0, 0, 1, 0, 0, 1, 0]
    assert "Late" in mails(step.holder)[-1]
    approve(step)
    assert report_step.remind_due(moment(step.due_on + timedelta(days=9))) == 0


@pytest.mark.parametrize("why", ["its item was taken off the plan", "its meeting has started"])
def test_step_of_a_report_that_cannot_come_out_asks_nobody(why):
    report = submitted("Finance")
    step = now(report)
    if why == "its meeting has started":
        Meeting.objects.update(starts_at=in_days(-1), ends_at=in_days(-1, 12))
    else:
        items.withdraw(item=report.item, by=None, reason="The law changed")
    assert report_step.remind_due(moment(step.due_on)) == 0
    assert not [each for each in todo.now_for(step.holder) if "Sign off" in each.title]


def test_missed_reminder_is_caught_up():
    report = submitted("Finance")
    step = now(report)
    assert report_step.remind_due(moment(step.due_on + timedelta(days=3))) == 1
    assert "Late" in mails(step.holder)[-1]


def test_step_of_one_day_is_reminded_of_on_its_day_alone():
    report = ReportFactory()
    (first,) = chain(report.board, "Finance")
    BoardStep.objects.filter(pk=first.pk).update(working_days=1)
    submit(report, now=moment(date(2026, 9, 7)))
    assert report_step.remind_due(moment(date(2026, 9, 7))) == 0
    assert report_step.remind_due(moment(date(2026, 9, 8))) == 1


def test_chain_keeps_its_order_when_a_step_moves_or_goes():
    board, staff = BoardFactory(), StaffFactory()
    for name in ("Finance", "Legal", "Chair"):
        board_chain.write_step(board=board, by=staff, step=None, name=name, by_chair=False, holder=None, working_days=3)
    board_chain.shift_step(step=board.report_chain.get(name="Chair"), by=staff, up=True)
    board_chain.remove_step(step=board.report_chain.get(name="Finance"), by=staff)
    assert list(board.report_chain.values_list("position", "name")) == [(1, "Chair"), (2, "Legal")]
    with pytest.raises(Refusal, match="of this name"):
        board_chain.write_step(
            board=board, by=staff, step=None, name="legal", by_chair=False, holder=None, working_days=3
        )
