from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings import calendar
from partnership.keys import new_key

NOT_SURE = {"held": "Not confirmed", "waiting": "Waiting list", "offered": "Place offered"}


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding(self):
        """Registrations that take up a place: held for confirmation, registered, offered, or there on the day."""
        return self.filter(state__in=Registration.HOLDING)

    def coming(self):
        """People with a confirmed place: registered, or already checked in."""
        return self.filter(state__in=["registered", "attended"])

    def came(self):
        """People who were checked in, and those with a place online, where nobody is."""
        return self.filter(Q(state="attended") | Q(state="registered", attendance="online"))

    def answering(self):
        """Registrations that say what the person wants: all except those whose address was never confirmed."""
        return self.exclude(Q(state="held") | Q(state="cancelled", confirmed_at__isnull=True, source="public"))

    def unconfirmed(self, now: datetime):
        """Those who may still confirm their address: a place is held for them, or they joined the queue, this hour."""
        return self.filter(state__in=["held", "waiting"], confirmed_at__isnull=True, confirm_by__gt=now)

    def holding_key(self, key: str):
        """The registration of a personal link, with its meeting, or None."""
        # Unordered, since there is one at most: to compile ORDER BY the ORM compares each of sixty columns.
        return next(iter(self.select_related("meeting", "needs", "unproved_answers").filter(key=key).order_by()), None)

    def of_person(self, user):
        """A signed-in person's own: the confirmed address says whose it is."""
        return self.filter(email=user.email)

    def coming_up(self):
        """Live registrations for meetings that have not ended, the next first."""
        live = self.filter(state__in=["registered", "waiting", "offered"], meeting__state="published")
        return live.filter(meeting__ends_at__gte=timezone.now(), meeting__ended_at=None).order_by("meeting__starts_at")

    def waiting(self):
        """The waiting list, first in the queue first."""
        return self.filter(state="waiting").order_by("queued_at", "pk")

    def locked(self):
        """Locks the rows until the transaction ends; the meeting's row is locked first, where both are."""
        return self.select_for_update(no_key=True, of=("self",))


