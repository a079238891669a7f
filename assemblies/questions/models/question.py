from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings.models import Meeting
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.triggers import renew_pages

UNNAMED = "A member of the public"


class State(models.TextChoices):
    UNCONFIRMED = "unconfirmed", "waiting for the address to be confirmed"
    RECEIVED = "received", "received"
    ACCEPTED = "accepted", "accepted"
    REJECTED = "rejected", "rejected"
    ASKED = "asked", "asked at the meeting"
    ANSWERED = "answered", "answered"
    WITHDRAWN = "withdrawn", "withdrawn"


OUT = [State.ACCEPTED, State.ASKED, State.ANSWERED]  # what everybody reads
COUNTED = [State.RECEIVED, *OUT]  # what a limit counts: who is rejected, or withdraws, may ask another question


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self):
        """Accepted questions to meetings that anyone may see."""
        return self.out().filter(meeting__in=Meeting.objects.public().values("pk"))

    def visible_to(self, user):
        """Accepted questions to meetings that the person may see; every one whose address is confirmed for staff, and for whoever
        chairs the board it is put to."""
        if not user.is_authenticated:
            return self.public()
        meetings = Meeting.objects.visible_to(user).published()
        return self.editable_by(user) | self.out().filter(meeting__in=meetings.values("pk"))

    def editable_by(self, user):
        """Questions that the person decides on and replies to: staff, and whoever chairs the board today or acts for its chair.
        Nobody reads one before its address is confirmed."""
        if not user.is_authenticated:
            return self.none()
        rows = self.exclude(state=State.UNCONFIRMED)
        if is_partnership_staff(user):
            return rows
        return rows.filter(board__in=[board.pk for board in boards_chaired_by(user, timezone.localdate())])

    def holding_key(self, key: str):
        """The question whose personal link has the key."""
        return self.filter(key=key)

    def out(self):
        """Those everybody may read: accepted, asked or answered."""
        return self.filter(state__in=OUT)

    def rejected(self):
        return self.filter(state=State.REJECTED)

    def counted(self):
        """Those that the limits of a board count."""
        return self.filter(state__in=COUNTED)

    def to_decide(self):
        """Those that wait for the chair or staff, of meetings that take place."""
        return self.filter(state=State.RECEIVED).exclude(meeting__state=Meeting.State.CANCELLED)

    def owed_a_reply(self, now):
        """Those that were accepted for a meeting that is over, and have no answer yet."""
        return self.filter(state__in=[State.ACCEPTED, State.ASKED], meeting__ends_at__lte=now)

    def waiting(self):
        """Those that wait for a decision, or for a reply once their meeting is over: most days there are none."""
        return self.filter(state__in=[State.RECEIVED, State.ACCEPTED, State.ASKED])

    def in_order(self):
        """As they were received."""
        return self.order_by("number", "pk")


class Question(models.Model):
    """A question that somebody of the public puts to a board that meets in public, as they wrote it.

    A fact of record: its words never change. A trigger refuses that, and lets through what is added (its number, what was
    decided and answered), and what retention takes away: who asked, and the words of a question that was never published.
    """

    State = State

    about: Any = None  # the item it is about, as pages say it: see `listed.with_items`

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="public_questions")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="public_questions")
    number = models.PositiveIntegerField("number, in the order received", null=True, blank=True)
    item = models.ForeignKey(
        "papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="item it is about"
    )
    name = models.CharField("name of who asks", max_length=200, blank=True)
    email = models.EmailField("their email address", blank=True)
    organisation = models.CharField("organisation or area", max_length=200, blank=True)
    may_name = models.BooleanField("they agree to be named", default=False)
    text = models.TextField("question", blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    key = models.CharField(max_length=43, unique=True, null=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    urgent_because = models.TextField("why it was let in after the deadline", blank=True)
    asked_at = models.DateTimeField("sent")
    received_at = models.DateTimeField("address confirmed", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    rejected_because = models.TextField("why it is rejected", blank=True)
    put_at = models.DateTimeField("asked at the meeting", null=True, blank=True)
    put_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    put_key = models.UUIDField(unique=True, null=True, blank=True)
    answer_given = models.TextField("answer given at the meeting", blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    illustrative = models.BooleanField("invented for a demonstration", default=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="question_number_once_at_a_meeting"),
            models.CheckConstraint(
                condition=Q(state="unconfirmed", number__isnull=True, received_at__isnull=True)
                | (~Q(state="unconfirmed") & Q(number__isnull=False, received_at__isnull=False)),
                name="received_question_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(rejected_because=""), name="rejected_question_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "rejected", "asked", "answered"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_question_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(put_at__isnull=False), name="asked_question_says_when"
            ),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="question_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        IF OLD.state IN ('unconfirmed', 'withdrawn') THEN
                            RETURN OLD;
                        END IF;
                    ELSIF ROW(NEW.meeting_id, NEW.board_id, NEW.item_id, NEW.may_name, NEW.entered_by_id,
                              NEW.urgent_because, NEW.asked_at, NEW.illustrative)
                          IS NOT DISTINCT FROM
                          ROW(OLD.meeting_id, OLD.board_id, OLD.item_id, OLD.may_name, OLD.entered_by_id,
                              OLD.urgent_because, OLD.asked_at, OLD.illustrative)
                        AND NEW.name IN (OLD.name, '') AND NEW.email IN (OLD.email, '')
                        AND NEW.organisation IN (OLD.organisation, '')
                        AND (NEW.text = OLD.text
                             OR (NEW.text = '' AND NEW.state IN ('received', 'rejected', 'withdrawn')))
                        AND (OLD.number IS NULL OR NEW.number = OLD.number)
                        AND (OLD.rejected_because = '' OR NEW.rejected_because = OLD.rejected_because)
                        AND (OLD.answer_given = '' OR NEW.answer_given = OLD.answer_given)
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'a question stays as it was put' USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.number}" if self.number else "Question"

    def get_absolute_url(self) -> str:
        """Where it stands among the questions to its meeting."""
        return f"{reverse('meeting_questions', args=[self.meeting.slug])}#question-{self.number}"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: never by the name of who asks."""
        return f"{self}: {self.meeting}"

    @property
    def asker(self) -> str:
        """Who asks, as everybody may read it: named only if they agreed."""
        if not (self.may_name and self.name):
            return UNNAMED
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def asker_in_full(self) -> str:
        """Who asks, as those who decide on it read it; without a name once that is deleted."""
        return ", ".join(part for part in (self.name, self.organisation) if part) or UNNAMED

    @property
    def is_late(self) -> bool:
        """Let in after the deadline, with a reason."""
        return bool(self.urgent_because)
