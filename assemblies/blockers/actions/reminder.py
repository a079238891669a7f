"""Owners are reminded of blockers of which nothing was heard for long."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assemblies.blockers import emails
from assemblies.blockers.models import Blocker, who_may_own
from partnership.one_by_one import one_by_one


def remind(now: datetime | None = None) -> int:
    """Writes to owners of what has been quiet for so many days, and again after as many; in one email each. Returns how many
    are new. Each run looks at how things are now: one that is missed is caught up, and nobody is reminded twice of the same."""
    now = now or timezone.now()
    waiting = _quiet(now).filter(owner__in=who_may_own(timezone.localdate(now)).values("pk"))
    due = {each.owner_id for each in waiting.only("pk", "owner", "moved_at", "reminded") if _is_due(each, now)}
    return one_by_one(sorted(due), lambda owner: _remind(owner, now), "reminders of owner")


@transaction.atomic
def _remind(owner: int, now: datetime) -> int:
    rows = (
        Blocker.objects.select_for_update(of=("self",))
        .with_facts()
        .filter(owner=owner, pk__in=_quiet(now).values("pk"))
    )
    due = [each for each in rows.order_by("moved_at", "pk") if _is_due(each, now)]
    for each in due:
        each.reminded = _stage(each, now)
        each.save(update_fields=["reminded"])
    return emails.quiet(due[0].owner, due, now) if due else 0


def _quiet(now: datetime):
    return Blocker.objects.quiet(now - timedelta(days=settings.REMIND_OF_BLOCKERS_DAYS))


def _is_due(blocker: Blocker, now: datetime) -> bool:
    return _stage(blocker, now) != blocker.reminded


def _stage(blocker: Blocker, now: datetime) -> str:
    """The reminder that the day asks for, as words that are another for each."""
    return f"quiet {(now - blocker.moved_at).days // settings.REMIND_OF_BLOCKERS_DAYS}"
