"""What anybody with an account may have to do: confirm, take an offered place, say where they belong."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from assemblies.actions import exit_answers
from assemblies.models import Invitation, Meeting, Registration
from assemblies.needs.need import Need
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair
from partnership.dates import moment
from places.rules import is_place_lead


def confirmations_and_offers(user) -> Iterator[Need]:
    rows = Registration.objects.filter(
        email=user.email, state=Registration.State.OFFERED, offered_until__gt=timezone.now()
    ).select_related("meeting")
    for row in rows:
        yield Need(
            title=f"Take your place at {row.meeting}",
            why=f"A place is free for you until {moment(row.offered_until)}. Then it goes to the next person.",
            url=row.get_absolute_url(),
            due=timezone.localdate(row.offered_until),
        )


def invitations_to_answer(user) -> Iterator[Need]:
    """Invitations sent to the person's own, confirmed address that wait for a yes or no."""
    rows = (
        Invitation.objects.unanswered()
        .filter(email=user.email, meeting__state=Meeting.State.PUBLISHED, meeting__starts_at__gt=timezone.now())
        .select_related("meeting")
    )
    for row in rows:
        closes = row.meeting.registration_closes_at or row.meeting.starts_at
        if closes > timezone.now():
            yield Need(
                title=f"Answer your invitation to {row.meeting}",
                why="Tell us whether you are coming, so that someone else can have a place you do not need.",
                url=reverse("invitation", args=[row.key]),
                due=timezone.localdate(closes),
            )


def exit_questions_to_answer(user) -> Iterator[Need]:
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
            yield Need(
                title=f"Two questions about {row.meeting}",
                why="It takes a minute. Your answers are shown for your place, without your name.",
                url=reverse("registration_answers", args=[row.key]),
                due=timezone.localdate(row.meeting.ends_at + exit_answers.OPEN_AFTER_END),
            )


def organisation_to_name(user) -> Iterator[Need]:
    if is_partnership_staff(user) or is_chair(user) or is_place_lead(user) or user.memberships.live().exists():
        return
    yield Need(
        title="Say which organisation you belong to",
        why="Then you can register as a member of it. A group does not need to be registered anywhere.",
        url=reverse("organisation_join"),
    )
