"""The representation map: who speaks for which organisations on a day, as a map, as a plain list, and as a file. Public."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.files import sending
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.partners.models.partner import Sector
from partnership.ui.pages import page_of
from places.footprint.models import Place
from places.representation import map as seats
from places.representation.forms.map import NONE, VACANT, VIEWS, MapForm

HEADINGS = ["Board", "Seat", "Sector", "Speaks for", "Held by", "Organisation", "How", "Since", "Until", "Status"]
BOARDS_ON_A_PAGE = 25


@login_not_required
@require_safe
@cache_page_until_changed
def representation(request: HttpRequest) -> HttpResponse:
    """The map, in one of three views."""
    asked = request.GET.get("by", "")
    by = asked if asked in VIEWS else "sector"
    form = MapForm(request.GET, by)
    day = form.day or timezone.localdate()
    context = {
        "form": form,
        "by": by,
        "section": "representation",
        **_around(form, day),
        **SHOW[by](request, form, day),
    }
    context["views"] = [(key, words, form.address(by=key)) for key, words in VIEWS.items()]
    return render(request, "representation/map.html", context)


def _by_sector(request: HttpRequest, form: MapForm, day: date) -> dict:
    page = page_of(seats.boards_on(day), request, BOARDS_ON_A_PAGE)
    headings = [sector.label for sector in Sector]
    return {"page": page, "headings": headings, "rows": seats.by_sector(list(page), day)}


def _by_place(request: HttpRequest, form: MapForm, day: date) -> dict:
    places = list(Place.objects.public().current(day).filter(system=form.area))
    page = page_of(seats.boards_on(day, places), request, BOARDS_ON_A_PAGE)
    rows = seats.by_place(list(page), places, day, form.asked("sector"))
    return {"page": page, "headings": [place.name for place in places], "rows": rows, "system": form.area}


def _by_group(request: HttpRequest, form: MapForm, day: date) -> dict:
    return {"groups": seats.by_group(day, form.asked("sector"))}


SHOW = {"sector": _by_sector, "place": _by_place, "group": _by_group}


@login_not_required
@require_safe
@cache_page_until_changed
def representation_list(request: HttpRequest) -> HttpResponse:
    """Every seat in words, or the boards on which a sector has none."""
    form = MapForm(request.GET, "list")
    day = form.day or timezone.localdate()
    context = {"form": form, "section": "representation", **_around(form, day)}
    if form.asked("status") == NONE:
        sector = Sector(form.asked("sector") or Sector.VCFSE)
        context |= {"page": page_of(seats.without_a_seat(day, sector), request), "without": sector.label}
    else:
        page = page_of(form.chosen(seats.seats_on(day), day), request)
        context |= {"page": page, "seats": seats.then(page)}
    return render(request, "representation/list.html", context)


@login_not_required
@require_safe
def representation_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole list as CSV or XLSX: every seat, then every board on which a sector has none."""
    day = MapForm(request.GET, "sector").day or timezone.localdate()
    rows = [_line(seat) for seat in seats.then(seats.seats_on(day))]
    for sector in (Sector.NHS, Sector.COUNCIL, Sector.VCFSE):
        rows += [
            [board.name, "", sector.label, "", "", "", "", "", "", "no seat"]
            for board in seats.without_a_seat(day, sector)
        ]
    return sending.table(HEADINGS, rows, kind, f"seats-{day:%Y-%m-%d}")


def _line(each: seats.SeatThen) -> list[object]:
    held = each.appointment
    who = [held.holder, held.partner, held.get_route_display(), held.starts_on, held.ends_on] if held else [""] * 5
    status = "vacant" if each.is_vacant else "held"
    return [each.board.name, each.seat.title, each.sector, each.speaks_for, *who, status]


def _around(form: MapForm, day: date) -> dict:
    """What stands around map and list: the day, other days to compare, and the shares."""
    found = seats.shares(day)
    return {
        "day": day,
        "is_today": day == timezone.localdate(),
        "other_days": [(point, form.address(on=point.isoformat())) for point in seats.turning_points() if point != day],
        "address_now": form.address(on=""),
        "vacant_address": reverse("representation_list") + form.address(status=VACANT, sector="", system=""),
        "without_address": reverse("representation_list") + form.address(status=NONE, sector="", system=""),
        "shares": found,
        "total": sum(share.seats for share in found),
        "vacant": sum(share.vacant for share in found),
        "voiceless": seats.without_a_seat(day, Sector.VCFSE).count(),
    }
