import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from assemblies.closures.models import Closure, is_closed
from assemblies.decisions.models import Decision
from assemblies.decisions.models.closed_decisions import on_same_item
from assemblies.meetings.models import Meeting
from assemblies.minutes.models.minutes_version import MinutesVersion
from assemblies.papers.models.agenda import withheld_from
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_sat_on
from partnership.page_cache.triggers import renew_pages

UNTIL_AGREED = """
    IF TG_OP = 'INSERT' THEN
        changed := NEW;
    ELSE
        changed := OLD;
    END IF;
    IF EXISTS (SELECT 1 FROM minutes_minutesversion WHERE id = changed.version_id AND agreed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'minutes that were agreed are never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""


class MinutesItemQuerySet(models.QuerySet["MinutesItem"]):
    def closed(self):
        """Items that are closed to the public now: as they were on the agenda, since then, or because of what was decided."""
        return self.filter(self._is_closed())

    @staticmethod
    def _is_closed() -> Q:
        """By its closure, its item's, or a closed decision on it."""
        minutes = {name: OuterRef(f"version__minutes__{name}") for name in ("meeting", "board")}
        decided = Decision.objects.closed().filter(on_same_item(), **minutes)
        return is_closed() | is_closed("item__closure") | Q(Exists(decided))

    def readable_by(self, user):
        """Items of which the person may read everything: open ones; closed ones staff, and those who sit on a board that met, but
        what is withheld from them."""
        if not user.is_authenticated:
            return self.exclude(self._is_closed())
        if is_partnership_staff(user):
            return self
        there = Meeting.objects.of_boards(boards_sat_on(user)).values("pk")
        withheld = Q(item__isnull=False, item__in=withheld_from(user).items)
        return self.filter(~self._is_closed() | (Q(version__minutes__meeting__in=there) & ~withheld))

    def visible_to(self, user):
        """Items of versions that the person may know of, as far as they may read them."""
        return self.readable_by(user).filter(version__in=MinutesVersion.objects.visible_to(user).values("pk"))

    def public(self):
        return self.exclude(self._is_closed()).filter(version__in=MinutesVersion.objects.public().values("pk"))

    def with_closures(self):
        """Each with why it is closed, as far as its agenda says so."""
        return self.select_related("closure", "item__closure").prefetch_related(
            "closure__grounds__board", "item__closure__grounds__board"
        )


class MinutesItem(models.Model):
    """What the minutes say of one item: `facts` from the record of the meeting, and the text that people write.

    A row of its own, so that the database knows which are closed to the public. Once its version is agreed a trigger refuses
    every change.
    """

    version = models.ForeignKey("minutes.MinutesVersion", models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey("papers.AgendaItem", models.PROTECT, null=True, blank=True, related_name="minutes")
    closure = models.ForeignKey(
        "closures.Closure", models.PROTECT, null=True, blank=True, related_name="minutes_items",
        verbose_name="why it was closed to the public",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    text = models.TextField("what was said", blank=True)
    facts = models.JSONField("what was recorded of it", default=dict)

    objects = MinutesItemQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="minutes_item_number_once")]
        triggers = [
            *renew_pages(),
            pgtrigger.Trigger(
                name="agreed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("changed", "minutes_minutesitem")],
                func=UNTIL_AGREED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, item {self.number}"

    @property
    def closures(self) -> list[Closure]:
        """What closes it to the public now, by its agenda."""
        both = (self.closure, self.item.closure if self.item else None)
        return [each for each in both if each and each.in_force]
