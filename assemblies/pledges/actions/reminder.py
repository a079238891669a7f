"""Owners are asked how their pledge goes; the members of partners are told what their partner was asked."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assemblies.pledges import emails
from assemblies.pledges.asked import NOT_YET, occasion_of
from assemblies.pledges.models import Ask, Pledge
from partnership.one_by_one import one_by_one

SETTLES_IN = timedelta(minutes=15)  # people change what they have just sent


def ask_owners(now: datetime | None = None) -> int:
    """Asks each owner whose day it is, once for each occasion; returns how many emails are new."""
    today = timezone.localdate(now or timezone.now())
    rows = Pledge.objects.open().exclude(email="").select_related("answer__question__meeting")
    due = [each.pk for each in rows.iterator() if occasion_of(each, today) not in {NOT_YET, each.asked}]
    return one_by_one(due, lambda pk: _ask_owner(pk, now or timezone.now()), "question about pledge")


@transaction.atomic
def _ask_owner(pk: int, now: datetime) -> int:
    row = Pledge.objects.select_for_update(of=("self",)).with_facts().get(pk=pk)
    occasion = occasion_of(row, timezone.localdate(now))
    if not row.is_open or not row.email or occasion in {NOT_YET, row.asked}:
        return 0
    row.asked, row.asked_at = occasion, now
    row.save(update_fields=["asked", "asked_at"])
    return int(emails.how_it_goes(row))


def tell_partners(now: datetime | None = None) -> int:
    """Tells the members of each partner what is new for it, in one email; returns how many emails are new."""
    now = now or timezone.now()
    waiting = Ask.objects.filter(state=Ask.State.ASKED, told_at__isnull=True, sent_at__lte=now - SETTLES_IN)
    partners = sorted(set(waiting.values_list("partner", flat=True)))
    return one_by_one(partners, lambda partner: _tell(partner, now), "asks of partner")


@transaction.atomic
def _tell(partner: int, now: datetime) -> int:
    rows = Ask.objects.select_for_update(of=("self",)).with_facts().filter(state=Ask.State.ASKED, told_at__isnull=True)
    new = list(rows.filter(partner=partner, sent_at__lte=now - SETTLES_IN).order_by("pk"))
    if not new:
        return 0
    Ask.objects.filter(pk__in=[each.pk for each in new]).update(told_at=now)
    return emails.asked(new)
