"""Staff find a person's account, and remove a second step that is lost."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.accounts import second_factor
from partnership.accounts.actions import second_step
from partnership.accounts.forms import PeopleSearchForm, SecondStepForm
from partnership.accounts.models import User
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.pages import page_of


@require_safe
@needs_permission("accounts.see_people")
def people(request: HttpRequest) -> HttpResponse:
    """Nobody is listed until staff ask for a name or an address."""
    form = PeopleSearchForm(request.GET)
    words = form.words_asked
    rows = User.objects.visible_to(request.user) if words else User.objects.none()
    page = page_of(second_factor.with_second_step(rows.named_like(words)), request)
    return render(request, "accounts/people.html", {"form": form, "page": page, "asked": words})


@require_safe
@needs_permission("accounts.see_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    context = {"person": found, "steps": second_factor.steps_of(found), "is_self": found == request.user}
    return render(request, "accounts/person.html", context)


@needs_permission("accounts.remove_second_step")
def person_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    if found == request.user:
        raise PermissionDenied
    steps = second_factor.steps_of(found)
    if not steps:
        messages.info(request, f"{found} has no second step, so there is nothing to remove.")
        return redirect("person", pk)
    form = SecondStepForm(steps, request.POST or None)
    if form.is_valid():
        lost = [int(each) for each in form.cleaned_data["lost"]]
        try:
            second_step.remove(person=found, by=request.user, lost=lost, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The second step of {found} is removed. We tell them by email.")
            return redirect("person", pk)
    context = {"person": found, "form": form, "required": second_factor.is_required(found)}
    return render(request, "accounts/person_second_step.html", context)
