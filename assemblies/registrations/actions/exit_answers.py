"""What participants say on the way out, for their place."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.models.meeting import OPEN_BEFORE_END
from assemblies.registrations.models import ExitAnswer, ExitQuestion, Registration
from partnership import audit
from partnership.accounts.models import User
from partnership.dates import days_later
from partnership.refusals import Refusal

OPEN_AFTER_END = 14  # days
MAY_ANSWER = {Registration.State.REGISTERED, Registration.State.ATTENDED, Registration.State.ABSENT}


def are_open(meeting: Meeting, now: datetime | None = None) -> bool:
    """Whether people may answer now: from `exit_questions_open_at` (a quarter of an hour before the end, or when staff
    opened them) until two weeks after the meeting."""
    now = now or timezone.now()
    in_time = meeting.exit_questions_open_at <= now <= closes_at(meeting)
    return in_time and meeting.state in {Meeting.State.PUBLISHED, Meeting.State.HELD}


def closes_at(meeting: Meeting) -> datetime:
    """The last moment at which answers are taken."""
    return days_later(meeting.ends_at, OPEN_AFTER_END)


def closed_at(meeting: Meeting) -> datetime | None:
    """When the questions closed; None while they are open or still to open."""
    end = closes_at(meeting)
    return end if end < timezone.now() else None


def to_answer(registrations: QuerySet[Registration], now: datetime) -> QuerySet[Registration]:
    """Those whose person may answer now, by the rule of `are_open`, and has not."""
    opened = Q(meeting__answers_open_at__lte=now) | Q(
        meeting__answers_open_at=None, meeting__ends_at__lte=now + OPEN_BEFORE_END
    )
    return registrations.filter(
        opened,
        Exists(ExitQuestion.objects.filter(meeting=OuterRef("meeting"))),
        ~Exists(ExitAnswer.objects.filter(registration=OuterRef("pk"))),
        state__in=MAY_ANSWER,
        meeting__state__in=[Meeting.State.PUBLISHED, Meeting.State.HELD],
        meeting__ends_at__gte=days_later(now, -OPEN_AFTER_END),
    )


@transaction.atomic
def open_now(*, meeting: Meeting, by: User, now: datetime | None = None) -> Meeting:
    """Opens the questions from now on. Opening them twice changes nothing."""
    locked = Meeting.objects.locked().get(pk=meeting.pk)
    now = now or timezone.now()
    if locked.state not in {Meeting.State.PUBLISHED, Meeting.State.HELD}:
        raise Refusal(f"This meeting is {locked.get_state_display()}, so its questions cannot be opened.")
    if now < locked.starts_at:
        raise Refusal("You can open the questions once the meeting has started.")
    if not locked.exit_questions.exists():
        raise Refusal("This meeting has no questions to open. Add them to the meeting first.")
    if locked.exit_questions_open_at > now:
        locked.answers_open_at = now
        locked.save(update_fields=["answers_open_at"])
        audit.record(by=by, verb="meeting.exit_questions_opened", subject=locked)
    return locked


@transaction.atomic
def answer(
    *, registration: Registration, texts: dict[ExitQuestion, str], by: User | None = None, now: datetime | None = None
) -> int:
    """Keeps one answer to each question; an emptied one is taken away. Returns how many stand."""
    person = Registration.objects.locked().select_related("meeting").get(pk=registration.pk)
    if not are_open(person.meeting, now):
        raise Refusal("The questions are not open now.")
    if person.state not in MAY_ANSWER:
        raise Refusal("The questions are for people who have a place at this meeting.")
    kept = 0
    for question, text in texts.items():
        if text.strip():
            ExitAnswer.objects.update_or_create(
                question=question, registration=person, defaults={"text": text.strip(), "place": person.place}
            )
            kept += 1
        else:
            ExitAnswer.objects.filter(question=question, registration=person).delete()
    audit.record(by=by, verb="exit_questions.answered", subject=person, answers=kept)
    return kept
