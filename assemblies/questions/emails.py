"""What we write to somebody who puts a question to a board."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingMove
from assemblies.questions.models import Question, Reply
from partnership import dates, outbox
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key

CHANGED = "The question was withdrawn or decided on before this was sent."


def link_of(question: Question) -> str:
    """Returns the asker's own link: it confirms the address, shows how the question stands, and withdraws it."""
    return f"{settings.PORTAL_URL}{reverse('question_link', args=[question.meeting.slug, question.key])}"


def confirm_address(question: Question) -> None:
    """Asks whoever reads the address whether the question is theirs; asked several times in a day, it is sent once.

    It holds nothing that was typed: a stranger may have entered somebody else's address.
    """
    _send(question, "confirm", timezone.localdate().isoformat(), not_after=question.meeting.starts_at)


def received(question: Question) -> None:
    """Its number, and what happens next."""
    _send(question, "received", not_after=question.meeting.starts_at)


def accepted(question: Question) -> None:
    """When and where it is taken."""
    _send(question, "accepted", not_after=question.meeting.ends_at)


def rejected(question: Question) -> None:
    """Why it is not taken."""
    outbox.withdraw(keys=[message_key("question", question.pk, "accepted")], because=CHANGED)
    _send(question, "rejected")


def replied(reply: Reply) -> None:
    """The written reply."""
    _send(reply.question, "replied", reply.pk, reply=reply)


def meeting_moved(*, meeting: Meeting, move: MeetingMove) -> int:
    """Tells those whose questions wait, or are taken, when and where the meeting is now; returns how many emails are new."""
    old = dates.span(move.old_starts_at, move.old_ends_at)
    waiting = _waiting(meeting)
    return sum(_send(each, "moved", move.pk, old=old, not_after=meeting.starts_at) for each in waiting)


def meeting_cancelled(*, meeting: Meeting) -> int:
    """Tells the same people that it does not take place; returns how many emails are new."""
    return sum(_send(each, "cancelled", not_after=meeting.ends_at) for each in _waiting(meeting))


def withdraw_all(question: Question) -> None:
    """Nothing more is sent about a question that is withdrawn."""
    outbox.withdraw(about=about("question", question.pk), because=CHANGED)


def _waiting(meeting: Meeting) -> list[Question]:
    rows = Question.objects.filter(meeting=meeting, state__in=[Question.State.RECEIVED, Question.State.ACCEPTED])
    return list(rows.exclude(email="").select_related("board").in_order())


def _send(question: Question, what: str, *more: object, not_after=None, **context: Any) -> bool:
    """Queues an email once for its key; returns whether it was written, which it is not where there is no address."""
    if not question.email:
        return False
    context |= {"question": question, "meeting": question.meeting, "link": link_of(question)}
    context["page"] = f"{settings.PORTAL_URL}{question.get_absolute_url()}"
    subject, text, html = compose(f"questions/{what}", context)
    outbox.enqueue(
        key=message_key("question", question.pk, what, *more),
        to=question.email,
        to_name="" if question.state == Question.State.UNCONFIRMED else question.name,
        subject=subject,
        text=text,
        html=html,
        not_after=not_after,
        about=about("question", question.pk),
        sensitive=True,
    )
    return True
