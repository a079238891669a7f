"""Staff take a candidate out of an election, after a page that says what follows and who is told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from partnership.boards import election_emails
from partnership.boards.actions import candidate as actions
from partnership.boards.actions.candidate import Follows
from partnership.boards.forms.election import TakeOutForm
from partnership.boards.models import Election, Nomination
from partnership.boards.views.election_staff import confirm_page, election_for_staff, too_late_or_early
from partnership.ui.access import staff_only
from partnership.ui.refusals import Refusal


@staff_only
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
        question=f"Take {nomination.candidate} out of the election?",
        consequence=f"{_consequence(election, nomination, follows)} This cannot be undone.",
        form=form,
    )


def _consequence(election: Election, nomination: Nomination, follows: Follows) -> str:
    left = election.nominations.standing().exclude(pk=nomination.pk).count()
    still = "1 candidate is left" if left == 1 else f"{left} candidates are left"
    if election.state not in actions.HAS_PAPERS:
        then = ", no more than seats, so there is no vote" if follows == Follows.NO_VOTE else ""
        return f"{still}{then}. The election’s page says why; nobody is written to."
    people = election_emails.who_hears_of(nomination).count()
    hear = "1 person hears" if people == 1 else f"{people:,} people hear"
    told = f"{hear} by email with your reason, whether or not they have voted."
    if follows == Follows.NO_VOTE:
        voted = election.roll.filter(voted=True).count()
        return (
            f"{still}, no more than seats, so there is no vote any more: votes cast so far ({voted:,}) are destroyed, "
            f"unread. {told}"
        )
    if election.method == Election.Method.FPTP:
        return f"{still}. No vote is cast yet; the ballot paper is without them from now on. {told}"
    again = (
        "The votes are counted again" if follows == Follows.COUNTED_AGAIN else "Voting goes on. Every vote is counted"
    )
    return (
        f"{still}. {again} as if they had not stood: a place given to them passes to the next on the paper, and a vote "
        f"that names nobody else counts as one for none of the candidates. {told}"
    )