class Registration(models.Model):
    """A person's place at a meeting, or their place in the queue. One for each address; a return re-uses it."""

    class State(models.TextChoices):
        HELD = "held", "to be confirmed by email"
        REGISTERED = "registered", "registered"
        WAITING = "waiting", "on the waiting list"
        OFFERED = "offered", "offered a place"
        CANCELLED = "cancelled", "cancelled"
        ATTENDED = "attended", "attended"
        ABSENT = "absent", "did not attend"

    HOLDING = ["held", "registered", "offered", "attended", "absent"]

    class Attendance(models.TextChoices):
        IN_PERSON = "in_person", "In person"
        ONLINE = "online", "Online"

    class Source(models.TextChoices):
        INVITATION = "invitation", "personal link"
        ACCOUNT = "account", "signed in"
        PUBLIC = "public", "public page"
        STAFF = "staff", "by staff"
        WALK_IN = "walk_in", "on the day"
        CALENDAR = "calendar", "reply from their calendar"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="registrations")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    partner = models.ForeignKey("partners.Partner", models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField("kind of organisation", max_length=20, blank=True)
    role = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, blank=True, related_name="+")
    attendance = models.CharField("how they attend", max_length=10, choices=Attendance)
    photo_consent = models.BooleanField(default=False)
    user = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="registrations")
    invitation = models.OneToOneField(
        "invitations.Invitation", models.SET_NULL, null=True, blank=True, related_name="registration"
    )
    source = models.CharField(max_length=10, choices=Source)
    key = models.CharField(max_length=43, unique=True, default=new_key)
    state = models.CharField(max_length=10, choices=State)
    place_number = models.PositiveIntegerField(null=True, blank=True)
    capacity_when_given = models.PositiveIntegerField("capacity when the place was given", null=True, blank=True)
    from_allocation = models.BooleanField("sits in a seat kept for their place", default=False)
    queued_at = models.DateTimeField("joined the waiting list", null=True, blank=True)
    confirm_by = models.DateTimeField("confirm the address by", null=True, blank=True)
    held_at = models.DateTimeField("place held since", null=True, blank=True)
    held_from = models.CharField("hash of the network a held place was asked for from", max_length=64, blank=True)
    confirm_first = models.BooleanField("holds no place, and none in the queue, until confirmed", default=False)
    confirmed_at = models.DateTimeField("address confirmed", null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    before_check_in = models.CharField("state before the check-in", max_length=10, choices=State, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_in_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    round = models.PositiveIntegerField("times they came back", default=0)
    calendar_changes = models.PositiveIntegerField("times their calendar entry changed", default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "email"]
        indexes = [models.Index(fields=["meeting", "state", "queued_at"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "email"], name="person_registers_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="registration_email_is_lower_case"),
            models.UniqueConstraint(fields=["meeting", "place_number"], name="place_given_once"),
            models.CheckConstraint(
                condition=Q(place_number__isnull=True, state__in=["waiting", "cancelled"])
                | Q(place_number__gte=1, state__in=["held", "registered", "offered", "attended", "absent"]),
                name="place_holders_have_a_number_and_others_none",
            ),
            models.CheckConstraint(
                condition=Q(capacity_when_given__isnull=True)
                | Q(place_number__isnull=True)
                | Q(place_number__lte=models.F("capacity_when_given"))
                | Q(source="walk_in"),
                name="place_within_capacity",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="waiting_is_queued"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False), name="offer_has_an_end"
            ),
            models.CheckConstraint(condition=~Q(state="held") | Q(confirm_by__isnull=False), name="held_has_an_end"),
        ]

    def __str__(self) -> str:
        """Without a name: the audit log keeps this for longer than attendee lists are kept."""
        return f"registration {self.pk} for {self.meeting}"

    def get_absolute_url(self) -> str:
        """The person's own page, without a password."""
        return reverse("registration", args=[self.key])

    @property
    def answers_url(self) -> str:
        """Their page with the exit questions, without a password."""
        return reverse("registration_answers", args=[self.key])

    @property
    def holds_place(self) -> bool:
        """Whether they have a confirmed place: only then are they told how to join."""
        return self.state in (self.State.REGISTERED, self.State.ATTENDED)

    @property
    def own_entry(self) -> calendar.Own:
        """What their entry in a calendar says beside the meeting: only a confirmed place takes up their time."""
        return calendar.Own(
            holds_place=self.holds_place,
            busy=self.holds_place,
            tentative=NOT_SURE.get(self.state, ""),
            attends=self.attendance if self.holds_place else "",
            changes=self.calendar_changes,
        )

    @property
    def needs_in_words(self) -> list[tuple[str, str]]:
        """What they told us they need, as questions with their answers; nothing where they need nothing."""
        needs = getattr(self, "needs", None)
        return needs.in_words() if needs else []

    @property
    def position(self) -> int | None:
        """The person's place on the waiting list, 1 for the next; None if they are not on it. One query."""
        if self.state != self.State.WAITING or self.confirm_first:
            return None
        before = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lt=self.pk)
        return Registration.objects.filter(before, meeting=self.meeting_id, confirm_first=False).waiting().count() + 1

    def is_late(self, now: datetime) -> bool:
        """Whether the hour to confirm, or the time to take an offered place, is over and the clock has yet to say so."""
        if self.state == self.State.OFFERED:
            return self.offered_until is not None and self.offered_until <= now
        held = self.state in (self.State.HELD, self.State.WAITING) and self.confirmed_at is None
        return held and self.confirm_by is not None and self.confirm_by <= now

    @property
    def joining_link(self) -> str:
        """The meeting's joining link, for those who hold a place; empty for everyone else."""
        return self.meeting.joining_link if self.holds_place and self.meeting.has_link else ""

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no name of a person, since that is deleted long before the entry is."""
        return f"Registration {self.pk}: {self.meeting}"


class Needs(models.Model):
    """What a person needs to take part. Sensitive: only organisers see it; deleted 30 days after the meeting."""

    class Access(models.TextChoices):
        BSL = "bsl", "British Sign Language interpreter"
        CAPTIONS = "captions", "Live captions"
        LOOP = "loop", "Hearing loop"
        STEP_FREE = "step_free", "Step-free access"
        QUIET = "quiet", "A quiet space"
        CARER = "carer", "A seat for a carer or personal assistant"
        LARGE_PRINT = "large_print", "Large print"
        EASY_READ = "easy_read", "Easy Read"
        BRAILLE = "braille", "Braille"
        INTERPRETER = "interpreter", "A language interpreter"

    IN_A_ROOM = (Access.LOOP, Access.STEP_FREE, Access.QUIET)

    class Expense(models.TextChoices):
        TRAVEL = "travel", "Travel"
        CHILDCARE = "childcare", "Childcare"
        BACKFILL = "backfill", "Cover for your work (backfill)"

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="needs")
    access = models.JSONField(default=list, blank=True)
    language = models.CharField("language to interpret", max_length=80, blank=True)
    access_other = models.TextField(blank=True)
    dietary = models.CharField(max_length=300, blank=True)
    expenses = models.JSONField(default=list, blank=True)

    @property
    def access_in_words(self) -> list[str]:
        """What was ticked of what we offer; something else is in `access_other`."""
        return [str(each.label) for each in self.Access if each in self.access]

    @property
    def expenses_in_words(self) -> list[str]:
        return [str(each.label) for each in self.Expense if each in self.expenses]

    def in_words(self) -> list[tuple[str, str]]:
        """Each question that was answered, with the answer in words."""
        access = self.access_in_words
        access = [f"{label}: {self.language}" if label == self.Access.INTERPRETER.label and self.language else label
                  for label in access]  # fmt: skip
        rows = [
            ("What you need to take part", "; ".join([*access, *filter(None, [self.access_other])])),
            ("Dietary needs", self.dietary),
            ("Help with expenses", "; ".join(self.expenses_in_words)),
        ]
        return [(question, answer) for question, answer in rows if answer]
