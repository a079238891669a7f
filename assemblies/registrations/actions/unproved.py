"""What is said with an address that nobody has shown to be theirs: kept beside the registration, and used on confirming."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from assemblies.registrations.actions import capacity, change
from assemblies.registrations.actions import details as answers
from assemblies.registrations.actions.change import move_to_place
from assemblies.registrations.actions.details import NEEDS, OF_THE_PERSON, RegistrationDetails
from assemblies.registrations.models import Needs, Registration, UnprovedAnswers
from partnership import audit
from partnership.partners.models import Partner
from places.footprint.models import Place

KEPT_FOR = timedelta(days=7)
OF_THE_PLACE = ("place", "attendance")
ROWS = ("partner", "place")


def keep(registration: Registration, details: RegistrationDetails, now: datetime) -> str:
    """Keeps the answers beside the registration, in place of others that were kept before. Returns their version; "" where they
    are the answers that are there, as when a form is submitted twice."""
    said = _plain(details, details) | {"attendance": answers.attendance(registration.meeting, details)}
    if said == _plain(registration, Needs.objects.filter(registration=registration).first() or Needs()):
        UnprovedAnswers.objects.filter(registration=registration).delete()
        return ""
    kept, _ = UnprovedAnswers.objects.update_or_create(
        registration=registration, defaults={"answers": said, "said_at": now, "version": uuid4()}
    )
    return str(kept.version)


def _plain(person: Registration | RegistrationDetails, needs: Needs | RegistrationDetails) -> dict[str, Any]:
    """Answers as JSON keeps them: rows of the database by their numbers, choices as lists."""
    said = {name: getattr(person, name) for name in OF_THE_PERSON + OF_THE_PLACE}
    said |= {name: getattr(needs, name) for name in NEEDS}
    said |= {name: said[name].pk if said[name] else None for name in ROWS}
    return said | {name: list(said[name]) for name in ("access", "expenses")}


def details_of(kept: UnprovedAnswers) -> RegistrationDetails:
    """The answers, as the form gave them."""
    given = dict(kept.answers)
    given["access"], given["expenses"] = tuple(given["access"]), tuple(given["expenses"])
    given["partner"] = Partner.objects.filter(pk=given["partner"]).first()
    given["place"] = Place.objects.filter(pk=given["place"]).first()
    return RegistrationDetails(email=kept.registration.email, **given)


def use_locked(registration: Registration, version: str, now: datetime) -> None:
    """Writes the answers of this version over the registration's, if they are the ones that are kept. The caller holds the
    lock of the meeting, and whoever asks has shown that the address is theirs."""
    kept = UnprovedAnswers.objects.of(registration) if version else None
    if kept is None or str(kept.version) != version:
        return
    given = details_of(kept)
    answers.apply(registration, given)
    move_to_place(registration, given.place, capacity.standing_of(registration.meeting, now))
    registration.save()
    answers.keep_needs(registration, given)
    kept.delete()


@transaction.atomic
def use(*, registration: Registration, version: str, by=None) -> Registration:
    """The holder of the link takes the answers that were kept beside. Raises Refusal as `change` does."""
    kept = UnprovedAnswers.objects.of(registration)
    if kept is None or str(kept.version) != version:
        return registration
    changed = change.change(registration=registration, details=details_of(kept), by=by)
    kept.delete()
    return changed


@transaction.atomic
def discard(*, registration: Registration, by=None) -> None:
    """The holder of the link does not want them."""
    if UnprovedAnswers.objects.filter(registration=registration).delete()[0]:
        audit.record(by=by, verb="registration.later_answers_discarded", subject=registration)


def forget(now: datetime) -> int:
    """Deletes answers nobody took within a week; returns how many."""
    return UnprovedAnswers.objects.filter(said_at__lt=now - KEPT_FOR).delete()[0]
