"""Minutes as their readers see them: page, PDF, versions, and those of past meetings of a board."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assemblies.minutes import printing
from assemblies.minutes.models import KeyMessages, Minutes, MinutesVersion
from assemblies.minutes.rules import was_there
from assemblies.minutes.seen_minutes import seen_items
from assemblies.minutes.standing import newest_agreed, standing_of
from assemblies.minutes.views.found import minutes_of, seen_versions
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def minutes(request: HttpRequest, slug: str, board: str | None = None) -> HttpResponse:
    """The version that stands: the newest that was agreed, or where none was the newest that the person may see."""
    found = minutes_of(Minutes.objects.visible_to(request.user), slug, board)
    versions = seen_versions(request, found)
    return fresh_until(render(request, "minutes/minutes.html", _shown(request, _standing(versions), versions)), [])


@login_not_required
@require_safe
@cache_page_until_changed
def minutes_pdf(request: HttpRequest, slug: str, board: str | None = None) -> HttpResponse:
    """The same as a PDF."""
    found = minutes_of(Minutes.objects.visible_to(request.user), slug, board)
    return _pdf(request, _standing(seen_versions(request, found)))


@login_not_required
@require_safe
@cache_page_until_changed
def minutes_version(request: HttpRequest, slug: str, board: str, number: int) -> HttpResponse:
    """One version: those that were replaced are marked so.

    Emails lead here: whoever is not signed in is asked to, whether there is such a version or not.
    """
    try:
        found = minutes_of(Minutes.objects.visible_to(request.user), slug, board)
        versions = seen_versions(request, found)
        _numbered(versions, number)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    return fresh_until(
        render(
            request,
            "minutes/minutes.html",
            _shown(request, _numbered(versions, number), versions) | {"at_version": True},
        ),
        [],
    )


@login_not_required
@require_safe
@cache_page_until_changed
def minutes_version_pdf(request: HttpRequest, slug: str, board: str, number: int) -> HttpResponse:
    found = minutes_of(Minutes.objects.visible_to(request.user), slug, board)
    return _pdf(request, _numbered(seen_versions(request, found), number))


@login_not_required
@require_safe
@cache_page_until_changed
def board_minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """Minutes of the board's meetings, the newest first, each with how it stands."""
    board = get_object_or_404(Board.objects.public(), slug=slug)
    rows = Minutes.objects.visible_to(request.user).filter(board=board).select_related("meeting", "board")
    page = page_of(rows.order_by("-meeting__starts_at", "-pk"), request)
    versions: dict[int, list[MinutesVersion]] = {}
    seen = MinutesVersion.objects.visible_to(request.user).filter(minutes__in=[row.pk for row in page])
    for version in seen.select_related("confirmed_meeting", "agreed_by", "minutes__meeting", "minutes__board"):
        versions.setdefault(version.minutes_id, []).append(version)
    listed = [(row, standing_of(_standing(versions[row.pk]))) for row in page if row.pk in versions]
    return fresh_until(
        render(request, "minutes/board_minutes.html", {"board": board, "page": page, "listed": listed}), []
    )


def _standing(versions: list[MinutesVersion]) -> MinutesVersion:
    """The newest agreed one, else the newest."""
    if not versions:
        raise Http404
    return newest_agreed(versions) or versions[0]


def _numbered(versions: list[MinutesVersion], number: int) -> MinutesVersion:
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        raise Http404
    return found


def _pdf(request: HttpRequest, version: MinutesVersion) -> HttpResponse:
    content = printing.minutes_pdf(version, seen_items(version, request.user))
    name = f"minutes-{version.minutes.meeting.slug}-{version.number}.pdf"
    response = HttpResponse(content, "application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
    return fresh_until(response, [])


def _shown(request: HttpRequest, version: MinutesVersion, versions: list[MinutesVersion]) -> dict[str, Any]:
    minutes, user = version.minutes, request.user
    agreed = newest_agreed(versions)
    works = Minutes.objects.editable_by(user).filter(pk=minutes.pk).exists()
    corrects = user.is_authenticated and was_there(user, minutes) and version.number == versions[0].number
    others = Minutes.objects.visible_to(user).filter(meeting=minutes.meeting_id).exclude(pk=minutes.pk)
    return {
        "section": "meetings",
        "minutes": minutes,
        "meeting": minutes.meeting,
        "version": version,
        "versions": versions,
        "replaced_by": agreed if agreed and agreed.number > version.number else None,
        "reopened": minutes.newest if minutes.is_reopened else None,
        "newer": versions[0] if versions[0].number > version.number and not versions[0].is_agreed else None,
        "standing": standing_of(version, agreed),
        "items": seen_items(version, user),
        "works": works,
        "corrects": corrects and minutes.state == Minutes.State.CIRCULATED,
        "own_corrections": version.corrections.of_person(user).select_related("item", "answered_by")
        if corrects
        else [],
        "key_messages": KeyMessages.objects.visible_to(user).filter(minutes=minutes).exists(),
        "others": others.select_related("meeting", "board"),
        "pdf_url": minutes.pdf_url if version == agreed else version.pdf_url,
    }
