"""Elections in public: what is voted on, who stands, the result round by round, and the list of votes."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partnership.elections import results
from partnership.elections.forms.ballot import ReceiptForm
from partnership.elections.models import Election, Voter
from partnership.files import sending
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.ui.pages import page_of


@login_not_required
@require_safe
@cache_page_until_changed
def elections(request: HttpRequest) -> HttpResponse:
    rows = Election.objects.visible_to(request.user).select_related("board")
    over = [Election.State.PUBLISHED, Election.State.CANCELLED]
    return render(
        request,
        "elections/elections.html",
        {
            "section": "boards",
            "running": rows.exclude(state__in=over).order_by("voting_closes_at"),
            "to_cast": votes_to_cast(request),
            "page": page_of(rows.filter(state__in=over), request),
        },
    )


def votes_to_cast(request: HttpRequest):
    """What the person can vote in now; nothing for somebody who is not signed in."""
    rows = Voter.objects.of_person(request.user).to_cast(timezone.now())
    return rows.select_related("election", "partner").order_by("election__voting_closes_at", "partner__name")


@login_not_required
@require_safe
@cache_page_until_changed
def election(request: HttpRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(Election.objects.visible_to(request.user).select_related("board"), slug=slug)
    response = render(
        request,
        "elections/election.html",
        {
            "section": "boards",
            "election": shown,
            "seats": shown.seats.order_by("position", "title"),
            "candidates": shown.nominations.standing().select_related("candidate", "partner", "seconder_partner"),
            "organisations": shown.roll.count(),
            "extensions": shown.extensions.all(),
            "taken_out": shown.nominations.taken_out().select_related("candidate", "partner"),
            "passed_over": results.passed_over(shown),
            "count": results.shown(shown) if shown.is_published else None,
            "winners": shown.nominations.filter(elected_to__isnull=False)
            .select_related("candidate", "partner", "elected_to")
            .order_by("elected_to__position"),
            **_for_person(request, shown),
        },
    )
    return fresh_until(response, [when for _, when in shown.timetable])


def _for_person(request: HttpRequest, shown: Election) -> dict:
    """What the page says to somebody signed in: their votes here, and nominations that wait for them."""
    if not request.user.is_authenticated:
        return {}
    return {
        "my_votes": shown.roll.of_person(request.user).select_related("partner"),
        "to_name": shown.roll.of_members(request.user).without_person().select_related("partner")
        if shown.needs_voters
        else Voter.objects.none(),
        "my_nominations": shown.nominations.live().concerning(request.user).select_related("candidate"),
    }


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("receipt")
def votes(request: HttpRequest, slug: str) -> HttpResponse:
    """Every vote of a published election, by receipt; a voter finds their own, by POST, so that it is in no address."""
    shown = _with_votes(request, slug)
    ballots = shown.ballots.public()
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    receipt = form.cleaned_data["receipt"] if form.is_bound and form.is_valid() else ""
    found = ballots.filter(receipt=receipt).first() if receipt else None
    names = _names(shown)
    page = page_of(ballots, request)
    return render(
        request,
        "elections/votes.html",
        {
            "section": "boards",
            "election": shown,
            "passed_over": results.passed_over(shown),
            "form": form,
            "receipt": receipt,
            "found": (found, _in_words(found.ranking, names)) if found else None,
            "page": page,
            "rows": [(ballot.receipt, _in_words(ballot.ranking, names)) for ballot in page],
        },
    )


@login_not_required
@require_safe
def votes_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of votes as CSV, in the order of receipts, so that anybody can count again."""
    shown = _with_votes(request, slug)
    names = _names(shown)
    headings = ["Receipt", *(f"Preference {place}" for place in range(1, len(names) + 1))]
    votes = shown.ballots.public().values_list("receipt", "ranking")
    rows = ([receipt, *_in_words(ranking, names)] for receipt, ranking in votes)
    return sending.table(headings, rows, "csv", f"{shown.slug}-votes")


def _with_votes(request: HttpRequest, slug: str) -> Election:
    shown = get_object_or_404(Election.objects.visible_to(request.user).select_related("board"), slug=slug)
    if not (shown.is_published and shown.was_voted_on):
        raise Http404
    return shown


def _names(shown: Election) -> dict[int, str]:
    standing = shown.nominations.standing().select_related("candidate")
    return {nomination.number: str(nomination.candidate) for nomination in standing}


def _in_words(ranking: list[int], names: dict[int, str]) -> list[str]:
    """Names in order, without whoever was taken out after the votes were counted first."""
    return [names[number] for number in ranking if number in names]
