"""Following a meeting: being told when it moves, is cancelled, or its agenda changes. No address is told unasked."""

from django.db import transaction
from django.utils import timezone

from assemblies.meetings.emails import following as emails
from assemblies.meetings.models import Follower
from partnership import audit
from partnership.keys import new_key
from partnership.refusals import Refusal


@transaction.atomic
def ask(*, meeting, email: str, by) -> Follower:
    """Returns the follower. Somebody signed in follows at once by their own address; else an email asks to confirm it."""
    _check(meeting)
    email = email.strip().lower()
    follower, _ = Follower.objects.get_or_create(meeting=meeting, email=email, defaults={"key": new_key()})
    if follower.confirmed_at:
        return follower
    if by is not None and by.email == email:
        return confirm(follower=follower, by=by)
    emails.confirm_following(follower)
    return follower


@transaction.atomic
def confirm(*, follower: Follower, by) -> Follower:
    """Returns the follower, whose address has now been shown to be theirs. A second submission changes nothing."""
    _check(follower.meeting)
    if follower.confirmed_at is None:
        follower.confirmed_at = timezone.now()
        follower.save(update_fields=["confirmed_at"])
        audit.record(by=by, verb="meeting.followed", subject=follower.meeting)
    return follower


@transaction.atomic
def stop(*, follower: Follower, by) -> None:
    """Forgets the address. Nothing more is sent to it as a follower of this meeting."""
    meeting = follower.meeting
    deleted, _ = Follower.objects.filter(pk=follower.pk).delete()
    if deleted:
        audit.record(by=by, verb="meeting.unfollowed", subject=meeting)


def why_not(meeting) -> str:
    """Returns why nobody can follow the meeting any more, in words; empty when people can."""
    if meeting.state == meeting.State.CANCELLED:
        return "This meeting is cancelled, so there is nothing to follow."
    if meeting.ends_at <= timezone.now():
        return "This meeting is over, so there is nothing to follow."
    return ""


def _check(meeting) -> None:
    if reason := why_not(meeting):
        raise Refusal(reason)
