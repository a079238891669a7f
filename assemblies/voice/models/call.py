"""A call for views: what a representative asks those they represent before a meeting, and what these answer."""

from datetime import date, datetime
from uuid import uuid4

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models.meeting import Meeting
from partnership import dates
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Appointment, Board, Seat


def seats_of(user, on: date | None = None):
    """The seats a person holds or deputises for on the day (today unless given), while seat and board exist."""
    on = on or timezone.localdate()
    held = Appointment.objects.current(on).filter(Q(holder=user) | Q(deputy=user))
    return Seat.objects.in_being(on).filter(pk__in=held.values("seat"))


class CallForViewsQuerySet(models.QuerySet["CallForViews"]):
    def held_by(self, user):
        """Calls of a seat the person holds or deputises for today: theirs to read, whoever opened them. Those about a purpose
        belong to whoever chairs the board today, too: it asks its members, whichever seat and person did so for it."""
        chaired = Q(kind=CallForViews.Kind.PURPOSE, seat__board__in=Board.objects.chaired_by(user).values("pk"))
        return self.filter(Q(seat__in=seats_of(user).values("pk")) | chaired)

    def for_views(self):
        """Calls of a representative: not those by which a board asks its own members about its purpose."""
        return self.filter(kind=CallForViews.Kind.VIEWS)

    def asked_of(self, user):
        """Calls that ask an organisation the person belongs to."""
        mine = user.memberships.accepted().values("partner")
        return self.filter(pk__in=CallForViews.asked.through.objects.filter(partner__in=mine).values("callforviews"))

    def unanswered_by(self, user):
        """Calls that ask an organisation the person belongs to, which has not answered."""
        mine = user.memberships.accepted().values("partner")
        answered = PartnerAnswer.objects.filter(call=OuterRef("callforviews"), partner=OuterRef("partner"))
        asked = CallForViews.asked.through.objects.filter(~Exists(answered), partner__in=mine)
        return self.filter(pk__in=asked.values("callforviews"))

    def to_sum_up(self, now: datetime):
        """Closed calls with answers and no summary yet, while there is time to bring one as a paper."""
        return self.for_views().filter(
            Exists(PartnerAnswer.objects.filter(call=OuterRef("pk"))),
            ~Exists(TopicSummary.objects.filter(topic__call=OuterRef("pk"))),
            closes_at__lte=now,
            meeting__state=Meeting.State.PUBLISHED,
            meeting__starts_at__gt=now,
        )

    def visible_to(self, user):
        """Staff see every call; others those of their own seat, and those that ask their organisation."""
        if not user.is_authenticated:
            return self.none()
        if is_partnership_staff(user):
            return self
        calls = CallForViews.objects
        return self.filter(Q(pk__in=calls.held_by(user).values("pk")) | Q(pk__in=calls.asked_of(user).values("pk")))

    def read_by(self, user):
        """Calls whose answers the person may read: those of their own seat; staff read all of them."""
        if not user.is_authenticated:
            return self.none()
        return self if is_partnership_staff(user) else self.held_by(user)

    def with_answered(self, user):
        """Each call with `answered`: whether one of the person's organisations has answered it."""
        mine = user.memberships.accepted().values("partner")
        return self.annotate(answered=Exists(PartnerAnswer.objects.filter(call=OuterRef("pk"), partner__in=mine)))

    def with_numbers(self):
        """Each call with `so_far`, how many organisations have answered, `of` how many that are asked."""
        answers = PartnerAnswer.objects.filter(call=OuterRef("pk")).order_by().values("call")
        asked = CallForViews.asked.through.objects.filter(callforviews=OuterRef("pk")).values("callforviews")
        return self.annotate(
            so_far=Coalesce(Subquery(answers.annotate(number=Count("pk")).values("number")), 0),
            of=Coalesce(Subquery(asked.annotate(number=Count("pk")).values("number")), 0),
        )

    def open(self, now: datetime | None = None):
        """Calls that take answers: the meeting stands and has not started, and the closing time is ahead."""
        now = now or timezone.now()
        return self.filter(meeting__state=Meeting.State.PUBLISHED, meeting__starts_at__gt=now, closes_at__gt=now)


