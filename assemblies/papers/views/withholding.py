"""Where chairs and staff withhold the closed papers of an item from a member with an interest in it, and lift that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed, posted, row_of
from assemblies.papers import withheld
from assemblies.papers.actions import withholding
from assemblies.papers.forms.withholding import WithholdForm
from assemblies.papers.models import WithheldPapers
from assemblies.papers.views.acting import act
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm

WITHHOLD = "papers.withhold"


def manage_withheld(request: HttpRequest, slug: str) -> HttpResponse:
    """Who does not read which papers, and the form that says so of one more. `?item=` is selected already."""
    meeting = managed(request, slug, WITHHOLD)
    start = {"item": request.GET.get("item", "")}
    form = WithholdForm(posted(request), meeting=meeting, by=request.user, initial=start)
    if form.is_valid():
        said = form.cleaned_data | {"item": form.items[form.cleaned_data["item"]]}
        try:
            withholding.withhold(meeting=meeting, by=request.user, **said)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"The papers are withheld from {said['person']}.")
            return redirect("manage_withheld", slug)
    rows = withheld.of_meeting(meeting)
    context = {
        "meeting": meeting,
        "form": form if form.items else None,
        "rows": withheld.named(rows, request.user),
    }
    return render(request, "papers/withheld.html", context)


def manage_withheld_lift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, WITHHOLD)
    found: WithheldPapers = row_of(
        meeting.withheld_papers.in_force().select_related("person", "item", "planned__topic"), pk
    )
    back = reverse("manage_withheld", args=[slug])
    if request.method == "POST":
        act(request, f"{found.person} reads the papers again.", withholding.lift, withheld=found)
        return redirect(back)
    ((_, title),) = withheld.named([found], request.user)
    return confirm(
        request, question=f"Let {found.person} read “{title}” again?", back=back, label="Lift it", warning=False,
        consequence="They read its closed papers from now on, as the others on the board do. That they were withheld, and who "
        "lifted it, is kept.",
        caption=caption(meeting), trail=[*manage_trail(meeting), ("Papers withheld", back)], section="meetings",
    )  # fmt: skip
