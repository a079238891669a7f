"""Partners are added and changed here."""

from django.db import transaction
from django.utils.text import slugify

from partnership import audit
from partnership.partners.models import Partner


@transaction.atomic
def add(*, by, state: str = Partner.State.LISTED, **facts) -> Partner:
    """Adds a partner under an address of its own, made from its name. `facts` are the model's own fields."""
    partner = Partner.objects.create(slug=free_slug(facts["name"]), state=state, added_by=by, **facts)
    audit.record(by=by, verb="partner.added", subject=partner, state=state)
    return partner


@transaction.atomic
def change(*, partner: Partner, by, **facts) -> Partner:
    """Changes what is written about a partner; its address stays, so that links go on working."""
    changed = sorted(
        name for name, value in facts.items() if getattr(Partner.objects.get(pk=partner.pk), name) != value
    )
    for name, value in facts.items():
        setattr(partner, name, value)
    partner.save()
    audit.record(by=by, verb="partner.changed", subject=partner, changed=changed)
    return partner


def free_slug(name: str) -> str:
    """Returns an address nobody has: the name in plain letters, with a number after it where that is taken."""
    stem = slugify(name)[:180] or "partner"
    taken = set(Partner.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | {"new"}
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
