"""Partners are added and changed here."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from partnership import audit, states
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.partners.models import Partner
from partnership.refusals import Refusal

MANY = ("groups", "places")
# Addresses under /partners/ that are pages of their own
RESERVED = {"new", "alike", "check", "export", "groups", "import", "merges", "no-contact"}


@transaction.atomic
def add(*, by, state: str = Partner.State.LISTED, **facts) -> Partner:
    """Adds a partner under an address of its own, made from its name. `facts` are the model's own fields and relations.

    Raises Refusal where somebody has just added one of that name or with one of its numbers.
    """
    many = {name: facts.pop(name) for name in MANY if name in facts}
    partner = Partner(slug=free_slug(facts["name"]), added_by=by, **facts)
    states.enter(partner, state)
    _write(partner)
    for name, rows in many.items():
        getattr(partner, name).set(rows)
    audit.record(by=by, verb="partner.added", subject=partner, state=state)
    return partner


@transaction.atomic
def change(*, partner: Partner, by, checked: bool = False, revision: int | None = None, **facts) -> Partner:
    """Changes what is written about a partner and returns it; its address stays, so that links go on working.

    `checked`: its own officer has looked at the whole page, so it counts as the yearly check. Where nothing changes
    there is no new revision. Raises Stale when somebody else changed it since `revision`, and Refusal where the name or
    a number has
    just been given to another.
    """
    locked, today = Partner.objects.select_for_update().get(pk=partner.pk), timezone.localdate()
    many = {name: facts.pop(name) for name in MANY if name in facts}
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    changed += [
        name
        for name, rows in many.items()
        if {row.pk for row in rows} != set(getattr(locked, name).values_list("pk", flat=True))
    ]
    if not changed:
        return confirm(partner=locked, by=by, on=today) if checked else locked
    refuse_if_stale(locked, revision, [*facts, *many])
    for name, value in facts.items():
        setattr(locked, name, value)
    if checked:
        locked.checked_on, locked.asked_on = today, None
    locked.revision += 1
    _write(locked)
    for name, rows in many.items():
        getattr(locked, name).set(rows)
    audit.record(by=by, verb="partner.changed", subject=locked, revision=locked.revision, fields=sorted(changed))
    return locked


@transaction.atomic
def set_place(*, partner: Partner, by, place, works_there: bool) -> None:
    """Notes that a partner works in a place, or no longer. Doing it twice changes nothing."""
    locked = Partner.objects.select_for_update().get(pk=partner.pk)
    if locked.places.filter(pk=place.pk).exists() == works_there:
        return
    (locked.places.add if works_there else locked.places.remove)(place)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    audit.record(by=by, verb="partner.changed", subject=locked, revision=locked.revision, fields=["places"])


@transaction.atomic
def confirm(*, partner: Partner, by, on: date | None = None) -> Partner:
    """Notes that somebody of the organisation says its page is right as it stands. Twice on a day is once."""
    locked = Partner.objects.select_for_update().get(pk=partner.pk)
    on = on or timezone.localdate()
    if locked.checked_on == on:
        return locked
    locked.checked_on, locked.asked_on = on, None
    locked.save(update_fields=["checked_on", "asked_on"])
    audit.record(by=by, verb="partner.checked", subject=locked)
    return locked


def _write(partner: Partner) -> None:
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError as error:
        raise Refusal("Someone has just saved a partner with that name or number: look at the directory") from error


def free_slug(name: str, taken: set[str] | None = None) -> str:
    """Returns an address nobody has: the name in plain letters, with a number after it where that is taken.

    `taken`: the addresses that are taken, where the caller knows them all; otherwise they are looked up.
    """
    stem = slugify(name)[:180] or "partner"
    if taken is None:
        taken = set(Partner.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken and stem not in RESERVED:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
