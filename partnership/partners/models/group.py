from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower

from partnership.page_cache.triggers import renew_pages


class PeopleGroupQuerySet(models.QuerySet["PeopleGroup"]):
    def visible_to(self, user):
        """Groups are public: everyone sees each of them."""
        return self

    def with_uses(self):
        """Each with a count for every model whose rows name groups, such as `partner_count`, past rows among them."""
        return self.annotate(**{counter(relation): _uses(relation) for relation in PeopleGroup.relations()})


class PeopleGroup(models.Model):
    """A group of people that organisations serve and seats speak for: carers, older people, a faith community."""

    partner_count: int  # both as with_uses gives them
    seat_count: int
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = PeopleGroupQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="people_group_named_once")]
        triggers = renew_pages()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def relations(cls) -> list[models.ManyToManyRel]:
        """What names groups, in any app."""
        return [each for each in cls._meta.related_objects if isinstance(each, models.ManyToManyRel)]

    @property
    def other_uses(self) -> list[tuple[int, str, str]]:
        """How many rows but organisations name it, with the word for one and for many; as `with_uses` gives it."""
        found = [(counter(each), each.related_model._meta) for each in self.relations()]  # noqa: SLF001 - as above
        return [
            (getattr(self, name), str(meta.verbose_name), str(meta.verbose_name_plural))
            for name, meta in found
            if name != "partner_count"
        ]

    @property
    def is_used(self) -> bool:
        """Whether anything names it; of a group as `with_uses` gives it."""
        return bool(self.partner_count) or any(count for count, *_ in self.other_uses)


def counter(relation: models.ManyToManyRel) -> str:
    return f"{relation.related_model._meta.model_name}_count"  # noqa: SLF001 - as above


def _uses(relation: models.ManyToManyRel) -> Coalesce:
    """How many rows of the other side name the group."""
    through: Any = relation.through
    rows = through.objects.filter(peoplegroup=OuterRef("pk")).order_by().values("peoplegroup")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
