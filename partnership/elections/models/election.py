from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.triggers import renew_pages


class ElectionQuerySet(models.QuerySet["Election"]):
    def public(self):
        """Elections that were announced, cancelled ones too."""
        return self.filter(announced_at__isnull=False)

    def visible_to(self, user):
        """Staff see drafts too."""
        return self if is_partnership_staff(user) else self.public()

    def under_way(self):
        """Announced, and not yet published or cancelled: the clock looks at these."""
        return self.public().not_over()

    def not_over(self):
        """Neither published nor cancelled: drafts too."""
        return self.exclude(state__in=[Election.State.PUBLISHED, Election.State.CANCELLED])

    def still_to_vote(self):
        """Announced, and voting is to come or runs: each organisation needs somebody who votes for it."""
        return self.public().filter(state__in=Election.STILL_TO_VOTE)


class Election(models.Model):
    """A vote of organisations, one vote each, on who takes a seat (or several seats) of a board.

    The state is where the election has come to; the clock moves it at the times written here, and staff publish.
    """

    class Method(models.TextChoices):
        FPTP = "fptp", "First past the post"
        STV = "stv", "Single transferable vote"

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        ANNOUNCED = "announced", "announced"
        NOMINATIONS = "nominations", "nominations"
        UNCONTESTED = "uncontested", "uncontested"
        VOTING = "voting", "voting"
        COUNTED = "counted", "counted"
        PUBLISHED = "published", "published"
        CANCELLED = "cancelled", "cancelled"

    STILL_TO_VOTE = (State.ANNOUNCED, State.NOMINATIONS, State.VOTING)

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="elections")
    seats = models.ManyToManyField("boards.Seat", related_name="elections")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    method = models.CharField("how votes are counted", max_length=5, choices=Method, default=Method.STV)
    introduction = models.TextField("what the seat is for", blank=True)
    electorate = models.CharField("who may vote", max_length=300, help_text="In words, for the public page")
    roll_freezes_at = models.DateTimeField("the roll is frozen")
    nominations_open_at = models.DateTimeField("nominations open")
    nominations_close_at = models.DateTimeField("nominations close")
    voting_opens_at = models.DateTimeField("voting opens")
    voting_closes_at = models.DateTimeField("voting closes")
    term_starts_on = models.DateField("first day of the term")
    term_ends_on = models.DateField("last day of the term")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    announced_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True)
    seed = models.CharField("seed of the lot", max_length=64, blank=True)
    result = models.JSONField("the count, round by round", null=True, blank=True)
    cannot_count_since = models.DateTimeField("the ballot box cannot be opened since", null=True, blank=True)
    illustrative = models.BooleanField("invented for a demonstration", default=False)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = ["-voting_closes_at", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(roll_freezes_at__lte=F("nominations_open_at"))
                & Q(nominations_open_at__lt=F("nominations_close_at"))
                & Q(nominations_close_at__lte=F("voting_opens_at"))
                & Q(voting_opens_at__lt=F("voting_closes_at")),
                name="election_times_run_in_order",
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on__gte=F("term_starts_on")), name="election_term_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", announced_at__isnull=True)
                | Q(state="cancelled")
                | (~Q(state="draft") & Q(announced_at__isnull=False)),
                name="election_is_announced_once_it_is_no_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["voting", "counted"]) | ~Q(seed=""), name="election_has_its_seed_before_a_vote"
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("election", args=[self.slug])

    @property
    def roll_is_frozen(self) -> bool:
        """Whether organisations can no longer be put on the roll or taken off it."""
        return self.roll_is_frozen_at(timezone.now())

    def roll_is_frozen_at(self, now: datetime) -> bool:
        return now >= self.roll_freezes_at or self.state not in {self.State.DRAFT, self.State.ANNOUNCED}

    @property
    def takes_nominations(self) -> bool:
        return self.takes_nominations_at(timezone.now())

    def takes_nominations_at(self, now: datetime) -> bool:
        return self.state == self.State.NOMINATIONS and now < self.nominations_close_at

    @property
    def nominations_are_over(self) -> bool:
        """Whether nominations have closed and nothing has followed yet."""
        return self.state == self.State.NOMINATIONS and timezone.now() >= self.nominations_close_at

    @property
    def takes_votes(self) -> bool:
        """Whether a vote that arrives now counts: by the clock as well as by the state, which may lag behind it."""
        return self.takes_votes_at(timezone.now())

    def takes_votes_at(self, now: datetime) -> bool:
        is_open = self.state == self.State.VOTING and self.voting_opens_at <= now < self.voting_closes_at
        return is_open and not self.cannot_be_counted

    @property
    def cannot_be_counted(self) -> bool:
        """Whether its ballot box cannot be opened: the key is lost, or away."""
        return self.state == self.State.VOTING and self.cannot_count_since is not None

    @property
    def needs_voters(self) -> bool:
        """Whether each organisation on the roll needs somebody who votes for it; in a draft, it is too early to ask."""
        return self.state in self.STILL_TO_VOTE

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.PUBLISHED, self.State.CANCELLED}

    @property
    def has_no_vote(self) -> bool:
        """Whether it ends without a vote, or without one that counts: no more candidates than seats were left."""
        return self.state == self.State.UNCONTESTED or (self.is_published and not self.was_voted_on)

    @property
    def was_voted_on(self) -> bool:
        return self.result is not None

    @property
    def timetable(self) -> list[tuple[str, datetime]]:
        """What happens when, in words and in order."""
        return [
            ("The roll is frozen", self.roll_freezes_at),
            ("Nominations open", self.nominations_open_at),
            ("Nominations close", self.nominations_close_at),
            ("Voting opens", self.voting_opens_at),
            ("Voting closes", self.voting_closes_at),
        ]

    @property
    def now(self) -> str:
        """Where it stands, and what comes next, in a sentence."""
        state, when = self.State(self.state), dates.moment
        if self.cannot_be_counted:
            return "Voting has stopped, because the ballot box cannot be opened."
        if self.nominations_are_over:
            return f"Nominations have closed. Voting opens on {when(self.voting_opens_at)}."
        return {
            self.State.DRAFT: "A draft: only staff see it.",
            self.State.ANNOUNCED: f"Nominations open on {when(self.nominations_open_at)}.",
            self.State.NOMINATIONS: f"Nominations are open until {when(self.nominations_close_at)}.",
            self.State.UNCONTESTED: "There are no more candidates than seats, so there is no vote. "
            "The result will be published.",
            self.State.VOTING: f"Voting is open until {when(self.voting_closes_at)}.",
            self.State.COUNTED: "Voting has closed, and the votes are counted. The result will be published.",
            self.State.PUBLISHED: f"The result was published on {when(self.published_at)}."
            if self.published_at
            else "The result is published.",
            self.State.CANCELLED: "The election was cancelled.",
        }[state]
