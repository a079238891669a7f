"""What a withdrawal is, whatever kind of paper goes: at once out of view, and decided by two."""

from typing import TypeVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assemblies.papers.models.on_record import append_only
from partnership.boards.models import Board

# One change is let through: what was asked is decided, and what was withdrawn on two people's word is final then.
DECIDED_ONCE = """
    IF TG_OP = 'UPDATE' AND OLD.state = 'held' THEN
        undecided := NEW;
        undecided.state := OLD.state;
        undecided.decided_by_id := NULL;
        undecided.decided_at := NULL;
        undecided.back_because := '';
        IF undecided IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


ADecision = TypeVar("ADecision", bound="DecidedByTwo")


class DecidedByTwoQuerySet(models.QuerySet[ADecision]):
    def in_force(self):
        """Those that keep a paper out of view now: for good, or until somebody decides."""
        return self.filter(state__in=["held", "withdrawn"])

    def held(self):
        """Those that wait for a second person."""
        return self.filter(state="held")

    def to_confirm_by(self, user):
        """Those that wait for somebody, and that this person did not ask for themselves."""
        return self.held().exclude(asked_by=user)


class DecidedByTwo(models.Model):
    """That a paper was taken out of view. The chair's word is enough, or that of whoever acts for them. Of staff it takes two:
    with the first it is held out of view, with the second withdrawn, or it is back.

    A trigger in the database lets nobody change it otherwise. People read `because` in its place from then on.
    """

    class State(models.TextChoices):
        HELD = "held", "out of view until a second person decides"
        WITHDRAWN = "withdrawn", "withdrawn"
        BACK = "back", "back in view"

    because = models.TextField("why, as people read it")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("out of view since")
    by_chair = models.BooleanField("by the chair, or who acted for them", default=False)
    acted_for_chair = models.BooleanField("by who acted for the chair", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    back_because = models.TextField("why it is back in view", blank=True)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Where the chair and staff see who asked, and decide."""
        raise NotImplementedError

    @property
    def public_title(self) -> str:
        """What anybody may read of it."""
        raise NotImplementedError

    @property
    def board(self) -> Board:
        """Whose paper it is: its chair decides."""
        raise NotImplementedError

    @property
    def meeting_in_words(self) -> str:
        """Of which meeting it is, as emails say it: "Health Board, Monday 14 March 2016"."""
        raise NotImplementedError

    @property
    def chair_was_told(self) -> bool:
        """Whether the board had a chair to email when one of the staff took it out of view."""
        return self.board.chair_on(timezone.localdate(self.asked_at)) not in (None, self.asked_by)

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def is_final(self) -> bool:
        return self.state == self.State.WITHDRAWN


def decided_by_two(what: str) -> list[models.CheckConstraint]:
    """The constraints that hold the rule in the database; `what` is the withdrawal's name in theirs."""
    return [
        models.CheckConstraint(condition=~Q(because=""), name=f"{what}_says_why"),
        models.CheckConstraint(
            condition=Q(state="held", decided_by__isnull=True, decided_at__isnull=True)
            | (~Q(state="held") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            name=f"decided_{what}_says_who_and_when",
        ),
        models.CheckConstraint(
            condition=~Q(state="withdrawn") | Q(by_chair=True) | ~Q(decided_by=F("asked_by")),
            name=f"nobody_confirms_their_own_{what}",
        ),
        models.CheckConstraint(
            condition=~Q(by_chair=True) | Q(state="withdrawn"), name=f"{what}_by_the_chair_is_final"
        ),
    ]


def decided_once(table: str) -> list[pgtrigger.Trigger]:
    """The triggers by which a withdrawal is a fact of record that is decided once."""
    return append_only(DECIDED_ONCE, [("undecided", table)])
