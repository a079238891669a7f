"""Finds the list for each page about invitation lists: 404 for everybody but staff and the place's own leads."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import manage_trail
from partnership.accounts.rules import is_partnership_staff


def listed(request: HttpRequest, slug: str, place: str) -> InvitationList:
    """Returns the list. Raises Http404 unless the person may edit it."""
    lists = InvitationList.objects.visible_to(request.user).select_related("meeting__board", "place", "signed_off_by")
    return get_object_or_404(lists, meeting__slug=slug, place__slug=place)


def meeting_with_lists(request: HttpRequest, slug: str, *, staff_only: bool = False):
    """Returns the meeting, and those of its lists the person may see. Raises Http404, PermissionDenied."""
    meeting = get_object_or_404(Meeting.objects.editable_by(request.user).select_related("board"), slug=slug)
    lists = (
        InvitationList.objects.visible_to(request.user).filter(meeting=meeting).select_related("place", "signed_off_by")
    )
    if not is_partnership_staff(request.user):
        if not lists.exists():
            raise Http404
        if staff_only:
            raise PermissionDenied
    return meeting, lists


def posted(request: HttpRequest):
    """Returns what a form was sent with, an empty one too; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def trail_of(invitation_list: InvitationList) -> list[tuple[str, str]]:
    """The pages above one that asks about a list."""
    meeting, place = invitation_list.meeting, invitation_list.place
    return [
        *manage_trail(meeting),
        (place.name, reverse("manage_list", args=[meeting.slug, place.slug])),
    ]
