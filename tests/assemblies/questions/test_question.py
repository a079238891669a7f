"""A question from the public: who may put one, by when and how many; confirmed, decided on, asked and answered."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.organising.actions import meeting as meetings
from assemblies.organising.actions import move as moving
from assemblies.questions import asking
from assemblies.questions.actions import question as questions
from assemblies.questions.listed import accepted_for
from assemblies.questions.models import Question, Reply
from partnership.audit.models import Entry
from partnership.boards.models import BankHoliday
from partnership.outbox.models import Message
from partnership.refusals import Refusal
from tests import factories as make

pytestmark = pytest.mark.django_db
TEXT = "When will the clinic in Beeston open again?"
REASON = "It is about one person’s care."
State = Question.State


def at(day: date, clock: time = time(12)) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


@pytest.fixture
def rules():
    return make.QuestionRulesFactory()


@pytest.fixture
def meeting(rules):
    """On Thursday 3 September 2026: the third working day before it, over a bank holiday, is Friday 28 August."""
    return make.MeetingFactory(board=rules.board, starts_at=at(date(2026, 9, 3), time(14)))


def ask(meeting, *, by=None, now=None, **other):
    facts = {"name": "Sam", "email": "sam@example.org", "text": TEXT, "board": meeting.board} | other
    return questions.ask(meeting=meeting, by=by, now=now or at(date(2026, 8, 20)), **facts)


def mails(what: str) -> int:
    return Message.objects.filter(key__contains=f":{what}").count()


def test_deadline_counts_working_days_before_the_meeting(meeting, rules):
    assert asking.deadline(meeting, rules.board, rules) == at(date(2026, 8, 28))


def test_deadline_leaves_out_holidays_that_staff_added(meeting, rules):
    BankHoliday.objects.create(day=date(2026, 9, 2), name="Jubilee")
    assert asking.deadline(meeting, rules.board, rules) == at(date(2026, 8, 27))


def test_deadline_never_comes_after_the_meeting_begins(meeting, rules):
    rules.deadline_days, rules.deadline_by = 0, time(17)
    assert asking.deadline(meeting, rules.board, rules) == meeting.starts_at


def test_question_at_the_deadline_is_in_time_and_no_later(meeting):
    ask(meeting, now=at(date(2026, 8, 28)))
    with pytest.raises(Refusal, match="had to reach us by 12pm on Friday 28 August 2026"):
        ask(meeting, name="Ann", now=at(date(2026, 8, 28)) + timedelta(seconds=1))


def test_meeting_that_moves_moves_the_deadline(meeting):
    meeting.starts_at += timedelta(days=7)
    meeting.ends_at += timedelta(days=7)
    meeting.save()
    assert ask(meeting, now=at(date(2026, 9, 4)))


def test_stranger_confirms_before_anybody_reads_it(meeting):
    question, staff = ask(meeting), make.StaffFactory()
    assert (question.state, question.number) == (State.UNCONFIRMED, None)
    assert not Question.objects.visible_to(staff).exists()
    message = Message.objects.get()
    assert TEXT not in message.text
    assert "Sam" not in message.text + message.to_name, "a stranger may have typed it"
    question = questions.confirm(question=question, now=at(date(2026, 8, 21)))
    assert (question.state, question.number) == (State.RECEIVED, 1)
    assert Question.objects.visible_to(staff).exists()
    questions.confirm(question=question, now=at(date(2026, 8, 22)))
    assert mails("received") == 1


def test_own_address_of_somebody_signed_in_needs_no_confirming(meeting):
    user = make.UserFactory()
    assert ask(meeting, by=user, email=user.email.upper()).state == State.RECEIVED
    assert ask(meeting, by=user, email="other@example.org").state == State.UNCONFIRMED


def test_question_sent_in_time_may_be_confirmed_within_a_day(meeting):
    sent = at(date(2026, 8, 28))
    first, second = ask(meeting, now=sent), ask(meeting, email="ann@example.org", now=sent)
    assert questions.confirm(question=first, now=sent + timedelta(hours=24)).state == State.RECEIVED
    with pytest.raises(Refusal, match="had to reach us"):
        questions.confirm(question=second, now=sent + timedelta(hours=25))


def test_question_sent_twice_is_one(meeting):
    assert ask(meeting) == ask(meeting)
    assert Message.objects.count() == 1


def test_second_question_of_a_person_is_refused_when_confirmed(meeting):
    questions.confirm(question=ask(meeting), now=at(date(2026, 8, 20)))
    second = ask(meeting, text="And the other clinic?")
    with pytest.raises(Refusal, match="One person can put one question"):
        questions.confirm(question=second, now=at(date(2026, 8, 20)))


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN])
def test_person_whose_question_is_not_taken_may_put_another(meeting, state):
    make.RejectedQuestionFactory(meeting=meeting, email="sam@example.org", state=state)
    second = questions.confirm(question=ask(meeting), now=at(date(2026, 8, 20)))
    assert second.state == State.RECEIVED


def test_meeting_takes_as_many_questions_as_its_board_says(meeting, rules):
    rules.most_at_meeting = 1
    rules.save()
    waiting = ask(meeting)
    make.QuestionFactory(meeting=meeting)
    with pytest.raises(Refusal, match="takes 1 question at a meeting"):
        ask(meeting, email="ann@example.org")
    with pytest.raises(Refusal, match="takes 1 question at a meeting"):
        questions.confirm(question=waiting, now=at(date(2026, 8, 20)))


def test_words_over_the_limit_are_counted_and_refused(meeting, rules):
    rules.most_words = 10
    rules.save()
    assert ask(meeting, text="word " * 10)
    with pytest.raises(Refusal, match=r"has 11 words\. Shorten it to 10"):
        ask(meeting, text="word " * 11)


def test_board_that_takes_none_is_not_asked(meeting, rules):
    other = make.MeetingFactory()
    with pytest.raises(Refusal, match="takes no questions"):
        ask(other, now=timezone.now())
    rules.takes_questions = False
    rules.save()
    with pytest.raises(Refusal, match="takes no questions"):
        ask(meeting)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "cancelled"}, "is cancelled"),
        ({"state": "held"}, "is over"),
        ({"starts_at": at(date(2026, 8, 19))}, "has started"),
        ({"state": "draft"}, "takes no questions from the public"),
        ({"by_invitation": True}, "takes no questions from the public"),
    ],
)
def test_meeting_that_is_not_open_to_questions_refuses_them(meeting, facts, words):
    type(meeting).objects.filter(pk=meeting.pk).update(**facts)
    with pytest.raises(Refusal, match=words):
        ask(meeting)


def test_meeting_cancelled_after_asking_takes_nothing_more(meeting):
    question, received = ask(meeting), make.QuestionFactory(meeting=meeting)
    meeting.state = "cancelled"
    meeting.save()
    with pytest.raises(Refusal, match="is cancelled"):
        questions.confirm(question=question, now=at(date(2026, 8, 20)))
    with pytest.raises(Refusal, match="is cancelled"):
        questions.accept(question=received, by=make.StaffFactory())


def test_board_may_take_questions_about_its_agenda_alone(meeting, rules):
    rules.only_on_agenda = True
    rules.save()
    item = make.AgendaItemFactory(version__meeting=meeting)
    with pytest.raises(Refusal, match="Choose the item"):
        ask(meeting)
    assert ask(meeting, item=item).item == item


@pytest.mark.parametrize("other", [{"closure": True}, {"elsewhere": True}])
def test_item_nobody_may_know_is_not_asked_about(meeting, other):
    closure = make.ClosureGroundFactory(board=meeting.board).closure if "closure" in other else None
    where = {} if "elsewhere" in other else {"version__meeting": meeting}
    item = make.AgendaItemFactory(closure=closure, **where)
    with pytest.raises(Refusal, match="Choose the item again"):
        ask(meeting, item=item)


def test_staff_let_an_urgent_one_in_after_the_deadline_with_a_reason(meeting):
    staff, late = make.StaffFactory(), at(date(2026, 9, 2))
    for reason, words in (("", "had to reach us"), (".", "why it is urgent")):
        with pytest.raises(Refusal, match=words):
            ask(meeting, by=staff, now=late, entered_by_staff=True, urgent_because=reason)
    with pytest.raises(Refusal, match="had to reach us"):
        ask(meeting, now=late, urgent_because="The ward closed this morning.")
    found = ask(meeting, by=staff, now=late, entered_by_staff=True, urgent_because="The ward closed this morning.")
    assert (found.state, found.is_late) == (State.RECEIVED, True)


def test_board_of_a_meeting_in_common_is_asked_by_its_own_rules(meeting):
    other = make.MeetingBoardFactory(meeting=meeting).board
    with pytest.raises(Refusal, match="takes no questions"):
        ask(meeting, board=other)
    make.QuestionRulesFactory(board=other, deadline_days=1)
    assert ask(meeting, board=other, now=at(date(2026, 9, 2))).board == other
    assert [each.board for each in asking.of(meeting)] == [meeting.board, other]


def test_asker_withdraws_and_one_that_was_never_confirmed_is_deleted(meeting):
    question = questions.confirm(question=ask(meeting), now=at(date(2026, 8, 20)))
    questions.withdraw(question=question)
    questions.withdraw(question=question)
    question.refresh_from_db()
    assert question.state == State.WITHDRAWN
    questions.withdraw(question=ask(meeting))
    assert Question.objects.count() == 1


def test_question_that_was_asked_is_no_longer_withdrawn():
    question = make.AcceptedQuestionFactory()
    questions.mark_asked(question=question, by=make.StaffFactory())
    with pytest.raises(Refusal, match="asked at the meeting"):
        questions.withdraw(question=question)


def test_accepted_question_tells_its_asker_once():
    question, staff = make.QuestionFactory(), make.StaffFactory()
    for _ in range(2):
        questions.accept(question=question, by=staff)
    assert mails("accepted") == 1
    assert Entry.objects.filter(verb="question.accepted").count() == 1


def test_rejecting_wants_a_reason_and_tells_the_asker():
    question, staff = make.QuestionFactory(), make.StaffFactory()
    with pytest.raises(Refusal, match="Say in a sentence"):
        questions.reject(question=question, by=staff, reason=".")
    questions.reject(question=question, by=staff, reason=REASON)
    assert REASON in Message.objects.get().text


def test_second_who_decides_is_told_who_did():
    question, ann = make.QuestionFactory(), make.StaffFactory(name="Ann Ames")
    questions.accept(question=question, by=ann)
    with pytest.raises(Refusal, match="Ann Ames has accepted this question already"):
        questions.reject(question=question, by=make.StaffFactory(), reason=REASON)
    questions.reject(question=question, by=make.StaffFactory(), reason=REASON, was=State.ACCEPTED)
    with pytest.raises(Refusal, match="has rejected this question already"):
        questions.accept(question=question, by=ann)


def test_question_is_asked_once_and_answered_by_the_answer_given():
    question, chair, key = make.AcceptedQuestionFactory(), make.UserFactory(), uuid4()
    for _ in range(2):
        found = questions.mark_asked(question=question, by=chair, key=key)
    assert (found.state, found.put_by) == (State.ASKED, chair)
    found = questions.mark_asked(question=question, by=chair, answer_given="In October.")
    assert (found.state, found.answer_given) == (State.ANSWERED, "In October.")
    with pytest.raises(Refusal, match="cannot be asked"):
        questions.mark_asked(question=question, by=chair, answer_given="In November.")
    with pytest.raises(Refusal, match="cannot be asked"):
        questions.mark_asked(question=make.QuestionFactory(), by=chair)


def test_what_a_phone_sends_again_under_its_key_is_once():
    question, chair, key = make.AcceptedQuestionFactory(), make.UserFactory(), uuid4()
    questions.mark_asked(question=question, by=chair, key=key, answer_given="In October.")
    found = questions.mark_asked(question=question, by=chair, key=key, answer_given="In October, we hope.")
    assert found.answer_given == "In October."


def test_question_with_a_reply_may_still_be_asked():
    question = make.AnsweredQuestionFactory()
    found = questions.mark_asked(question=question, by=make.UserFactory())
    assert (found.state, bool(found.put_at)) == (State.ANSWERED, True)


def test_reply_is_published_once_and_emailed():
    question, staff = make.AcceptedQuestionFactory(), make.StaffFactory()
    first = questions.reply(question=question, by=staff, text="In October.", by_name="Director of Public Health")
    assert questions.reply(question=question, by=staff, text="In October.") == first
    question.refresh_from_db()
    assert question.state == State.ANSWERED
    assert "In October." in Message.objects.get().text
    questions.reply(question=question, by=staff, text="On 5 October.")
    assert question.replies.count() == 2


def test_second_reply_after_another_is_refused_and_told_of_it():
    reply = make.ReplyFactory(made_by__name="Ann Ames")
    with pytest.raises(Refusal, match="Ann Ames has replied meanwhile"):
        questions.reply(question=reply.question, by=make.StaffFactory(), text="In May.", revision=0)


@pytest.mark.parametrize("text", ["", "In October."])
def test_reply_without_words_or_to_a_question_not_taken_is_refused(text):
    question = make.AcceptedQuestionFactory() if not text else make.RejectedQuestionFactory()
    with pytest.raises(Refusal, match=r"no reply to publish|Enter the reply"):
        questions.reply(question=question, by=make.StaffFactory(), text=text)


def test_meeting_takes_accepted_questions_in_the_order_received():
    meeting = make.MeetingFactory()
    second = make.AcceptedQuestionFactory(meeting=meeting, number=2)
    first = make.AnsweredQuestionFactory(meeting=meeting, number=1)
    make.QuestionFactory(meeting=meeting, number=3)
    make.RejectedQuestionFactory(meeting=meeting, number=4)
    assert accepted_for(meeting) == [first, second]


@pytest.mark.parametrize(
    "change", [{"text": "Other"}, {"may_name": True}, {"name": "Ann"}, {"number": 99}, {"rejected_because": "No."}]
)
def test_words_of_a_question_never_change(change):
    question = make.RejectedQuestionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        question.delete()


def test_reply_never_changes():
    reply = make.ReplyFactory()
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(text="Other")


def test_numbers_count_for_each_meeting(meeting):
    make.QuestionFactory(meeting=meeting, number=7)
    question = questions.confirm(question=ask(meeting), now=at(date(2026, 8, 20)))
    assert question.number == 8
    with pytest.raises(IntegrityError), transaction.atomic():
        make.QuestionFactory(meeting=meeting, number=8)


def test_those_who_asked_are_told_when_the_meeting_moves_or_is_off():
    staff = make.StaffFactory()
    question = make.AcceptedQuestionFactory()
    make.RejectedQuestionFactory(meeting=question.meeting)
    starts_at = question.meeting.starts_at + timedelta(days=1)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    closes = {"registration_opens_at": None, "registration_closes_at": None, "allocation_released_on": None}
    moving.move(meeting=question.meeting, by=staff, revision=0, reason="The room is taken.", **times, **closes)
    assert mails("moved") == 1
    meetings.cancel(meeting=question.meeting, by=staff, reason="The room is flooded.")
    assert mails("cancelled") == 1
