"""Who made a pledge or an ask takes back that others read who they are. Whoever calls has found it by its link."""

from django.db import transaction

from assemblies.pledges.models import Ask, Pledge, Shown
from partnership import audit

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
