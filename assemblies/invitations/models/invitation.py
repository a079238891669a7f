from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest, Lower

from assemblies.meetings import guests
from partnership.accounts.rules import is_partnership_staff
from partnership.keys import new_key
from partnership.outbox import message_keys
from partnership.outbox.models import Message

ANSWERED = Q(accepted_at__isnull=False) | Q(declined_at__isnull=False)
UNUSABLE = Q(message__state=Message.State.FAILED, message__failure__in=["", Message.Failure.ADDRESS])
CAN_BE_TRIED = Q(message__state=Message.State.FAILED) & ~Q(message__failure__in=["", Message.Failure.ADDRESS])
ONE_ADDRESS = r"^[^\s@<>,;]+@[^\s@<>,;]+$"  # what an envelope can carry


class InvitationRunQuerySet(models.QuerySet["InvitationRun"]):
    def visible_to(self, user):
        """Staff send invitations, and follow how far a run has come."""
        return self if is_partnership_staff(user) else self.none()

    def unfinished(self):
        return self.filter(finished_at__isnull=True)


class InvitationRun(models.Model):
    """One click of "send": the invitations, or the chasers, it has still to queue. If a worker is killed, another continues."""

    class Purpose(models.TextChoices):
        INVITE = "invite", "invitations"
        CHASE = "chase", "reminders to answer"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="runs")
    purpose = models.CharField(max_length=8, choices=Purpose)
    key = models.UUIDField("guards against a double click", unique=True)
    started_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    total = models.PositiveIntegerField()
    queued = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [models.CheckConstraint(condition=Q(queued__lte=F("total")), name="run_queues_at_most_its_total")]


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user):
        """Staff see every invitation; a person reaches their own by its secret key."""
        return self if is_partnership_staff(user) else self.none()

    def public(self):
        """Those whose secret link works: sent, to a meeting that is not a draft."""
        return self.sent().exclude(meeting__state="draft").select_related("meeting__board", "place")

    def sent(self):
        """Written and handed to the outbox."""
        return self.filter(sent_at__isnull=False)

    def unanswered(self):
        """Sent, and neither accepted nor declined: someone who ever registered, in any way, has answered."""
        registered = guests.who_registered().answering().filter(meeting=OuterRef("meeting"), email=OuterRef("email"))
        return self.sent().filter(~ANSWERED, ~Exists(registered))

    def with_delivery(self):
        """With the state of the email, but not its words."""
        return self.select_related("message", "place", "answered_by").defer(
            "message__text", "message__html", "message__calendar", "message__attachments"
        )

    def bounced(self):
        """Those whose address nothing can be sent to, and that nobody has answered since."""
        return self.with_standing().filter(standing=Invitation.Standing.BOUNCED)

    def with_standing(self):
        """With `standing` (an `Invitation.Standing`: how far it has come) and the `registration_state` of who registered."""
        registered = guests.who_registered().answering().filter(meeting=OuterRef("meeting"), email=OuterRef("email"))
        standing = Invitation.Standing
        return self.annotate(
            registration_state=Subquery(registered.values("state")[:1]),
            standing=Case(
                When(declined_at__isnull=False, then=Value(standing.DECLINED)),
                When(accepted_at__isnull=False, then=Value(standing.ACCEPTED)),
                When(sent_at__isnull=True, then=Value(standing.WAITING)),
                When(~Q(email__regex=ONE_ADDRESS), then=Value(standing.BOUNCED)),
                When(UNUSABLE, then=Value(standing.BOUNCED)),
                When(message__state=Message.State.FAILED, then=Value(standing.REFUSED)),
                When(message__state=Message.State.SENT, then=Value(standing.DELIVERED)),
                When(message__isnull=True, then=Value(standing.DELIVERED)),  # so long ago that its email is deleted
                default=Value(standing.WAITING),
                output_field=models.CharField(),
            ),
        )

    def with_last_emailed(self):
        """With `last_emailed`: when we last wrote to them about it, as an invitation, a question or a reminder."""
        about = message_keys.in_the_database("meeting", OuterRef("meeting_id"), "invitation", OuterRef("pk"))
        mails = Message.objects.filter(about=about).exclude(state=Message.State.WITHDRAWN).order_by("-created_at")
        return self.annotate(last_emailed=Greatest("sent_at", "chased_at", Subquery(mails.values("created_at")[:1])))

    def not_emailed_since(self, moment):
        """Those we have not written to about it since that moment."""
        return self.with_last_emailed().filter(Q(last_emailed__isnull=True) | Q(last_emailed__lte=moment))

    def matching(self, words: str):
        """Whose name, organisation or address holds every word given."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(organisation__icontains=word) | Q(email__icontains=word))
        return found


class Invitation(models.Model):
    """One person's invitation to one meeting, however many lists name them."""

    class Standing(models.TextChoices):
        WAITING = "waiting", "waiting to be sent"
        DELIVERED = "delivered", "no answer yet"
        BOUNCED = "bounced", "bounced"
        REFUSED = "refused", "refused by their mail system"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    kind = models.CharField("kind of organisation", max_length=20, blank=True)
    role = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(
        "places.Place", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="first list they were on"
    )
    key = models.CharField(max_length=43, unique=True, default=new_key)
    run = models.ForeignKey(InvitationRun, models.SET_NULL, null=True, blank=True, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField("queued to be sent", null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="answered on their behalf by",
    )
    chased_at = models.DateTimeField(null=True, blank=True)
    chase = models.ForeignKey(
        InvitationRun,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="chased",
        verbose_name="run that asks them to answer",
    )
    message = models.ForeignKey(
        "outbox.Message",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="the mail that carries the invitation",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "email"], name="person_invited_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_is_lower_case"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True), name="one_answer_to_an_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.meeting}"

    @property
    def is_answered(self) -> bool:
        """The person, or staff for them, has said yes or no."""
        return bool(self.accepted_at or self.declined_at)

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: no name of a person, since that is deleted long before the entry is."""
        return f"Invitation {self.pk}: {self.meeting}"
