"""The overview of a meeting for those who make it happen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assemblies.meetings.views.managed import managed
from assemblies.organising import task_list
from partnership.accounts.rules import is_partnership_staff


def overview(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug, "meetings.manage")
    groups = task_list.groups(meeting, request.user)
    staff = is_partnership_staff(request.user)
    context = {
        "meeting": meeting,
        "groups": groups,
        "next": task_list.next_step(meeting, groups),
        "numbers": task_list.numbers(meeting) if staff else [],
        "organisers": meeting.organisers.staff() if staff else None,
        "may_delete_draft": staff and meeting.state == meeting.State.DRAFT,
        "may_copy": staff,
        "may_move": staff and meeting.state == meeting.State.PUBLISHED,
    }
    return render(request, "organising/overview.html", context)
