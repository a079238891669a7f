from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from assemblies.closures.models import is_closed
from assemblies.forward_plan.withholding import plans_withheld_from
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.page_cache.triggers import renew_pages


class TopicQuerySet(models.QuerySet["Topic"]):
    def public(self):
        """Topics that a published meeting anyone may see takes up, in public."""
        from assemblies.forward_plan.models.planned_item import PlannedItem  # it names its topic, so it comes after it

        return self.filter(Exists(PlannedItem.objects.public().exclude(is_closed()).filter(topic=OuterRef("pk"))))

    def visible_to(self, user):
        """Staff see every topic; who sits on a board, or deputises there, those that wait there or go through it too; who
        leads an item, its topic; but of what is closed, and withheld from them, what is public."""
        if not user.is_authenticated:
            return self.public()
        if is_partnership_staff(user):
            return self
        from assemblies.forward_plan.models.planned_item import PlannedItem  # as above

        theirs = Board.objects.held_by(user, or_deputises=True).values("pk")
        through = PlannedItem.objects.live().filter(Q(board__in=theirs) | Q(lead=user), topic=OuterRef("pk"))
        public = Q(pk__in=Topic.objects.public().values("pk"))
        withheld = PlannedItem.objects.closed().filter(pk__in=plans_withheld_from(user)).values("topic")
        return self.filter(public | ((Q(board__in=theirs) | Exists(through)) & ~Q(pk__in=withheld)))

    def parked(self):
        """Topics that wait for a meeting: nobody has placed them, and nobody has closed them."""
        return self.filter(parked_at__isnull=False, closed_at__isnull=True)


class Topic(models.Model):
    """A matter that boards take up. It keeps its history however often its items move, and shows its route through them."""

    title = models.CharField(max_length=200)
    about = models.TextField("what it is about", blank=True)
    board = models.ForeignKey(
        "boards.Board", models.PROTECT, related_name="topics", verbose_name="board whose plan it is on"
    )
    source = models.CharField("where it comes from", max_length=200, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    parked_because = models.TextField("what it waits for", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField("why nobody takes it up any more", blank=True)
    revision = models.PositiveIntegerField("times edited", default=0)
    illustrative = models.BooleanField("invented for a demonstration", default=False)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parked_at__isnull=True) | Q(closed_at__isnull=True), name="closed_topic_is_not_parked"
            ),
        ]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.pk])
