"""The bank holidays that working days are counted by; staff add those proclaimed lately."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnership.boards.actions import bank_holiday as actions
from partnership.boards.clear_days import bank_holidays_by_name
from partnership.boards.forms.bank_holiday import BankHolidayForm
from partnership.boards.models import BankHoliday
from partnership.dates import day as in_words
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm

YEARS = 2  # shown, with this one


@login_not_required
@require_safe
@cache_page_until_changed
def bank_holidays(request: HttpRequest) -> HttpResponse:
    """Those to come."""
    today = timezone.localdate()
    known = [
        (day, name, None) for day, name in bank_holidays_by_name(range(today.year, today.year + YEARS)) if day >= today
    ]
    added = [(each.day, each.name, each) for each in BankHoliday.objects.public().filter(day__gte=today)]
    rows = sorted(known + added, key=lambda row: row[0])
    return render(request, "boards/bank_holidays.html", {"section": "boards", "rows": rows})


@needs_permission("boards.edit_bank_holidays")
def bank_holiday_new(request: HttpRequest) -> HttpResponse:
    form = BankHolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{in_words(added.day)} is added. Last days to publish count it from now on.")
            return redirect("bank_holidays")
    return render(request, "boards/bank_holiday_form.html", {"section": "boards", "form": form})


@needs_permission("boards.edit_bank_holidays")
def bank_holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    holiday, back = get_object_or_404(BankHoliday.objects.public(), pk=pk), reverse("bank_holidays")
    if request.method == "POST":
        try:
            actions.remove(holiday=holiday, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{in_words(holiday.day)} is a working day again.")
        return redirect(back)
    return confirm(
        request,
        question=f"Remove {in_words(holiday.day)} from the bank holidays?",
        consequence="Last days to publish count it as a working day again. Nobody is emailed.",
        label="Remove it",
        back=back,
        trail=[("Bank holidays", back)],
        section="boards",
    )
