"""What happened to the invitations to a meeting, counted from the emails themselves."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery

from assemblies.invitations.models import Invitation, InvitationRun
from assemblies.lists.models import ListEntry
from assemblies.meetings.models import Meeting
from partnership.outbox import message_keys
from partnership.outbox.models import Message

State = Message.State


class Progress(NamedTuple):
    """How far a run has come, in people. `done` when nothing is left to queue or to send."""

    total: int
    queued: int
    sent: int
    failed: int
    withdrawn: int
    done: bool

    @property
    def waiting(self) -> int:
        """Written, and not yet taken by the mail server."""
        return max(self.queued - self.sent - self.failed - self.withdrawn, 0)

    @property
    def to_write(self) -> int:
        """Not queued yet; none in a run that was stopped."""
        return 0 if self.done else max(self.total - self.queued, 0)

    @property
    def settled(self) -> int:
        return self.total if self.done else self.sent + self.failed + self.withdrawn

    @property
    def percent(self) -> int:
        return 100 * self.settled // self.total if self.total else 100


def progress(run: InvitationRun) -> Progress:
    """How far the run has come now."""
    number = dict(_mails(run).values_list("state").annotate(Count("pk")).order_by())
    unusable = run.invitations.with_standing().filter(standing="bounced", message__isnull=True).count()
    open_mails = number.get(State.QUEUED, 0) + number.get(State.SENDING, 0)
    return Progress(
        total=run.total,
        queued=run.queued,
        sent=number.get(State.SENT, 0),
        failed=number.get(State.FAILED, 0) + unusable,
        withdrawn=number.get(State.WITHDRAWN, 0),
        done=run.finished_at is not None and not open_mails,
    )


def _mails(run: InvitationRun):
    if run.purpose == InvitationRun.Purpose.INVITE:
        return Message.objects.filter(pk__in=run.invitations.values("message"))
    whose = message_keys.in_the_database("meeting", run.meeting_id, "invitation", OuterRef("pk"))
    own = Message.objects.filter(about=whose, key__regex=message_keys.holding("chase", run.pk)).order_by("-pk")
    latest = run.chased.annotate(mail=Subquery(own.values("pk")[:1]))  # only the newest counts
    return Message.objects.filter(pk__in=latest.values("mail"))


def counts(meeting: Meeting) -> list[tuple[str, str, int]]:
    """For each standing, in order: its value, its words, and how many invitations have it."""
    found = meeting.invitations.with_standing().values("standing").annotate(n=Count("pk")).order_by()
    number = {row["standing"]: row["n"] for row in found}
    return [(standing.value, standing.label, number.get(standing.value, 0)) for standing in Invitation.Standing]


def lists_of(meeting: Meeting, emails: Collection[str]) -> dict[str, list[str]]:
    """The places on whose lists each address stands."""
    rows = ListEntry.objects.filter(list__meeting=meeting, email__in=emails).order_by("list__place__name")
    found: dict[str, list[str]] = {}
    for email, place in rows.values_list("email", "list__place__name"):
        found.setdefault(email, []).append(place)
    return found
