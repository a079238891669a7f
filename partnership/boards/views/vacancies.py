"""Staff see which seats are vacant and which terms end soon, and whether the nominating body was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards import vacancies as found
from partnership.boards.actions import notices as actions
from partnership.boards.forms.notices import PeriodsForm
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of

MOST_ENDING = 200


@require_safe
@needs_permission("boards.watch_vacancies")
def vacancies(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(found.vacant(today), request)
    ending = list(found.ending(today)[:MOST_ENDING])
    filling = found.being_filled([*page, *(term.seat for term in ending)])
    for seat in page:
        seat.vacant_since, seat.filling = found.vacant_since(seat), filling[seat.pk]
    for term in ending:
        term.seat.filling = filling[term.seat_id]
    context = {
        "section": "boards",
        "page": page,
        "ending": ending,
        "periods": found.periods(),
    }
    return render(request, "boards/vacancies.html", context)


@needs_permission("boards.watch_vacancies")
def notice_periods(request: HttpRequest) -> HttpResponse:
    form = PeriodsForm(request.POST or None, initial={"days": found.periods()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_periods(days=form.cleaned_data["days"], by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved. We will use these times for the next terms that end.")
            return redirect("vacancies")
    return render(request, "boards/notice_periods.html", {"section": "boards", "form": form})
