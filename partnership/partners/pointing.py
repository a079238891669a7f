"""Every row in any app that points at a partner, found through the models themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from partnership.partners.models import Partner

# The rows that record a merge keep pointing at both.
REMEMBERING = {("partners.merge", "kept"), ("partners.merge", "absorbed"), ("partners.partner", "merged_into")}


@dataclass(frozen=True)
class Pointer:
    """A field of a model that points at a partner."""

    model: type[models.Model]
    field: str

    @property
    def label(self) -> str:
        return self.model._meta.label_lower  # noqa: SLF001 - Django documents Model._meta

    @property
    def words(self) -> str:
        """What such rows are called, for a person."""
        meta = self.model._meta  # noqa: SLF001 - as above
        if not meta.auto_created:
            return str(meta.verbose_name_plural)
        other = next(field.related_model for field in meta.fields if field.related_model not in (None, Partner))
        return str(other._meta.verbose_name_plural)  # noqa: SLF001 - as above

    def rows(self, partner: Partner) -> models.QuerySet:
        return self.model._base_manager.filter(**{self.field: partner})  # noqa: SLF001 - the manager that hides no row


def pointers() -> Iterator[Pointer]:
    """Returns each, the hidden ones among them: relations without a name, and the rows of many-to-many relations."""
    for relation in Partner._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django documents Model._meta
        if isinstance(relation, models.ForeignObjectRel) and (relation.one_to_many or relation.one_to_one):
            pointer = Pointer(relation.related_model, relation.field.name)
            if (pointer.label, pointer.field) not in REMEMBERING:
                yield pointer


def pointer_of(label: str, field: str) -> Pointer:
    """Returns the pointer a merge wrote down. Raises StopIteration where there is no such field any more."""
    return next(each for each in pointers() if (each.label, each.field) == (label, field))
