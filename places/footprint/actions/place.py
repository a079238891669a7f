"""Places are added and changed here, with the councils they cover."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from partnership import audit
from partnership.refusals import Refusal
from places.footprint.models import Place, PlaceAuthority


@transaction.atomic
def save(
    *, place: Place | None, by, footprint: list[dict], predecessors: Iterable[Place] | None = None, **facts
) -> Place:
    """Adds a place, or changes one; its address comes from its first name and stays. Raises Refusal where it exists.

    `predecessors` are the places it follows; None leaves them as they are.
    """
    verb = "place.changed" if place else "place.added"
    place = place or Place(slug=_free_slug(facts["name"]))
    for name, value in facts.items():
        setattr(place, name, value)
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError as error:
        raise Refusal("There is already a place with that name in that area at that time", "name") from error
    place.footprint.all().delete()
    PlaceAuthority.objects.bulk_create([PlaceAuthority(place=place, **council) for council in footprint])
    if predecessors is not None:
        place.predecessors.set(predecessors)
    audit.record(by=by, verb=verb, subject=place, councils=[council["name"] for council in footprint])
    return place


def _free_slug(name: str) -> str:
    stem = slugify(name)[:100]
    taken = set(Place.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
