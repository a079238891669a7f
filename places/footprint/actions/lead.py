"""Who leads a place, from when to when."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from partnership import audit
from partnership.dates import short_day
from partnership.refusals import Refusal, refuse_about_oneself
from places.footprint.models import Place, PlaceLead


@transaction.atomic
def add(*, place: Place, user, by, title: str, starts_on: date, ends_on: date | None = None) -> PlaceLead:
    """Makes a person lead of the place. Raises Refusal where they lead it in those days already."""
    Place.objects.select_for_update().get(pk=place.pk)
    refuse_about_oneself(
        by, user, "You cannot make yourself the lead of a place. Ask another member of staff.", "email"
    )
    same = place.leads.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), user=user)
    if ends_on:
        same = same.filter(starts_on__lte=ends_on)
    if same.exists():
        raise Refusal(f"{user} already leads {place} on those dates", "email")
    lead = PlaceLead.objects.create(place=place, user=user, title=title, starts_on=starts_on, ends_on=ends_on)
    audit.record(by=by, verb="place.lead.added", subject=place, lead=str(user))
    return lead


@transaction.atomic
def end(*, lead: PlaceLead, by, ends_on: date) -> PlaceLead:
    """Sets the last day somebody leads the place. Raises Refusal where they would lead it longer by their own word."""
    if ends_on < lead.starts_on:
        raise Refusal(f"They began on {short_day(lead.starts_on)}: enter that day or a later one", "ends_on")
    if lead.ends_on and ends_on > lead.ends_on:
        refuse_about_oneself(
            by, lead.user, "You cannot lengthen your own time as lead. Ask another member of staff.", "ends_on"
        )
    lead.ends_on = ends_on
    lead.save(update_fields=["ends_on"])
    audit.record(by=by, verb="place.lead.ended", subject=lead.place, lead=str(lead.user), ends_on=ends_on.isoformat())
    return lead