class CallForViews(models.Model):
    """What a seat's holder asks the partners the seat speaks for, ahead of one meeting; or what a board asks its member
    organisations about its purpose, line by line: its topics are the lines."""

    class Kind(models.TextChoices):
        VIEWS = "views", "views"
        PURPOSE = "purpose", "a purpose"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="calls")
    seat = models.ForeignKey("boards.Seat", models.PROTECT, related_name="calls")
    kind = models.CharField("what it asks for", max_length=8, choices=Kind, default=Kind.VIEWS)
    words = models.TextField("what you would like to know", blank=True)
    closes_at = models.DateTimeField("answers close")
    asked = models.ManyToManyField("partners.Partner", related_name="calls_for_views")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField("one submission of the form", default=uuid4, unique=True, editable=False)

    objects = CallForViewsQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="call_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return f"Call for views of {self.seat}"

    def get_absolute_url(self) -> str:
        return reverse("call", args=[self.pk])

    @property
    def closes(self) -> datetime:
        """The last moment for an answer: what was said, or the start of a meeting that has moved before it."""
        return min(self.closes_at, self.meeting.starts_at)

    def is_open(self, now: datetime | None = None) -> bool:
        return self.meeting.state == Meeting.State.PUBLISHED and (now or timezone.now()) < self.closes

    @property
    def is_about_purpose(self) -> bool:
        return self.kind == self.Kind.PURPOSE

    @property
    def heading(self) -> str:
        """What it asks, in words."""
        return "Does every line of our purpose still stand?" if self.is_about_purpose else "What do you think?"

    @property
    def stances(self) -> "tuple[TopicView.Stance, ...]":
        """What an answer may be, for each topic."""
        return TopicView.OF_PURPOSE if self.is_about_purpose else TopicView.OF_VIEWS

    @property
    def standing(self) -> str:
        """Until when answers are taken, or why not, as a sentence."""
        if self.meeting.state == Meeting.State.CANCELLED:
            return "The meeting is cancelled, so answers are no longer needed."
        return f"Answers {'close' if self.is_open() else 'closed'} on {dates.moment(self.closes)}."

    @property
    def occasion(self) -> str:
        """The meeting in words. One by invitation is not named to people who may not know of it."""
        return occasion(self.meeting, self.seat)


def occasion(meeting: Meeting, seat: Seat) -> str:
    """The meeting, as the public may know of it: by title and day, or as a meeting of the board of the seat."""
    return occasion_words(meeting.title, seat.board, meeting.starts_at, is_public=meeting.is_public)


def occasion_words(title: str, board, starts_at: datetime, *, is_public: bool) -> str:
    """As `occasion`, of what was read of a meeting."""
    return f"{title} on {dates.day(starts_at)}" if is_public else f"a meeting of {board}"


class CallTopic(models.Model):
    """One thing a call asks about: an item of the published agenda, or a question of the representative's own."""

    call = models.ForeignKey(CallForViews, models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="+")
    question = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="topic_position_once"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, question="") | Q(item__isnull=True) & ~Q(question=""),
                name="topic_is_an_item_or_a_question",
            ),
        ]

    def __str__(self) -> str:
        return self.item.public_title if self.item else self.question

    @property
    def about(self) -> str:
        """What the agenda says of the item; nothing once it is closed to the public."""
        return self.item.summary if self.item and self.item.closed_by is None else ""


class PartnerAnswer(models.Model):
    """What one partner answers to a call. Any of its accepted members may change it until the call closes."""

    call = models.ForeignKey(CallForViews, models.CASCADE, related_name="answers")
    partner = models.ForeignKey("partners.Partner", models.PROTECT, related_name="+")
    named = models.BooleanField("may be quoted by name", default=False)
    given_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField("times written", default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "partner"], name="one_answer_for_each_partner")]

    def __str__(self) -> str:
        return f"answer {self.pk} to call {self.call_id}"


class TopicView(models.Model):
    """A partner's stance on one topic, and its words."""

    class Stance(models.TextChoices):
        SUPPORT = "support", "Support"
        CHANGES = "changes", "Support with changes"
        CONCERNS = "concerns", "Concerns"
        NONE = "none", "No view"
        STANDS = "stands", "Stands"
        CHANGE = "change", "Change it"
        NO_LONGER = "no_longer", "No longer"

    OF_VIEWS = (Stance.SUPPORT, Stance.CHANGES, Stance.CONCERNS, Stance.NONE)
    OF_PURPOSE = (Stance.STANDS, Stance.CHANGE, Stance.NO_LONGER)

    answer = models.ForeignKey(PartnerAnswer, models.CASCADE, related_name="views")
    topic = models.ForeignKey(CallTopic, models.CASCADE, related_name="views")
    stance = models.CharField(max_length=10, choices=Stance)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["topic__position"]
        constraints = [models.UniqueConstraint(fields=["answer", "topic"], name="one_view_of_each_topic")]


class TopicSummaryQuerySet(models.QuerySet["TopicSummary"]):
    def to_place(self, now: datetime):
        """Those whose paper is on no agenda and not released, while the meeting is still to come."""
        ahead = self.filter(topic__call__meeting__state="published", topic__call__meeting__starts_at__gt=now)
        return ahead.filter(
            paper__released_at=None, paper__withdrawn_at=None, paper__agenda_items=None, paper__isnull=False
        )


class TopicSummary(models.Model):
    """What a representative made of the answers on a topic: the words they edited, and the paper they became."""

    topic = models.OneToOneField(CallTopic, models.CASCADE, related_name="summary")
    text = models.TextField()
    paper = models.ForeignKey("papers.Document", models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = TopicSummaryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"summary of topic {self.topic_id}"


def meetings_of(user):
    """Meetings, announced or past, of the boards on which the person holds or deputises for a seat today."""
    return Meeting.objects.published().of_boards(seats_of(user).values("board"))
