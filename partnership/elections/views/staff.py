"""Staff write an election, announce it, publish its result, or cancel it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import states
from partnership.boards.models import Board
from partnership.dates import moment
from partnership.elections import results
from partnership.elections.actions import election as actions
from partnership.elections.actions.candidate import STANDS_IN
from partnership.elections.emails import voter as voter_emails
from partnership.elections.forms.election import BoardChoiceForm, CancelForm, ElectionForm, ExtendForm
from partnership.elections.models import Election
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission
from partnership.ui.confirm import confirm

State = Election.State


def election_for_staff(request: HttpRequest, slug: str) -> Election:
    """The election of that address, to somebody known to be staff."""
    return get_object_or_404(Election.objects.visible_to(request.user).select_related("board"), slug=slug)


@needs_permission("elections.run_elections")
def election_new(request: HttpRequest) -> HttpResponse:
    """First for which board, then everything else."""
    choice = BoardChoiceForm(request.GET if "board" in request.GET else None)
    if not (choice.is_bound and choice.is_valid()):
        return render(request, "elections/election_form.html", {"section": "boards", "form": choice, "heading": NEW})
    board: Board = choice.cleaned_data["board"]
    form = ElectionForm(request.POST if request.method == "POST" else None, board=board)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add(by=request.user, board=board, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{added.title} is a draft. Put organisations on its roll next.")
            return redirect("election_manage", slug=added.slug)
    return render(
        request, "elections/election_form.html", {"section": "boards", "form": form, "board": board, "heading": NEW}
    )


NEW = "Hold an election"


@needs_permission("elections.run_elections")
def election_edit(request: HttpRequest, slug: str) -> HttpResponse:
    election = election_for_staff(request, slug)
    form = ElectionForm(request.POST if request.method == "POST" else None, board=election.board, election=election)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(election=election, by=request.user, board=election.board, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The election is saved.")
            return redirect("election_manage", slug=slug)
    return _form_page(request, election, form, "Edit the election")


@needs_permission("elections.run_elections")
@require_safe
def election_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the election stands, and the next thing to do."""
    election = election_for_staff(request, slug)
    roll = election.roll
    return render(
        request,
        "elections/manage.html",
        {
            "section": "boards",
            "election": election,
            "seats": election.seats.order_by("position", "title"),
            "organisations": roll.count(),
            "without_person": roll.without_person().count(),
            "voted": roll.filter(voted=True).count(),
            "extensions": election.extensions.all(),
            "may_take_out": election.state in STANDS_IN,
            "passed_over": results.passed_over(election),
            "nominations": election.nominations.select_related("candidate", "partner", "seconder"),
            "count": results.shown(election),
            "winners": actions.elected(election) if election.state in (State.COUNTED, State.UNCONTESTED) else [],
            "may_change": election.state in actions.MAY_CHANGE,
            "may_extend": actions.may_extend(election),
        },
    )


@needs_permission("elections.run_elections")
def election_announce(request: HttpRequest, slug: str) -> HttpResponse:
    election = election_for_staff(request, slug)
    if not states.allowed(election, State.ANNOUNCED):
        return too_late_or_early(request, election, "This election has already been announced.")
    organisations = election.roll.count()
    return _confirmed(
        request,
        election,
        actions.announce,
        "The election has been announced. It now follows its timetable.",
        question=f"Announce {election}?",
        consequence=f"Everyone can see it. {organisations:,} organisations are on the roll. We email their voters when "
        "nominations open. You can change the seats, the times and the roll until then.",
        label="Announce",
    )


@needs_permission("elections.run_elections")
def election_publish(request: HttpRequest, slug: str) -> HttpResponse:
    election = election_for_staff(request, slug)
    if not states.allowed(election, State.PUBLISHED):
        return too_late_or_early(request, election, "There is no result to publish now.")
    winners = actions.elected(election)
    names = ", ".join(str(each.candidate) for each in winners)
    what = f"{names} will hold the seat for the term." if winners else "Nobody is elected. The seat stays vacant."
    return _confirmed(
        request,
        election,
        actions.publish,
        "The result is published.",
        question=f"Publish the result of {election}?",
        consequence=f"{what} Everyone can see the count and the list of votes, and we email everyone on the roll. You "
        "cannot undo this.",
        label="Publish the result",
    )


@needs_permission("elections.run_elections")
def election_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    election = election_for_staff(request, slug)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(election=election, by=request.user, because=form.cleaned_data["because"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The election is cancelled.")
            return redirect("election_manage", slug=slug)
    organisations, voted = election.roll.count(), election.roll.filter(voted=True).count()
    told = f"We email your reason to the voters of {organisations:,} organisations. "
    return confirm_page(
        request,
        election,
        question=f"Cancel {election}?",
        consequence=f"{told if election.announced_at else ''}Votes cast so far ({voted:,}) are destroyed. The seat stays "
        "as it is. You cannot undo this.",
        form=form,
    )


@needs_permission("elections.run_elections")
def election_extend(request: HttpRequest, slug: str) -> HttpResponse:
    election = election_for_staff(request, slug)
    if request.method != "POST" and not actions.may_extend(election):
        return too_late_or_early(request, election, "You can only extend voting before it closes.")
    form = ExtendForm(
        request.POST if request.method == "POST" else None, initial={"voting_closes_at": election.voting_closes_at}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(election=election, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Voting has been extended, and everyone who votes will be told.")
            return redirect("election_manage", slug=slug)
    people = voter_emails.people_who_vote(election).count()
    voters = "1 person who votes" if people == 1 else f"{people:,} people who vote"
    return confirm_page(
        request,
        election,
        question=f"Extend voting in {election}?",
        consequence=f"Voting now closes on {moment(election.voting_closes_at)}. We email the old time, the new time and "
        f"your reason to {voters}, whether or not they have voted. Votes already cast still count.",
        form=form,
    )


def too_late_or_early(request: HttpRequest, election: Election, why: str) -> HttpResponse:
    messages.warning(request, why)
    return redirect("election_manage", slug=election.slug)


def _form_page(request: HttpRequest, election: Election, form, heading: str) -> HttpResponse:
    return render(
        request,
        "elections/election_form.html",
        {"section": "boards", "form": form, "election": election, "heading": heading},
    )


def _confirmed(request: HttpRequest, election: Election, action, done: str, **words) -> HttpResponse:
    """Asks before it acts; a rule that says no is said on the page the person comes back to."""
    if request.method == "POST":
        try:
            action(election=election, by=request.user)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect("election_manage", slug=election.slug)
    return confirm_page(request, election, **words)


def confirm_page(request: HttpRequest, election: Election, **words) -> HttpResponse:
    back = reverse("election_manage", args=[election.slug])
    return confirm(request, back=back, trail=manage_trail(election), section="boards", **words)


def manage_trail(election: Election) -> list[tuple[str, str]]:
    """The pages above one that manages part of an election: words and address of each."""
    manage = reverse("election_manage", args=[election.slug])
    return [("Elections", reverse("elections")), (election.title, election.get_absolute_url()), ("Manage", manage)]
