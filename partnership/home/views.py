"""The start page, a signed-in person's own home, and the search."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.models import Meeting
from assemblies.papers.changes import say_in_public
from assemblies.papers.models import AgendaVersion
from assemblies.registrations.models.registration import Registration
from assemblies.voice.own_voice import voice_of
from partnership import search, todo
from partnership.boards.models import Board
from partnership.home.forms import FindForm
from partnership.page_cache import stamp
from partnership.page_cache.middleware import cache_page_until_changed
from places.footprint.models import Place

NEXT, LATELY = 5, 4


@login_not_required
@require_safe
@cache_page_until_changed
def home(request: HttpRequest) -> HttpResponse:
    """What is next, where, who decides, and what was published lately: the same for everybody."""
    agendas = list(AgendaVersion.objects.public().select_related("meeting").order_by("-published_at")[:LATELY])
    say_in_public(agendas)
    return render(
        request,
        "home/start.html",
        {
            "search": FindForm(),
            "places": Place.objects.public().current().order_by("system", "name"),
            "boards": Board.objects.public().in_being(timezone.localdate()),
            "agendas": agendas,
        },
    )


@require_safe
@stamp.read_once()
def my_home(request: HttpRequest) -> HttpResponse:
    """What needs this person now, then what is coming up for them."""
    own = Registration.objects.of_person(request.user).coming_up().select_related("meeting")
    of_meeting = [f"meeting__{name}" for name in ("title", "slug", "state", "starts_at", "ends_at", "ended_at")]
    registered = own.only("key", "state", *of_meeting)
    taken = [registration.meeting_id for registration in registered]
    return render(
        request,
        "home/home.html",
        {
            "todos": todo.now_for(request.user),
            "voice": voice_of(request.user),
            "registrations": registered,
            "meetings": Meeting.objects.visible_to(request.user).coming().with_boards().exclude(pk__in=taken)[:NEXT],
        },
    )


@login_not_required
@require_safe
@cache_page_until_changed
def find(request: HttpRequest) -> HttpResponse:
    """Everything that holds the words asked for and that this person may open, kind by kind."""
    form = FindForm(request.GET or None)
    words = form.words_asked
    groups = search.find(words, request.user) if words else []
    context = {"form": form, "words": words, "groups": groups, "count": sum(group.count for group in groups)}
    return render(request, "home/search.html", context | {"kinds": search.kinds_for(request.user)})
