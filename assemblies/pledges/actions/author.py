"""Who made a pledge or an ask takes back that others read who they are, or that we write to them.

Whoever calls has found it by its link.
"""

from django.db import transaction
from django.db.models import QuerySet

from assemblies.pledges.models import Ask, Pledge, Shown
from partnership import audit, outbox
from partnership.outbox.message_keys import about

NOBODY = {"shown_as": Shown.NEITHER, "name": "", "organisation": "", "of_partner": None}


@transaction.atomic
def hide(row: Pledge | Ask) -> None:
    """Deletes the name and the organisation: of an ask also where the same words ask other partners. Their address stays, so that
    we can write to them. Twice changes nothing."""
    verb = "pledge.author_hidden" if isinstance(row, Pledge) else "ask.author_hidden"
    shown = type(row).objects.select_for_update(of=("self",)).filter(answer=row.answer).exclude(shown_as=Shown.NEITHER)
    for each in shown.order_by("pk"):
        type(row).objects.filter(pk=each.pk).update(**NOBODY)
        audit.record(by=None, verb=verb, subject=each)


@transaction.atomic
def write_no_more(row: Pledge | Ask) -> None:
    """We ask and tell nothing more: the address goes, of an ask also where the same words ask other partners, and the links with
    it. Twice changes nothing."""
    verb = "pledge.emails_stopped" if isinstance(row, Pledge) else "ask.emails_stopped"
    if forget(type(row).objects.filter(answer=row.answer).exclude(email="")):
        audit.record(by=None, verb=verb, subject=row)


def forget(rows: QuerySet) -> int:
    """Deletes the addresses of these pledges or asks, and our emails about them; returns how many addresses. In the caller's
    transaction."""
    kind = "pledge" if rows.model is Pledge else "ask"
    found = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    outbox.forget(about(kind, pk) for pk in found)
    return rows.model.objects.filter(pk__in=found).update(email="")
