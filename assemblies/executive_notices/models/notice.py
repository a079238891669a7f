from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from assemblies.executive_notices.notice_kinds import OF_KEY_DECISIONS, OF_PRIVATE_MEETINGS, Kind
from partnership.page_cache.triggers import renew_pages


class ExecutiveNoticeQuerySet(models.QuerySet["ExecutiveNotice"]):
    def public(self):
        """Every notice that was published; of one that was withdrawn pages show the reason alone."""
        return self

    def in_force(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def ahead(self, today: date):
        """Of decisions and meetings to come, the next first."""
        return self.filter(last_on__gte=today).order_by("first_on", "published_at", "pk")

    def past(self, today: date):
        return self.filter(last_on__lt=today).order_by("-last_on", "-published_at", "-pk")


class ExecutiveNotice(models.Model):
    """What a council's executive published ahead of a key decision or a private meeting: a fact of record.

    A trigger in the database refuses to change or delete it; only its withdrawal is added. Source: regulations 5 and 9 to 11 of
    the Local Authorities (Executive Arrangements) (Meetings and Access to Information) (England) Regulations 2012.
    """

    Kind = Kind

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="executive_notices")
    kind = models.CharField(max_length=16, choices=Kind)
    item = models.ForeignKey(
        "forward_plan.PlannedItem", models.PROTECT, null=True, blank=True, related_name="executive_notices",
        verbose_name="key decision as it is planned",
    )  # fmt: skip
    meeting = models.ForeignKey(
        "meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="executive_notices",
        verbose_name="meeting held in private",
    )  # fmt: skip
    matter = models.CharField("what it is about", max_length=300)
    first_on = models.DateField("first day on which it may be")
    last_on = models.DateField("last day on which it may be")
    members = models.JSONField("names of the board's members then", default=list)
    documents = models.TextField("documents submitted to the board", blank=True)
    reasons = models.TextField(blank=True)
    told = models.CharField("who was told or agreed, for scrutiny", max_length=200, blank=True)
    told_on = models.DateField("when they were told or agreed", null=True, blank=True)
    representations = models.TextField("representations received", blank=True)
    answer = models.TextField("answer to the representations", blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = ExecutiveNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="notice_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_KEY_DECISIONS, item__isnull=False)
                | Q(kind__in=OF_PRIVATE_MEETINGS, item__isnull=True),
                name="notice_of_a_key_decision_names_it",
            ),
            models.CheckConstraint(condition=Q(kind=Kind.KEY) | ~Q(reasons=""), name="notice_gives_its_reasons"),
            models.CheckConstraint(
                condition=~Q(kind__in=[Kind.KEY_SCRUTINY, Kind.KEY_URGENT, Kind.PRIVATE_URGENT])
                | (~Q(told="") & Q(told_on__isnull=False)),
                name="notice_names_who_was_told_for_scrutiny",
            ),
            models.CheckConstraint(
                condition=Q(representations="") | ~Q(answer=""), name="representations_are_answered"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="withdrawn_notice_says_why",
            ),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("stands", "executive_notices_executivenotice")],
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        stands := NEW;
                        stands.meeting_id := OLD.meeting_id;
                        IF OLD.withdrawn_at IS NULL THEN
                            stands.withdrawn_at := NULL;
                            stands.withdrawn_because := '';
                        END IF;
                        IF stands IS NOT DISTINCT FROM OLD THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'published notices are withdrawn, never changed' USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.matter}"

    def get_absolute_url(self) -> str:
        return reverse("executive_notice", args=[self.board.slug, self.pk])

    @property
    def is_of_a_period(self) -> bool:
        """Whether it names several days, on one of which the decision is taken."""
        return self.first_on != self.last_on
