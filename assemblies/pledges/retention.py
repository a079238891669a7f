"""What this app holds about people, and until when."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from assemblies.pledges.models import Ask, Pledge
from partnership import dates, retention

NEVER_ANSWERED = timedelta(days=365)
AFTER_REVIEW = timedelta(days=60)
ENDS = f"the address: {dates.how_long(settings.PLEDGE_ADDRESSES_KEPT_DAYS)} after it came to an end, and at the latest "
KEPT = "; a name or organisation its author agreed to show is kept"
WHO = "everybody, as far as its author agreed; the address: nobody"

retention.personal(
    "pledges.Pledge",
    what="pledges made at assemblies: the name and organisation their owner agreed to show, and where we ask how it goes",
    fields=("name", "organisation", "email", "key"),
    seen_by=WHO,
    until=f"{ENDS}two months after the day its owner looks back at it{KEPT}",
)
retention.personal(
    "pledges.PledgeStep",
    what="how a pledge goes, in its owner’s words",
    fields=("words",),
    seen_by="everybody",
    until="kept",
)
retention.personal(
    "pledges.Ask",
    what="what people asked of partners: the name and organisation they agreed to show, and where we tell them the answer",
    fields=("name", "organisation", "email", "key"),
    seen_by=WHO,
    until=f"{ENDS}a year after it was asked{KEPT}",
)
retention.personal(
    "pledges.AskStep",
    what="what partners answered",
    fields=("words", "by"),
    seen_by="the words: everybody; who wrote them: members of that partner, and staff",
    until="kept",
)


@retention.deletes(retention.EVERY_HOUR)
def addresses(now: datetime) -> dict[str, int]:
    """Where nothing is left to ask or to tell. The personal link ends with the address."""
    over = now - timedelta(days=settings.PLEDGE_ADDRESSES_KEPT_DAYS)
    pledges = Pledge.objects.exclude(email="").filter(
        (~Q(state__in=Pledge.OPEN) & Q(said_at__lt=over)) | Q(review_on__lt=timezone.localdate(now - AFTER_REVIEW))
    )
    asks = Ask.objects.exclude(email="").filter(
        (~Q(state__in=Ask.OPEN) & Q(said_at__lt=over)) | Q(made_at__lt=now - NEVER_ANSWERED)
    )
    return {"pledge_addresses": pledges.update(email=""), "ask_addresses": asks.update(email="")}
