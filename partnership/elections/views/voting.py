"""An organisation's voter votes. What they voted is never stored with them, put in a session, logged or emailed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from partnership.accounts.rules import is_partnership_staff
from partnership.elections import receipts
from partnership.elections.actions import ballot
from partnership.elections.actions import roll as rolls
from partnership.elections.forms.ballot import VoteForm
from partnership.elections.forms.election import NameVoterForm
from partnership.elections.models import Election, Nomination, Voter
from partnership.refusals import Refusal


def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to the ballot paper of the person's organisation; to the one that has not voted where there are several."""
    election = _election(request, slug)
    voter = election.roll.of_person(request.user).select_related("partner").order_by("voted", "partner__name").first()
    if voter is None:
        return _not_yours(request, election)
    return redirect("election_vote_for", slug=slug, partner=voter.partner.slug)


@sensitive_post_parameters()
@sensitive_variables()
def vote_for(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """The ballot paper; then the vote to check; then, in the answer to casting it and nowhere else, the receipt.

    The forms carry the receipt, so that whoever sends the same vote again, because a line was lost, sees it again.
    """
    election = _election(request, slug)
    voter = election.roll.of_person(request.user).select_related("partner").filter(partner__slug=partner).first()
    if voter is None:
        return _not_yours(request, election)
    voter.election = election
    is_over = voter.voted or not election.takes_votes
    if is_over and not (voter.voted and request.method == "POST"):
        return _page(request, "elections/no_vote.html", voter, {})
    candidates = list(election.nominations.standing().select_related("candidate", "partner"))
    taken_out = list(election.nominations.taken_out().on_paper().select_related("candidate"))
    carried = receipts.carried(voter, request.POST.get("receipt", ""))
    form = VoteForm.on_paper(
        election,
        candidates,
        request.POST if request.method == "POST" else None,
        taken_out,
        initial={"receipt": carried},
    )
    refusal = None
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        ranking = form.cleaned_data["ranking"]
        words = {"form": form, "chosen": _chosen(candidates, ranking), "carried": carried}
        if "cast" not in request.POST and not voter.voted:
            return _page(request, "elections/check_vote.html", voter, words)
        try:
            receipt = ballot.cast(voter=voter, by=request.user, ranking=ranking, carried=carried)
        except Refusal as refused:
            refusal = str(refused)
        else:
            return _page(request, "elections/receipt.html", voter, words | {"receipt": receipt})
    if is_over:
        return _page(request, "elections/no_vote.html", voter, {"refusal": refusal})
    words = {"form": form, "candidates": candidates, "taken_out": taken_out, "refusal": refusal}
    return _page(request, "elections/vote.html", voter, words)


def _page(request: HttpRequest, template: str, voter: Voter, words: dict) -> HttpResponse:
    context = {"section": "boards", "election": voter.election, "voter": voter} | words
    return render(request, template, context, status=409 if words.get("refusal") else 200)


def _chosen(candidates: list[Nomination], ranking: list[int]) -> list[Nomination]:
    by_number = {each.number: each for each in candidates}
    return [by_number[number] for number in ranking]


def voter_name(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """A member says who casts their organisation's vote: anybody there while nobody is named; then the voter, the
    organisation's officer or staff."""
    election = _election(request, slug)
    voter = get_object_or_404(_may_name(request.user, election), partner__slug=partner)
    form = NameVoterForm(
        request.POST if request.method == "POST" else None, partner=voter.partner, initial={"person": voter.person_id}
    )
    if request.method == "POST" and form.is_valid():
        before, person = voter.person, form.cleaned_data["person"]
        try:
            waits = rolls.name_voter(voter=voter, person=person, by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if person == before:
                messages.info(request, f"{person} already votes for {voter.partner}, so nothing has changed.")
            elif waits:
                messages.success(
                    request, "The roll is frozen, so a member of staff who did not ask confirms this first."
                )
            else:
                messages.success(request, f"{person} now votes for {voter.partner}.")
            if is_partnership_staff(request.user):
                return redirect("election_roll", slug=slug)
            return redirect(election)
    return render(
        request,
        "elections/voter.html",
        {
            "section": "boards",
            "election": election,
            "voter": voter,
            "form": form,
        },
    )


def _may_name(user, election: Election):
    roll = election.roll.select_related("partner", "person", "change__person")
    if is_partnership_staff(user):
        return roll
    officer_of = user.memberships.accepted().filter(part="officer").values("partner")
    members = roll.of_members(user)
    return members.without_person() | members.filter(person=user) | members.filter(partner__in=officer_of)


def _election(request: HttpRequest, slug: str) -> Election:
    return get_object_or_404(Election.objects.visible_to(request.user).select_related("board"), slug=slug)


def _not_yours(request: HttpRequest, election: Election) -> HttpResponse:
    """A forwarded link, or somebody who left: a page that says why there is no ballot paper, and who to ask."""
    here = election.roll.of_members(request.user).select_related("partner", "person").first()
    return render(
        request,
        "elections/not_yours.html",
        {"section": "boards", "election": election, "here": here},
        status=403,
    )
