"""What staff see of registrations: counts, the list, needs without names, and files to take away."""

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.registration_window import why_closed
from assemblies.meetings.views.organiser import meeting_of_organiser
from assemblies.registrations import printing, turnout
from assemblies.registrations.forms.door import FilterRegistrationsForm
from assemblies.registrations.models import Registration
from partnership import audit, dates
from partnership.files import sending, writing

COLUMNS = ["Name", "Email", "Organisation", "Role", "Place", "Attends", "State", "Registered", "Photo consent"]


def _filtered(meeting: Meeting, form: FilterRegistrationsForm):
    people = meeting.registrations.select_related("place", "invitation__message").order_by("name", "email")
    if not form.is_valid():
        return people
    for word in form.cleaned_data["q"].split():
        people = people.filter(Q(name__icontains=word) | Q(organisation__icontains=word) | Q(email__icontains=word))
    if form.cleaned_data["state"]:
        people = people.filter(state=form.cleaned_data["state"])
        if form.cleaned_data["state"] == Registration.State.WAITING:
            people = people.order_by("queued_at", "pk")
    if form.cleaned_data["place"]:
        people = people.filter(place=form.cleaned_data["place"])
    return people


@require_safe
def registrations(request, slug: str):
    """Everybody, narrowed by state, place and words; then how many by place and by sector."""
    meeting = meeting_of_organiser(request.user, slug)
    form = FilterRegistrationsForm(request.GET, meeting=meeting)
    page = Paginator(_filtered(meeting, form), 50).get_page(request.GET.get("page"))
    context = {
        "meeting": meeting,
        "filter_form": form,
        "page_obj": page,
        "counts": [("By place", turnout.by_place(meeting)), ("By sector", turnout.by_sector(meeting))],
        "is_open": not why_closed(meeting, timezone.now()),
    }
    return render(request, "registrations/door/registrations.html", context)


@require_safe
def needs(request, slug: str):
    """Access and dietary counts without names, for those who arrange the room and the food."""
    meeting = meeting_of_organiser(request.user, slug)
    if not rules.has_perm("registrations.see_needs", request.user, meeting):
        return _not_theirs(request, meeting)
    return render(request, "registrations/door/needs.html", {"meeting": meeting, "needs": turnout.needs(meeting)})


@require_POST
def needs_by_name(request, slug: str):
    """Who needs what, where a name is needed to arrange it. The audit log keeps that somebody looked."""
    meeting = meeting_of_organiser(request.user, slug)
    if not rules.has_perm("registrations.see_needs", request.user, meeting):
        return _not_theirs(request, meeting)
    audit.record(by=request.user, verb="meeting.needs_seen_by_name", subject=meeting)
    coming = meeting.registrations.coming().filter(needs__isnull=False).select_related("needs")
    people = [
        {
            "name": person.name,
            "email": person.email,
            "access": person.needs.access_in_words,
            "language": person.needs.language,
            "other": person.needs.access_other,
            "dietary": person.needs.dietary,
            "expenses": person.needs.expenses_in_words,
        }
        for person in coming.order_by("name")
    ]
    return render(request, "registrations/door/needs_by_name.html", {"meeting": meeting, "people": people})


def _not_theirs(request, meeting: Meeting):
    """A page for the staff who do not organise this meeting: who does, and how one comes to."""
    context = {"meeting": meeting, "organisers": meeting.organisers.staff()}
    return render(request, "registrations/door/needs_not_yours.html", context, status=403)


@require_safe
def export(request, slug: str, kind: str):
    """The list as CSV or XLSX, without anybody's needs; the audit log keeps who took it."""
    meeting = meeting_of_organiser(request.user, slug)
    form = FilterRegistrationsForm(request.GET, meeting=meeting)
    people = list(_filtered(meeting, form))
    rows = (
        [
            person.name,
            person.email,
            person.organisation,
            person.role,
            person.place.name if person.place else "",
            person.get_attendance_display(),
            person.get_state_display(),
            dates.moment(person.created_at),
            "Yes" if person.photo_consent else "No",
        ]
        for person in people
    )
    audit.record(by=request.user, verb="meeting.registrations_exported", subject=meeting, kind=kind, people=len(people))
    content = writing.table(COLUMNS, rows, kind)
    return sending.attachment(content, writing.TYPES[kind], f"{meeting.slug}-registrations.{kind}")


@require_safe
def badges(request, slug: str):
    """Badges to print and cut."""
    meeting = meeting_of_organiser(request.user, slug)
    if not meeting.has_room:
        return _nobody_comes(request, meeting)
    return sending.attachment(printing.badges(meeting), "application/pdf", f"{meeting.slug}-badges.pdf")


@require_safe
def attendance_sheet(request, slug: str):
    """A list on paper, for a door without a network."""
    meeting = meeting_of_organiser(request.user, slug)
    if not meeting.has_room:
        return _nobody_comes(request, meeting)
    return sending.attachment(printing.attendance_sheet(meeting), "application/pdf", f"{meeting.slug}-attendance.pdf")


def _nobody_comes(request, meeting: Meeting):
    messages.error(request, "This meeting is online, so there is nothing to print for the door.")
    return redirect("manage_registrations", slug=meeting.slug)
