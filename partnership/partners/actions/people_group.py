"""The groups of people that organisations serve and seats speak for: staff keep the list."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.text import slugify

from partnership import audit
from partnership.partners.models import PeopleGroup
from partnership.refusals import Refusal

GONE = "Someone has just removed this group."


@transaction.atomic
def add(*, name: str, by) -> PeopleGroup:
    """Adds a group at the end of the list. Raises Refusal where there is one of that name, in whatever case."""
    last = PeopleGroup.objects.aggregate(last=Max("position"))["last"]
    group = PeopleGroup(name=name, slug=_free_slug(name), position=0 if last is None else last + 1)
    _write(group)
    audit.record(by=by, verb="people_group.added", subject=group)
    return group


@transaction.atomic
def rename(*, group: PeopleGroup, name: str, by) -> PeopleGroup:
    """Gives a group another name and returns it; its address stays, so that links go on working. Raises as `add`."""
    locked = _locked(group.pk)[group.pk]
    if locked.name == name:
        return locked
    before, locked.name = locked.name, name
    _write(locked)
    audit.record(by=by, verb="people_group.renamed", subject=locked, before=before)
    return locked


@transaction.atomic
def merge(*, group: PeopleGroup, into: PeopleGroup, by) -> PeopleGroup:
    """Makes two groups one: whatever names `group` names `into` from now on. Returns `into`.

    Whoever has the page of one of these organisations or seats open is told that it changed. Raises Refusal where the
    two are one, or one is gone.
    """
    if group.pk == into.pk:
        raise Refusal("Choose another group: this is the one you are merging.", "into")
    found = _locked(group.pk, into.pk)
    group, into = found[group.pk], found[into.pk]
    counts = {
        str(each.related_model._meta.verbose_name_plural): _move(each, group, into)  # noqa: SLF001 - a model's words
        for each in PeopleGroup.relations()
    }
    audit.record(by=by, verb="people_group.merged", subject=into, absorbed=group.name, **counts)
    group.delete()
    return into


@transaction.atomic
def remove(*, group: PeopleGroup, by) -> None:
    """Takes a group that nothing names off the list. Gone already, nothing happens; in use, raises Refusal."""
    if not PeopleGroup.objects.select_for_update().filter(pk=group.pk).exists():
        return
    counted = PeopleGroup.objects.with_uses().get(pk=group.pk)
    if counted.is_used:
        raise Refusal(f"“{counted}” is in use, so you cannot remove it. Merge it into another group instead.")
    audit.record(by=by, verb="people_group.removed", subject=counted)
    group.delete()


def _locked(*pks: int) -> dict[int, PeopleGroup]:
    rows = PeopleGroup.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < len(set(pks)):
        raise Refusal(GONE)
    return found


def _move(relation, group: PeopleGroup, into: PeopleGroup) -> int:
    """Returns how many rows named the group."""
    name = relation.field.name
    rows = relation.related_model._base_manager  # noqa: SLF001 - the manager that hides no row
    naming = list(rows.filter(**{name: group}).order_by("pk").values_list("pk", flat=True))
    owner = relation.field.m2m_field_name()
    there = relation.through.objects.filter(peoplegroup=into).values(owner)
    relation.through.objects.filter(peoplegroup=group).exclude(**{f"{owner}__in": there}).update(peoplegroup=into)
    rows.filter(pk__in=naming).update(revision=F("revision") + 1)
    return len(naming)


def _write(group: PeopleGroup) -> None:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise Refusal("There is already a group with that name", "name") from error


def _free_slug(name: str) -> str:
    stem = slugify(name)[:110]
    taken = set(PeopleGroup.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
