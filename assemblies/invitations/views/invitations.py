"""Staff send invitations and follow their progress."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.invitations import delivery
from assemblies.invitations.actions import invitation_run
from assemblies.invitations.forms.invitation import ChaseForm, FilterInvitationsForm, SendForm
from assemblies.invitations.models import InvitationRun
from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import managed, posted, row_of
from partnership.refusals import Refusal

PAGE = 50


@require_safe
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is invited, and how far each invitation has come; what there is to send, and who to ask again."""
    meeting = managed(request, slug)
    form = FilterInvitationsForm(request.GET, meeting=meeting)
    page = Paginator(_narrowed(meeting, form), PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    counts = delivery.counts(meeting)
    unanswered = invitation_run.people_to_chase(meeting, now, again=True).count()
    context = {
        "meeting": meeting,
        "new": invitation_run.people_to_invite(meeting).count(),
        "unanswered": unanswered,
        "lately": unanswered - invitation_run.people_to_chase(meeting, now).count(),
        "refusal": _why_not(meeting),
        "runs": meeting.runs.select_related("started_by")[:5],
        "counts": counts,
        "counts_total": sum(number for _, _, number in counts),
        "waiting_lists": meeting.lists.filter(state="open").select_related("place"),
        "filter_form": form,
        "page_obj": page,
        "lists_of": delivery.lists_of(meeting, [each.email for each in page]),
    }
    return render(request, "invitations/tracking.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm, then send to everyone on the signed-off lists who has not been invited."""
    meeting = managed(request, slug)
    people = invitation_run.people_to_invite(meeting).count()
    form = SendForm(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        try:
            run = invitation_run.invite(meeting=meeting, by=request.user, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("manage_invitations_run", slug, run.pk)
    context = {"meeting": meeting, "people": people, "form": form, "refusal": _why_not(meeting)}
    context["lists"] = meeting.lists.filter(state="signed_off").select_related("place").annotate(Count("entries"))
    context["waiting_lists"] = meeting.lists.filter(state="open").select_related("place")
    return render(request, "invitations/send.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm, then ask those who have not answered."""
    meeting = managed(request, slug)
    now = timezone.now()
    people = invitation_run.people_to_chase(meeting, now).count()
    lately = invitation_run.people_to_chase(meeting, now, again=True).count() - people
    form = ChaseForm(posted(request), lately=lately)
    if request.method == "POST" and form.is_valid():
        try:
            run = invitation_run.chase(
                meeting=meeting,
                by=request.user,
                key=form.cleaned_data["key"],
                again=form.cleaned_data.get("again", False),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("manage_invitations_run", slug, run.pk)
    context = {"meeting": meeting, "people": people, "lately": lately, "form": form, "refusal": _why_not(meeting)}
    return render(request, "invitations/chase.html", context)


@require_safe
def run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far a run has come. May be left and returned to; `?part=progress` is what a script asks for."""
    meeting = managed(request, slug)
    found = row_of(InvitationRun.objects.visible_to(request.user).filter(meeting=meeting), pk)
    part = "progress" if request.GET.get("part") == "progress" else "run"
    progress = delivery.progress(found)
    context = {"meeting": meeting, "run": found, "progress": progress, "heading": _heading(found, progress)}
    return render(request, f"invitations/{part}.html", context)


def _heading(found: InvitationRun, progress: delivery.Progress) -> str:
    """What the page of a run is called: what is being done, or that it is done."""
    chase = found.purpose == InvitationRun.Purpose.CHASE
    if not progress.done:
        return "Asking those who have not answered" if chase else "Sending the invitations"
    if not progress.sent:
        return "Nothing was sent"
    return "Reminders to answer sent" if chase else "Invitations sent"


def _why_not(meeting: Meeting) -> str:
    try:
        invitation_run.check_may_invite(meeting, timezone.now())
    except Refusal as refusal:
        return refusal.message
    return ""


def _narrowed(meeting: Meeting, form: FilterInvitationsForm):
    found = meeting.invitations.with_delivery().with_standing().with_last_emailed().order_by("name", "email")
    if not form.is_valid():
        return found
    found = found.matching(form.cleaned_data["q"])
    if form.cleaned_data["state"] == "unanswered":
        found = found.unanswered()
    elif form.cleaned_data["state"]:
        found = found.filter(standing=form.cleaned_data["state"])
    if form.cleaned_data["place"]:
        found = found.filter(place=form.cleaned_data["place"])
    return found
