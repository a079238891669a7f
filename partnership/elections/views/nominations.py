"""People of organisations on the roll put somebody forward; candidates and seconders answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from partnership.elections.actions import nomination as actions
from partnership.elections.forms.election import NominateForm, StatementForm
from partnership.elections.models import Election, Nomination
from partnership.refusals import Refusal


def nominate(request: HttpRequest, slug: str) -> HttpResponse:
    election = _election(request, slug)
    assert request.user.is_authenticated  # as LoginRequiredMiddleware sees to
    own = election.roll.of_members(request.user).select_related("partner").first()
    if own is None or not election.takes_nominations:
        return render(
            request,
            "elections/no_nomination.html",
            {"section": "boards", "election": election, "own": own},
            status=403 if own is None else 200,
        )
    form = NominateForm(
        request.POST if request.method == "POST" else None,
        election=election,
        initial={"candidate": request.user.email, "partner": own.partner_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.nominate(election=election, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _what_next(made))
            return redirect("election_nomination", slug=slug, pk=made.pk)
    return render(
        request, "elections/nominate.html", {"section": "boards", "election": election, "form": form, "own": own}
    )


def nomination(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What is asked of the candidate, the seconder or the one who nominated. Nobody else sees it."""
    election = _election(request, slug)
    shown = get_object_or_404(
        election.nominations.concerning(request.user).select_related(
            "candidate", "partner", "seconder", "seconder_partner", "nominated_by"
        ),
        pk=pk,
    )
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    posted = request.POST if answer == "accept" else None
    form = StatementForm(posted, initial={"statement": shown.statement})
    form.helper.inputs[0].name, form.helper.inputs[0].value = "send", "Accept and stand"
    if answer and (answer != "accept" or form.is_valid()):
        try:
            said = _answer(answer, shown, request.user, form)
        except Refusal as refusal:
            form.refuse(refusal) if answer == "accept" else messages.warning(request, str(refusal))
        else:
            messages.success(request, said)
            return redirect(election)
    return render(
        request,
        "elections/nomination.html",
        {
            "section": "boards",
            "election": election,
            "nomination": shown,
            "form": form,
            "is_live": shown.state in {Nomination.State.PROPOSED, Nomination.State.STANDING},
            "is_candidate": shown.candidate == request.user,
            "is_seconder": shown.seconder == request.user,
        },
    )


def _answer(answer: str, shown: Nomination, user, form: StatementForm) -> str:
    """Does what was answered, and returns what to say about it. Raises Refusal."""
    if answer == "accept":
        return _what_next(actions.accept(nomination=shown, by=user, statement=form.cleaned_data["statement"]))
    if answer == "second":
        return _what_next(actions.second(nomination=shown, by=user))
    if answer == "decline" and user in {shown.candidate, shown.seconder}:
        actions.decline(nomination=shown, by=user)
        return "You have declined. The nomination has ended."
    if answer == "withdraw":
        actions.withdraw(nomination=shown, by=user)
        return "The nomination is withdrawn."
    raise Refusal("Choose one of the answers on this page.")


def _what_next(made: Nomination) -> str:
    if made.state == Nomination.State.STANDING:
        return f"{made.candidate} is a candidate."
    waits = [
        text
        for done, text in (
            (made.accepted_at, f"{made.candidate} accepts"),
            (made.seconded_at, f"{made.seconder} seconds"),
        )
        if not done
    ]
    return f"The nomination counts once {' and '.join(waits)}. We have asked by email."


def _election(request: HttpRequest, slug: str) -> Election:
    return get_object_or_404(Election.objects.visible_to(request.user).select_related("board"), slug=slug)
