from django.db import models
from django.db.models import Q

from assemblies.papers.models.on_record import append_only
from partnership.page_cache.triggers import renew_pages

# Let through: it is lifted, once; and a draft that was deleted takes its rows with it.
LIFTED_ONCE = """
    IF TG_OP = 'UPDATE' THEN
        kept := NEW;
        IF OLD.lifted_at IS NULL THEN
            kept.lifted_at := NULL;
            kept.lifted_by_id := NULL;
        END IF;
        kept.item_id := COALESCE(NEW.item_id, OLD.item_id);
        kept.planned_id := COALESCE(NEW.planned_id, OLD.planned_id);
        IF kept IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
"""


class WithheldPapersQuerySet(models.QuerySet["WithheldPapers"]):
    def in_force(self):
        """What is still withheld."""
        return self.filter(lifted_at__isnull=True)

    def visible_to(self, user):
        """For the person it is withheld from, and those who may withhold: see `papers.withhold`."""
        return self.filter(person=user) if user.is_authenticated else self.none()

    def listed(self):
        """With what a list shows of each, those still in force first."""
        rows = self.select_related("person", "withheld_by", "lifted_by", "item", "planned__topic")
        return rows.order_by(models.F("lifted_at").asc(nulls_first=True), "pk")


class WithheldPapers(models.Model):
    """That the closed papers of an item are withheld from one person, who has an interest in it, whatever seat they sit in: a
    fact of record, lifted once.

    The item is known by what was planned of it, and by its row on the agenda, the first where several versions have it; see
    `withheld_from`.
    """

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="withheld_papers")
    item = models.ForeignKey("papers.AgendaItem", models.SET_NULL, null=True, related_name="+")
    planned = models.ForeignKey("forward_plan.PlannedItem", models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="who does not read them")
    because = models.TextField("why they are withheld")
    withheld_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField()
    lifted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = WithheldPapersQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="withheld_papers_say_why"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="lifted_withheld_papers_say_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=models.F("person")),
                name="nobody_lifts_what_is_withheld_from_them",
            ),
        ]
        triggers = [*renew_pages(), *append_only(LIFTED_ONCE, [("kept", "papers_withheldpapers")])]

    def __str__(self) -> str:
        return f"Papers withheld from {self.person}"

    @property
    def audit_label(self) -> str:
        """What the audit log calls it: never by the title of the item."""
        return f"Papers withheld from {self.person}: {self.meeting}"[:200]

    @property
    def title(self) -> str:
        """The item's, for those who may withhold it; of a row that was deleted with its draft, none."""
        if self.item:
            return self.item.title
        return self.planned.title if self.planned else "An item that was taken off"
