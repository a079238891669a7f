"""Staff see which seats are vacant and which terms end soon, and whether the nominating body was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards import vacancies as found
from partnership.boards.actions import notices as actions
from partnership.boards.forms.notices import PeriodsForm
from partnership.ui.access import staff_only
from partnership.ui.pages import page_of
from partnership.ui.refusals import Refusal

MOST_ENDING = 200


@require_safe
@staff_only
def vacancies(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(found.vacant(today), request)
    for seat in page:
        seat.vacant_since = found.vacant_since(seat)
    context = {
        "section": "boards",
        "page": page,
        "ending": found.ending(today)[:MOST_ENDING],
        "periods": found.periods(),
    }
    return render(request, "boards/vacancies.html", context)


@staff_only
def notice_periods(request: HttpRequest) -> HttpResponse:
    form = PeriodsForm(request.POST or None, initial={"days": found.periods()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_periods(days=form.cleaned_data["days"], by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Saved. The next terms to end are told of in this time.")
            return redirect("vacancies")
    return render(request, "boards/notice_periods.html", {"section": "boards", "form": form})
