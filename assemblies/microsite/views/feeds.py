"""Calendars to subscribe to: everything public, one place, one board, one meeting, and a person's own."""

from datetime import timedelta
from hashlib import blake2b

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from assemblies.meetings import calendar
from assemblies.meetings.models import Meeting, PersonalFeed
from assemblies.meetings.reading import readable
from assemblies.microsite.own_calendar import own_calendar
from partnership.boards.models import Board
from partnership.cache_control import kept_by_its_reader
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from places.footprint.models import Place

KEEPS_PAST_DAYS = 400  # a year and a bit: long enough to look back at the last one of a kind


@login_not_required
@require_safe
@cache_page_until_changed
def everything(request: HttpRequest) -> HttpResponse:
    """Every public meeting."""
    return _public(request, Meeting.objects.public(), settings.PORTAL_NAME, "meetings")


@login_not_required
@require_safe
@cache_page_until_changed
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Public meetings a place takes part in."""
    place = get_object_or_404(Place.objects.public(), slug=slug)
    return _public(request, Meeting.objects.public().at_place(place), f"{place.name}: meetings", slug)


@login_not_required
@require_safe
@cache_page_until_changed
def of_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Public meetings of a board, also those in common with others."""
    board = get_object_or_404(Board.objects.public(), slug=slug)
    return _public(request, Meeting.objects.public().of_boards([board]), f"{board.name}: meetings", slug)


@login_not_required
@require_safe
@cache_page_until_changed
def of_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting, to add to a calendar; without the joining link."""
    meeting = get_object_or_404(readable(request).published(), slug=slug)
    text = calendar.publish([meeting], meeting.title, public_link)
    return fresh_until(_answer(request, text, slug), [])


@login_not_required
@require_safe
def personal(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's own calendar. Calendar programs cannot sign in, so the secret in the address says whose it is."""
    feed = get_object_or_404(PersonalFeed.objects.public(), secret=secret)
    meetings, links, own = own_calendar(feed.user, since=_since())
    text = calendar.publish(meetings, f"{settings.PORTAL_NAME}: my meetings", lambda each: links[each.pk], own)
    response = kept_by_its_reader(_answer(request, text, "my-meetings"))
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def public_link(meeting) -> str:
    """Returns the address of the meeting's page in full."""
    return f"{settings.PORTAL_URL}{meeting.get_absolute_url()}"


def _since():
    return timezone.now() - timedelta(days=KEEPS_PAST_DAYS)


def _public(request: HttpRequest, meetings: QuerySet[Meeting], name: str, filename: str) -> HttpResponse:
    found = meetings.filter(ends_at__gte=_since()).order_by("starts_at", "pk")
    return fresh_until(_answer(request, calendar.publish(found, name, public_link), filename), [])


def _answer(request: HttpRequest, text: str, filename: str) -> HttpResponse:
    content = text.encode()
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
