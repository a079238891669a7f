"""The pages on which a second person decides about what was taken out of view, of papers of a meeting and past ones alike."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assemblies.meetings.views.managed import posted
from assemblies.papers.forms.withdrawal import BackForm
from assemblies.papers.models.decided_by_two import DecidedByTwo
from assemblies.papers.views.acting import act
from partnership.ui.access import refuse_without

Ask = Callable[..., HttpResponse]  # asks before it is done; takes the words of the page


def confirm_withdrawal(
    request: HttpRequest, found: DecidedByTwo, ask: Ask, action: Callable, *, perm: str, title: str, consequence: str
) -> HttpResponse:
    """It is withdrawn for good. Raises PermissionDenied for who may not decide."""
    refuse_without(perm, request.user, found)
    if request.method == "POST":
        act(request, f"“{title}” is withdrawn for good.", action, withdrawal=found)
        return redirect(found)
    return ask(
        question=f"Confirm that “{title}” is withdrawn?",
        consequence=f"{found.asked_by} took it out of view. The reason: “{found.because}” {consequence}",
        label="Confirm the withdrawal",
    )


def bring_back(
    request: HttpRequest, found: DecidedByTwo, ask: Ask, action: Callable, *, perm: str, title: str, consequence: str
) -> HttpResponse:
    """Back in view: a second person refuses, with a reason, or who asked takes it back. Raises as above."""
    own = found.is_held and found.asked_by == request.user
    if not own:
        refuse_without(perm, request.user, found)
    form = None if own else BackForm(posted(request))
    if form.is_valid() if form else request.method == "POST":
        given = form.cleaned_data if form else {}
        act(request, f"“{title}” is back in view.", action, withdrawal=found, **given)
        return redirect(found)
    return ask(question=f"Put “{title}” back in view?", consequence=consequence, label="Put it back", form=form)
