"""Staff take a candidate out of an election, after a page that says what follows and who is told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from partnership.elections.actions import candidate as actions
from partnership.elections.actions.candidate import Follows
from partnership.elections.emails import nomination as nomination_emails
from partnership.elections.forms.election import TakeOutForm
from partnership.elections.models import Election, Nomination
from partnership.elections.views.staff import confirm_page, election_for_staff, too_late_or_early
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission


@needs_permission("elections.run_elections")
def candidate_take_out(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    election = election_for_staff(request, slug)
    nomination = get_object_or_404(election.nominations.select_related("candidate", "partner"), pk=pk)
    try:
        follows = actions.what_follows(election, nomination)
    except Refusal as refusal:
        return too_late_or_early(request, election, str(refusal))
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_out(nomination=nomination, by=request.user, because=form.cleaned_data["because"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{nomination.candidate} is no longer a candidate.")
            return redirect("election_manage", slug=slug)
    return confirm_page(
        request,
        election,
        question=f"Withdraw {nomination.candidate} from the election?",
        consequence=f"{_consequence(election, nomination, follows)} You cannot undo this.",
        form=form,
    )


def _consequence(election: Election, nomination: Nomination, follows: Follows) -> str:
    left = election.nominations.standing().exclude(pk=nomination.pk).count()
    still = "1 candidate is left" if left == 1 else f"{left} candidates are left"
    if election.state not in actions.HAS_PAPERS:
        then = ", no more than seats, so there will be no vote" if follows == Follows.NO_VOTE else ""
        return f"{still}{then}. The election’s page says why. Nobody is emailed."
    people = nomination_emails.who_hears_of(nomination).count()
    told = (
        f"We email your reason to {people:,} {'person' if people == 1 else 'people'}, whether or not they have voted."
    )
    if follows == Follows.NO_VOTE:
        voted = election.roll.filter(voted=True).count()
        return (
            f"{still}, no more than seats, so there is no longer a vote. Votes cast so far ({voted:,}) are destroyed "
            f"without being read. {told}"
        )
    if election.method == Election.Method.FPTP:
        return f"{still}. Nobody has voted yet. We take them off the ballot paper. {told}"
    again = (
        "The votes are counted again" if follows == Follows.COUNTED_AGAIN else "Voting continues. Every vote is counted"
    )
    return (
        f"{still}. {again} as if they had not stood. If someone ranked them, their next choice moves up. A vote for nobody "
        f"else counts as a vote for none of the candidates. {told}"
    )
