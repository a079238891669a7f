from collections.abc import Iterable
from datetime import date, timedelta

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership.accounts.rules import is_partnership_staff
from partnership.interests.interest_kinds import CODES, Code, Kind, code_of_kind
from partnership.page_cache.triggers import renew_pages


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user):
        """Those whose every detail the person may read: their own; staff, who keep the register, read all."""
        if not user.is_authenticated:
            return self.none()
        return self if is_partnership_staff(user) else self.filter(person=user)

    def public(self):
        """Interests that stand in registers, until some time after they ended; of a withheld one pages show only that it is."""
        return self.standing()

    def standing(self):
        """Without those that another one corrects."""
        return self.filter(corrected_by__isnull=True)

    def in_force(self):
        """Those that have not ended."""
        return self.standing().filter(ended_on__isnull=True)

    def on_register(self, today: date):
        """Those that have not ended, or ended lately."""
        since = today - timedelta(days=settings.ENDED_INTERESTS_SHOWN_DAYS)
        return self.standing().filter(Q(ended_on__isnull=True) | Q(ended_on__gte=since))

    def under(self, code: str):
        return self.filter(kind__in=CODES[Code(code)].kinds)

    def of_people(self, people: Iterable):
        return self.filter(person__in=people).order_by("-declared_at", "-pk")


class Interest(models.Model):
    """What somebody declared: a fact of record. A trigger in the database refuses to change or delete it.

    Only these are added to it: the day on which it ended; that its details are published after all; who agreed that they are
    withheld. Another interest corrects it.
    """

    Kind = Kind

    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=12, choices=Kind)
    body = models.CharField("organisation or person it is with", max_length=200)
    nature = models.TextField("what the interest is")
    arose_on = models.DateField("since when")
    ended_on = models.DateField("until when", null=True, blank=True)
    is_withheld = models.BooleanField("its details are withheld from the public", default=False)
    withheld_because = models.TextField("why its details are withheld", blank=True)
    agreed_by = models.CharField("officer who agreed to withhold them", max_length=200, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("arose_on")), name="interest_ends_after_it_arose"
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=False) | ~Q(withheld_because=""), name="withheld_interest_says_why"
            ),
            models.CheckConstraint(condition=~Q(corrects=F("pk")), name="no_interest_corrects_itself"),
        ]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("stands", "interests_interest")],
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        stands := NEW;
                        IF OLD.ended_on IS NULL THEN
                            stands.ended_on := NULL;
                        END IF;
                        IF OLD.is_withheld AND NOT NEW.is_withheld THEN
                            stands.is_withheld := TRUE;
                        END IF;
                        IF OLD.agreed_by = '' THEN
                            stands.agreed_by := '';
                        END IF;
                        IF stands IS NOT DISTINCT FROM OLD THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'declared interests are corrected by another, never changed'
                        USING ERRCODE = 'restrict_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person}"

    @property
    def code(self) -> Code:
        """The set of rules under which it is declared."""
        return code_of_kind(self.kind)

    @property
    def withheld_by_rule(self) -> str:
        """The rule by which its details are withheld, in words; "" where they are not."""
        return CODES[self.code].withheld if self.is_withheld else ""
