from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower


class PeopleGroupQuerySet(models.QuerySet["PeopleGroup"]):
    def visible_to(self, user):
        """Groups are public: everyone sees each of them."""
        return self

    def with_uses(self):
        """Each with `organisation_count` and `seat_count`: how many name it, closed and past ones among them."""
        return self.annotate(organisation_count=_uses(PeopleGroup.partners), seat_count=_uses(PeopleGroup.seats))


class PeopleGroup(models.Model):
    """A group of people that organisations serve and seats speak for: carers, older people, a faith community."""

    organisation_count: int  # both as with_uses gives them
    seat_count: int
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PeopleGroupQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="people_group_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_used(self) -> bool:
        """Whether an organisation or a seat names it; of a row as `with_uses` gives it."""
        return bool(self.organisation_count or self.seat_count)


def _uses(relation) -> Coalesce:
    """How many rows of the other side name the group. Seats stand above the directory: reached through the relation."""
    rows = relation.through.objects.filter(peoplegroup=OuterRef("pk")).order_by().values("peoplegroup")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
