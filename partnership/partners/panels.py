"""The partners that work in a place, on its page."""

from django.http import HttpRequest

from partnership import panels
from partnership.panels import Panel
from partnership.partners.models import Partner
from places.footprint.models import Place

SHOWN = 50


@panels.on("place.foot")
def partners_of_place(place: Place, request: HttpRequest) -> Panel:
    """The first of them, and how many there are."""
    found = Partner.objects.visible_to(request.user).current().filter(places=place)
    return Panel("partners/_of_place.html", {"partners": found[:SHOWN], "partner_count": found.count()})


@panels.on("place.staff")
def choose_partners(place: Place, request: HttpRequest) -> Panel:
    return Panel("partners/_choose_of_place.html")


@panels.on("account")
def organisations_of_account(user, request: HttpRequest) -> Panel:
    return Panel("partners/_of_account.html")
