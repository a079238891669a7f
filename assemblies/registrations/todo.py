"""What a person has to do about their own place: take one that is offered, answer on the way out."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from assemblies.registrations.actions import exit_answers
from assemblies.registrations.models import Registration
from partnership import todo
from partnership.dates import moment
from partnership.todo import Todo


@todo.provider
def confirmations_and_offers(user) -> Iterator[Todo]:
    rows = Registration.objects.filter(
        email=user.email, state=Registration.State.OFFERED, offered_until__gt=timezone.now()
    ).select_related("meeting")
    for row in rows:
        yield Todo(
            title=f"Take your place at {row.meeting}",
            why=f"A place is free for you until {moment(row.offered_until)}. Then it goes to the next person.",
            url=row.get_absolute_url(),
            due=timezone.localdate(row.offered_until),
        )


@todo.provider
def exit_questions_to_answer(user) -> Iterator[Todo]:
    """Meetings the person was at whose exit questions are open and not yet answered."""
    rows = (
        Registration.objects.filter(
            email=user.email,
            state__in=exit_answers.MAY_ANSWER,
            exit_answers=None,
            meeting__exit_questions__isnull=False,
        )
        .select_related("meeting")
        .distinct()
    )
    for row in rows:
        if exit_answers.are_open(row.meeting):
            yield Todo(
                title=f"Two questions about {row.meeting}",
                why="It takes a minute. Your answers are shown for your place, without your name.",
                url=reverse("registration_answers", args=[row.key]),
                due=timezone.localdate(row.meeting.ends_at + exit_answers.OPEN_AFTER_END),
            )
