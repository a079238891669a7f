"""The public pages of meetings: the list, and each meeting's micro-site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assemblies.meetings.forms.search import MeetingSearchForm
from assemblies.meetings.reading import readable
from assemblies.meetings.registration_window import turning_points
from assemblies.meetings.rules import may_manage
from assemblies.microsite.microsite import agendas_of, microsite, with_facts
from assemblies.registrations.answers import answers_are_open, answers_by_place
from assemblies.registrations.own_part import own_part
from assemblies.voice.rules import marks_items
from partnership import panels
from partnership.page_cache import stamp
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that are coming, soonest first, or past ones, newest first."""
    form = MeetingSearchForm(request.GET)
    found = form.narrow(readable(request).published().with_boards())
    past = request.GET.get("when") == "past"
    page = page_of(found.past() if past else found.coming(), request)
    narrowed = any(request.GET.get(name) for name in ("place", "board", "kind"))
    context = {"form": form, "page": page, "past": past, "narrowed": narrowed, "section": "meetings"}
    context["of_board"] = None if request.GET.get("place") or request.GET.get("kind") else request.GET.get("board", "")
    context["address"] = f"{settings.PORTAL_URL}{reverse('calendar')}"
    return render(request, "microsite/meetings.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
@stamp.read_once()
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The micro-site: one address for all that belongs to a meeting."""
    found = get_object_or_404(with_facts(readable(request)), slug=slug)
    site, papers = microsite(found, request.user), panels.of("meeting.papers", found, request)
    context = {"site": site, "meeting": found, "section": "meetings", "papers": papers}
    context["contents"] = site.contents_with(papers)
    if request.user.is_authenticated:
        context |= {"manages": may_manage(request.user, found), "own": own_part(found, request.user)}
        context["marks_items"] = marks_items(request.user, found)
    response = render(request, "microsite/meeting.html", context)
    return fresh_until(response, turning_points(found))


@login_not_required
@require_safe
@cache_page_until_changed
@stamp.read_once()
def agenda(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One published version of the agenda, as it stood."""
    found = get_object_or_404(with_facts(readable(request)), slug=slug)
    version = get_object_or_404(found.agenda_versions.published(), number=number)
    agendas = agendas_of(found, found.moves.all(), request.user, number=version.number)
    shown = next(each for each in agendas if each.number == number)
    context = {"meeting": found, "agenda": shown, "agendas": agendas, "section": "meetings"}
    return fresh_until(render(request, "microsite/agenda.html", context), [])


@login_not_required
@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """What people answered on the way out: by place, without names, once the questions have opened."""
    found = get_object_or_404(readable(request).published(), slug=slug)
    if not answers_are_open(found):
        raise Http404
    context = {"meeting": found, "places": answers_by_place(found), "section": "meetings"}
    return render(request, "microsite/answers.html", context)
