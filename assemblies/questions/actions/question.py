"""A question is put to a board, its address confirmed, and it is withdrawn; it is accepted or rejected, asked and answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem
from assemblies.questions import asking, emails
from assemblies.questions.asking import CONFIRM_WITHIN, Asking
from assemblies.questions.models import Question, Reply
from partnership import audit, states
from partnership.boards.models import Board
from partnership.keys import new_key
from partnership.refusals import Refusal
from partnership.text import is_a_reason

State = Question.State


@transaction.atomic
def ask(
    *, meeting: Meeting, board: Board, by, name: str, text: str, email: str = "", organisation: str = "",
    may_name: bool = False, item: AgendaItem | None = None, urgent_because: str = "", entered_by_staff: bool = False,
    illustrative: bool = False, now: datetime | None = None,
) -> Question:  # fmt: skip
    """Puts a question to a board at a meeting; returns it. Sent twice, it is one question.

    Somebody signed in who gives their own address, and staff who enter what reached them on paper (`entered_by_staff`), have it
    received at once; else an email asks to confirm the address, and nobody reads the question before. Only staff let one in after
    the deadline, with a reason that everybody may read.
    Raises Refusal for a board that takes no questions at this meeting, one that has as many as it takes, a question that is too
    long or about something that is not on the agenda, and one of the person's that is too many.
    """
    now = now or timezone.now()
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    asked = _may_be_asked(locked, board, now, urgent_because=urgent_because if entered_by_staff else "")
    facts: dict[str, Any] = {"name": name.strip(), "email": email.strip().lower(), "text": text.strip()}
    same = Question.objects.filter(meeting=locked, board=board, **facts)
    if found := same.exclude(state__in=[State.REJECTED, State.WITHDRAWN]).first():
        if found.state == State.UNCONFIRMED:
            emails.confirm_address(found)
        return found
    _check_words(asked, facts["text"], item)
    question = Question(
        meeting=locked, board=board, item=item, organisation=organisation.strip(), may_name=may_name, key=new_key(),
        entered_by=by if entered_by_staff else None, asked_at=now, illustrative=illustrative,
        urgent_because=urgent_because.strip() if asked.is_over(now) else "", **facts,
    )  # fmt: skip
    if entered_by_staff or (by is not None and by.email.lower() == question.email):
        _refuse_too_many(question, asked)
        question.save()
        return _receive(question, by=by, now=now)
    question.save()
    emails.confirm_address(question)
    return question


@transaction.atomic
def confirm(*, question: Question, by=None, now: datetime | None = None) -> Question:
    """The holder of the link says that the question is theirs: it gets its number. A second submission changes nothing.

    One that was sent before the deadline may be confirmed for a day after it was sent. Raises Refusal when it is too late, the
    meeting is cancelled, or the board or the person has as many questions as may be.
    """
    now = now or timezone.now()
    meeting = Meeting.objects.locked().get(pk=question.meeting_id)
    row = _locked(question)
    if row.state != State.UNCONFIRMED:
        return row
    in_time = row.asked_at if now <= row.asked_at + CONFIRM_WITHIN else now
    asked = _may_be_asked(meeting, row.board, now, judged_at=in_time)
    _refuse_too_many(row, asked)
    return _receive(row, by=by, now=now)


@transaction.atomic
def withdraw(*, question: Question, by=None, now: datetime | None = None) -> None:
    """The asker takes it back. One whose address was never confirmed is deleted. Twice changes nothing.

    Raises Refusal once it is rejected, was asked or is answered.
    """
    row = Question.objects.select_for_update(of=("self",)).filter(pk=question.pk).first()
    if row is None or row.state == State.WITHDRAWN:
        return
    emails.withdraw_all(row)
    if row.state == State.UNCONFIRMED:
        row.delete()
        return
    if not states.allowed(row, State.WITHDRAWN):
        raise Refusal(f"This question was {row.get_state_display()}, so it can no longer be withdrawn.")
    states.move(row, State.WITHDRAWN, withdrawn_at=now or timezone.now())
    audit.record(by=by, verb="question.withdrawn", subject=row)


@transaction.atomic
def accept(*, question: Question, by, now: datetime | None = None) -> Question:
    """The board takes it at its meeting; the asker is told when and where. Sent twice, it is accepted once.

    Raises Refusal where somebody else decided meanwhile, or the meeting is cancelled.
    """
    row = _locked(question)
    if row.state == State.ACCEPTED and row.decided_by_id == by.pk:
        return row
    _refuse_decided(row, State.RECEIVED)
    if row.meeting.state == Meeting.State.CANCELLED:
        raise Refusal("This meeting is cancelled, so it takes no questions.")
    states.move(row, State.ACCEPTED, decided_at=now or timezone.now(), decided_by=by)
    audit.record(by=by, verb="question.accepted", subject=row)
    emails.accepted(row)
    return row


@transaction.atomic
def reject(*, question: Question, by, reason: str, was: str = State.RECEIVED, now: datetime | None = None) -> Question:
    """The board does not take it, for a reason that the asker and everybody read. `was`: the state in which the person saw it, so
    that one that was accepted is rejected only by somebody who knows.

    Raises Refusal without a reason, and where somebody else decided meanwhile.
    """
    row = _locked(question)
    if row.state == State.REJECTED and row.decided_by_id == by.pk:
        return row
    _refuse_decided(row, was)
    if not is_a_reason(reason):
        raise Refusal("Say in a sentence why it is rejected. The asker and the public read it.", "reason")
    states.move(row, State.REJECTED, decided_at=now or timezone.now(), decided_by=by, rejected_because=reason.strip())
    audit.record(by=by, verb="question.rejected", subject=row, reason=reason.strip())
    emails.rejected(row)
    return row


@transaction.atomic
def mark_asked(
    *, question: Question, by, answer_given: str = "", key: UUID | None = None, now: datetime | None = None
) -> Question:
    """Records that it was asked at the meeting, and the answer that was given there, if any: it is answered then.

    Sent twice under one `key` it is once. Raises Refusal for a question that was not accepted, and for one that was answered
    already.
    """
    row, answer = _locked(question), answer_given.strip()
    if key is not None and row.put_key == key:
        return row
    if row.put_at and (row.answer_given == answer or not answer):
        return row
    if row.state not in (State.ACCEPTED, State.ASKED) and not (row.state == State.ANSWERED and row.put_at is None):
        raise Refusal(f"This question was {row.get_state_display()}, so it cannot be asked.")
    if row.put_at is None:
        row.put_at, row.put_by, row.put_key = now or timezone.now(), by, key
    row.answer_given = answer
    if answer and row.state != State.ANSWERED:
        states.enter(row, State.ANSWERED)
    elif row.state == State.ACCEPTED:
        states.enter(row, State.ASKED)
    row.save()
    audit.record(by=by, verb="question.asked", subject=row)
    return row


@transaction.atomic
def reply(
    *, question: Question, by, text: str, by_name: str = "", revision: int | None = None, now: datetime | None = None
) -> Reply:
    """Adds a written reply: everybody reads it, and the asker gets it by email. Sent twice, it is one. Another one adds to it.

    `revision`: how many replies the person saw. Raises Refusal for a question that was not accepted, for no words, and where
    somebody else has replied since.
    """
    row, words = _locked(question), text.strip()
    replies = list(row.replies.select_related("made_by"))
    if found := next((each for each in replies if each.text == words), None):
        return found
    if row.state not in (State.ACCEPTED, State.ASKED, State.ANSWERED):
        raise Refusal(f"This question was {row.get_state_display()}, so there is no reply to publish.")
    if not words:
        raise Refusal("Enter the reply", "text")
    name = by_name.strip() or by.name.strip()
    if not name:
        raise Refusal("Enter the name and post of who replies", "by_name")
    if revision is not None and revision < len(replies):
        raise Refusal(
            f"{replies[-1].made_by} has replied meanwhile. Read that reply; what you wrote is kept below and can be added to it."
        )
    made = Reply.objects.create(question=row, text=words, by_name=name, made_by=by, made_at=now or timezone.now())
    if row.state != State.ANSWERED:
        states.move(row, State.ANSWERED)
    audit.record(by=by, verb="question.replied", subject=row)
    emails.replied(made)
    return made


def _may_be_asked(
    meeting: Meeting, board: Board, now: datetime, *, judged_at: datetime | None = None, urgent_because: str = ""
) -> Asking:
    """The board's rules. The caller holds the lock of the meeting. Raises Refusal where nobody can ask."""
    if meeting.by_invitation or meeting.state == Meeting.State.DRAFT:
        raise Refusal("This meeting takes no questions from the public.")
    if reason := asking.why_not(meeting, now):
        raise Refusal(reason)
    found = asking.of_board(meeting, board)
    if found is None:
        raise Refusal(f"The {board} takes no questions from the public at this meeting.", "board")
    if late := found.why_late(judged_at or now):
        if not urgent_because:
            raise Refusal(late)
        if not is_a_reason(urgent_because):
            raise Refusal("Say in a sentence why it is urgent. The public reads it.", "urgent_because")
    if full := found.why_full():
        raise Refusal(full)
    return found


