"""An email to one person, from the moment it is queued to the moment it is settled."""

import re
from typing import Any

import rules
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

SECRET_LINK = re.compile(r"/[\w-]{43}/")  # 32 random bytes in an address: the shape of every key in a personal link
ONE_LINE = r"^[^\r\n]*$"


class State(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Could not be delivered"
    WITHDRAWN = "withdrawn", "Withdrawn before it was sent"


class Failure(models.TextChoices):
    ADDRESS = "address", "The address cannot be used"
    POLICY = "policy", "Refused by a rule of their mail system"
    LATER = "later", "Not accepted for now, however often we tried"
    OTHER = "other", "Refused, but not because of the address"


MEANING: dict[str, str] = {
    Failure.POLICY: "A rule of their mail system refused it. The address itself may be right.",
    Failure.LATER: "It was tried for about a day. The address may be right: the mailbox may be full.",
    Failure.OTHER: "This does not mean that the address is wrong.",
}
OPEN = Q(state__in=[State.QUEUED, State.SENDING])


UNUSABLE = Q(state=State.FAILED, failure__in=["", Failure.ADDRESS])  # "": it failed before kinds were told apart


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """Partnership staff see every message (never the words of a sensitive one); nobody else sees any."""
        return self if rules.has_perm("outbox.read_messages", user) else self.none()

    def open(self) -> "MessageQuerySet":
        """Not settled: waiting, or being sent."""
        return self.filter(OPEN)

    def settled(self) -> "MessageQuerySet":
        """Sent, failed or withdrawn."""
        return self.exclude(OPEN)

    def due(self) -> "MessageQuerySet":
        """To be tried now: waiting messages whose time has come, and those whose sender's lease ran out."""
        return self.filter(OPEN, due_at__lte=Now())

    def about(self, subject: str) -> "MessageQuerySet":
        """Messages about one thing, such as "invitation:41"."""
        return self.filter(about=subject)

    def to_unusable_addresses(self) -> "MessageQuerySet":
        """Those that failed because nothing can be sent to their address."""
        return self.filter(UNUSABLE)

    def count_by_state(self) -> list[tuple["State", int]]:
        """Every state with how many are in it, none left out."""
        counted = dict(self.order_by().values_list("state").annotate(messages=models.Count("pk")))
        return [(state, counted.get(state, 0)) for state in State]

    def without_words(self) -> "MessageQuerySet":
        """For lists: everything except the words and the files."""
        return self.defer("text", "html", "calendar", "attachments")


class Message(models.Model):
    """One email. `key` makes it unique, `message_id` stays the same however often it must be tried.

    `due_at` is when it may next be tried; while it is being sent, the end of the sender's lease, after which
    another worker takes it over. `last_error` is the mail server's own words, or ours where no server spoke.
    A failed message that was sent came back: a server took it, and reported later that it could not be delivered.
    `failure` says what that means for the address; `came_back` how often it was sent again after a full mailbox and the
    like. `unsubscribe` is the address at which one request stops emails of this kind to this person.
    """

    State = State
    Failure = Failure

    key = models.CharField(max_length=200)
    to_email = models.CharField(max_length=254)
    to_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, default="REQUEST")
    attachments = models.JSONField(default=list, blank=True)
    message_id = models.CharField(max_length=200)
    about = models.CharField(max_length=100, blank=True)
    sensitive = models.BooleanField(default=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField(db_default=Now())
    not_after = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True, default="", db_default="")
    came_back = models.PositiveSmallIntegerField("times it came back and was sent again", default=0, db_default=0)
    unsubscribe = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(F("sensitive").desc(), "due_at", condition=OPEN, name="outbox_open"),
            models.Index(
                fields=["not_after"], condition=OPEN & Q(not_after__isnull=False), name="outbox_open_not_after"
            ),
            # One index for "is" and "begins with"; few indexes: each answer of the server writes to all.
            models.Index(fields=["about"], opclasses=["varchar_pattern_ops"], name="outbox_about"),
            models.Index(fields=["-id"], condition=Q(state=State.FAILED), name="outbox_failed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="outbox_key_is_unique"),
            models.UniqueConstraint(fields=["message_id"], name="outbox_message_id_is_unique"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="outbox_state_is_known"),
            models.CheckConstraint(condition=~Q(key="") & Q(key__regex=r"^\S+$"), name="outbox_key_is_one_word"),
            models.CheckConstraint(
                condition=Q(to_email__regex=r"^[^\s@<>,;]+@[^\s@<>,;]+$"), name="outbox_to_is_one_address"
            ),
            models.CheckConstraint(
                condition=Q(reply_to="") | Q(reply_to__regex=r"^[^\s@<>,;]+@[^\s@<>,;]+$"),
                name="outbox_reply_to_is_one_address",
            ),
            models.CheckConstraint(
                condition=Q(subject__regex=ONE_LINE) & Q(to_name__regex=ONE_LINE), name="outbox_headers_are_one_line"
            ),
            models.CheckConstraint(
                condition=Q(message_id__regex=r"^<[^\s<>]+@[^\s<>]+>$"), name="outbox_message_id_is_one"
            ),
            models.CheckConstraint(
                condition=Q(calendar_method__in=["REQUEST", "CANCEL", "PUBLISH"]),
                name="outbox_calendar_method_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | Q(state=State.FAILED)  # an email that came back keeps the time it was sent
                | ~Q(state__in=[State.SENT, State.FAILED]) & Q(sent_at__isnull=True),
                name="outbox_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FAILED, failed_at__isnull=False) & ~Q(last_error="")
                | ~Q(state=State.FAILED) & Q(failed_at__isnull=True),
                name="outbox_failed_has_time_and_words",
            ),
            models.CheckConstraint(
                condition=Q(failure="") | Q(failure__in=Failure.values, state=State.FAILED),
                name="outbox_failure_is_known",
            ),
            models.CheckConstraint(
                condition=Q(unsubscribe="") | Q(unsubscribe__regex=r"^https?://[^\s<>,]+$"),
                name="outbox_unsubscribe_is_one_address",
            ),
            models.CheckConstraint(condition=~OPEN | ~Q(text=""), name="outbox_open_has_words"),
            models.CheckConstraint(
                condition=Q(sensitive=False)
                | ~Q(state__in=[State.SENT, State.WITHDRAWN])
                | Q(text="", html="", calendar="", attachments=[]),
                name="outbox_sensitive_is_blanked",
            ),
        ]

    @property
    def text_without_secrets(self) -> str:
        """The words as staff may read them: a link that lets its holder act as the person is cut short."""
        return SECRET_LINK.sub("/…/", self.text)

    @property
    def why_it_failed(self) -> str:
        """For staff: the mail server's words, whether it would not take the email or sent it back later, and what that
        means for the address."""
        if self.sent_at:
            words = f"It came back after it was sent: “{self.last_error}”"
        else:
            words = f"The mail server would not accept it: “{self.last_error}”"
        return f"{words} {MEANING.get(self.failure, '')}".strip()

    def __str__(self) -> str:
        return f"Mail {self.key}"

    @property
    def may_be_read(self) -> bool:
        """Staff may read its words: they are kept, and are no secret between the portal and one person."""
        return bool(self.text) and not self.sensitive
