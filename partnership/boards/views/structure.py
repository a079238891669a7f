"""The organisation chart: which board reports to which on a day."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards import structure
from partnership.boards.forms.structure import DayForm
from partnership.page_cache.middleware import cache_page_until_changed


@login_not_required
@require_safe
@cache_page_until_changed
def board_structure(request: HttpRequest) -> HttpResponse:
    """The chart for today or the day asked for; a day that is none says so."""
    today = timezone.localdate()
    form = DayForm(request.GET if "on" in request.GET else None)
    asked = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    day = asked or today
    forest = structure.on_day(day)
    count = sum(structure.count(node) for node in forest)
    context = {
        "section": "boards",
        "form": form,
        "day": day,
        "is_today": day == today,
        "forest": forest,
        "count": count,
        "print_size": structure.print_size(count),
    }
    return render(request, "boards/structure.html", context)