def _check_words(asked: Asking, text: str, item: AgendaItem | None) -> None:
    if not text:
        raise Refusal("Enter your question", "text")
    count, most = asking.words_in(text), asked.rules.most_words
    if count > most:
        raise Refusal(f"Your question has {count} words. Shorten it to {most} or fewer.", "text")
    if item is None and asked.rules.only_on_agenda:
        raise Refusal("Choose the item on the agenda that your question is about", "item")
    if item is not None and not asking.items_to_ask_about(asked.meeting).filter(pk=item.pk).exists():
        raise Refusal("The agenda has changed. Choose the item again.", "item")


def _refuse_too_many(question: Question, asked: Asking) -> None:
    """Questions of one address; those that staff enter without an address are counted by nobody."""
    if not question.email:
        return
    theirs = Question.objects.counted().filter(meeting=asked.meeting, board=asked.board, email=question.email)
    most = asked.rules.most_by_person
    if theirs.count() >= most:
        words = "one question" if most == 1 else f"{most} questions"
        raise Refusal(
            f"One person can put {words} to the {asked.board} at a meeting, and there is {'one' if most == 1 else 'that many'} "
            "from this address already. Withdraw it by the link in our email to ask another."
        )


def _receive(question: Question, *, by, now: datetime) -> Question:
    """Gives it the next number of the meeting, whose row is locked, and tells the asker."""
    last = Question.objects.filter(meeting=question.meeting_id).aggregate(last=Max("number"))["last"] or 0
    states.move(question, State.RECEIVED, number=last + 1, received_at=now)
    audit.record(by=by, verb="question.received", subject=question)
    emails.received(question)
    return question


def _refuse_decided(row: Question, expected: str) -> None:
    if row.state == expected:
        return
    if row.state in (State.ACCEPTED, State.REJECTED):
        raise Refusal(f"{row.decided_by} has {row.get_state_display()} this question already.")
    raise Refusal(f"This question is {row.get_state_display()} already. Open the page again to see how it stands.")


def _locked(question: Question) -> Question:
    """The question, locked. Who decided is read afterwards: a row that was waited for keeps the join of before."""
    rows = Question.objects.select_for_update(of=("self",)).select_related("meeting", "board")
    return rows.get(pk=question.pk)
