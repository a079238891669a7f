"""Staff choose which organisations vote, see which have nobody to vote for them, and chase those."""

from datetime import date

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnership.dates import moment
from partnership.elections.actions import roll as actions
from partnership.elections.forms.election import RollSearchForm, VoterChangeForm
from partnership.elections.models import Election
from partnership.elections.views.staff import election_for_staff, manage_trail
from partnership.partners.models import Partner
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of
from places.representation.speaking import represented_by


@needs_permission("elections.run_elections")
@require_safe
def election_roll(request: HttpRequest, slug: str) -> HttpResponse:
    """The roll: changes that wait for a second person first, then those without a voter. Whether somebody has voted is not
    shown."""
    election = election_for_staff(request, slug)
    roll = election.roll.with_standing().select_related("partner", "person", "change__person")
    roll = roll.order_by(F("change__asked_at").asc(nulls_last=True), "can_vote", "partner__name")
    return render(
        request,
        "elections/roll.html",
        {
            "section": "boards",
            "election": election,
            "page": page_of(roll, request),
            "without_person": election.roll.without_person().count(),
        },
    )


@needs_permission("elections.run_elections")
def election_roll_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Find organisations in the directory; put the ticked ones on the roll, or all that were found."""
    election = election_for_staff(request, slug)
    search = RollSearchForm(request.GET or None)
    found = search.narrow(Partner.objects.public()).exclude(votes__election=election)
    if search.is_bound and search.is_valid() and search.cleaned_data["spoken_for"]:
        found = found.filter(pk__in=_spoken_for(election, election.term_starts_on))
    if request.method == "POST":
        ticked = [pk for pk in request.POST.getlist("partner") if pk.isdecimal()]
        chosen = found if "all" in request.POST else Partner.objects.public().filter(pk__in=ticked)
        try:
            added = actions.put_on(election=election, partners=list(chosen), by=request.user)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
            return redirect("election_roll", slug=slug)
        if added:
            plural = "organisation is" if added == 1 else "organisations are"
            messages.success(request, f"{added:,} {plural} new on the roll.")
            return redirect("election_roll", slug=slug)
        messages.warning(request, "Select at least one organisation.")
    return render(
        request,
        "elections/roll_add.html",
        {"section": "boards", "election": election, "search": search, "page": page_of(found, request)},
    )


@needs_permission("elections.run_elections")
def election_roll_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    election = election_for_staff(request, slug)
    voter = get_object_or_404(election.roll.select_related("partner", "election"), pk=pk)
    if request.method == "POST":
        try:
            actions.take_off(voter=voter, by=request.user)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"{voter.partner} has been removed from the roll.")
        return redirect("election_roll", slug=slug)
    back = reverse("election_roll", args=[election.slug])
    return confirm(
        request,
        question=f"Remove {voter.partner} from the roll?",
        consequence=f"{voter.partner} will have no vote in this election. Nobody is emailed.",
        label="Remove it",
        back=back,
        trail=[*manage_trail(election), ("Electoral roll", back)],
        section="boards",
    )


@needs_permission("elections.run_elections")
def election_voter_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A change of who votes, asked for after the roll was frozen: a second member of staff decides."""
    election = election_for_staff(request, slug)
    roll = election.roll.select_related("partner", "person", "election", "change__person", "change__asked_by")
    voter = get_object_or_404(roll, pk=pk)
    change = getattr(voter, "change", None)
    if change is None:
        messages.warning(request, f"No change of who votes for {voter.partner} is waiting for a decision.")
        return redirect("election_roll", slug=slug)
    try:
        actions.refuse_own_change(change, request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("election_roll", slug=slug)
    form = VoterChangeForm(request.POST if request.method == "POST" else None, initial={"change": change.pk})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["change"] != change.pk:
            messages.warning(request, "The change asked for is another one since you opened this page. Check it first.")
            return redirect("election_voter_change", slug=slug, pk=pk)
        confirms = form.cleaned_data["decision"] == "confirm"
        decide = actions.confirm_change if confirms else actions.decline_change
        try:
            decide(change=change, by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            done = f"{change.person} now votes for {voter.partner}." if confirms else "The vote stays with who has it."
            messages.success(request, f"{done} The people concerned will be told by email.")
            return redirect("election_roll", slug=slug)
    back = reverse("election_roll", args=[election.slug])
    now = f"{voter.person} casts it now." if voter.person else "Nobody casts it now."
    return confirm(
        request,
        question=f"Should {change.person} vote for {voter.partner}?",
        consequence=f"{change.asked_by} asked for this on {moment(change.asked_at)}, after the roll was frozen. {now} We "
        f"email your decision to the people concerned and to the officers of {voter.partner}.",
        form=form,
        back=back,
        trail=[*manage_trail(election), ("Electoral roll", back)],
        section="boards",
    )


@require_POST
@needs_permission("elections.run_elections")
def election_roll_chase(request: HttpRequest, slug: str) -> HttpResponse:
    """Fills in who can be filled in by now, and asks the members of the rest."""
    election = election_for_staff(request, slug)
    try:
        filled = actions.fill_in_people(election=election, by=request.user)
        asked = actions.chase(election=election, by=request.user)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("election_roll", slug=slug)
    left = election.roll.without_person().count()
    messages.success(
        request,
        f"{filled:,} filled in with their officer or only member; {asked:,} people asked by email to name who votes. "
        f"{left:,} organisations have no voter yet.",
    )
    return redirect("election_roll", slug=slug)


def _spoken_for(election: Election, on: date) -> set[int]:
    """The partners that the seats to fill speak for."""
    return {pk for seat in election.seats.all() for pk in represented_by(seat, on).values_list("pk", flat=True)}
