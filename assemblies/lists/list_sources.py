"""Where a lead finds people for a list: the directory of partners, and the meetings before this one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from assemblies.lists.actions.list_entry import Person
from assemblies.lists.models import InvitationList, ListEntry
from assemblies.meetings import guests
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from partnership.partners.models import Membership, Partner

CAME = {"attended": "came", "absent": "registered, did not come"}


def directory_people(*, place: str = "", kind: str = "", words: str = "") -> QuerySet[Membership]:
    """Accepted members of listed partners, by the slug of a place, a kind of partner, and words of their names."""
    found = Membership.objects.accepted().filter(partner__state=Partner.State.LISTED, user__is_active=True)
    if place:
        found = found.filter(partner__places__slug=place)
    if kind:
        found = found.filter(partner__kind=kind)
    for word in words.split():
        found = found.filter(Q(user__name__icontains=word) | Q(partner__name__icontains=word) | Q(role__icontains=word))
    return found.select_related("user", "partner").order_by("partner__name", "user__name", "pk")


def member_as_person(membership: Membership) -> Person:
    partner, user = membership.partner, membership.user
    return Person(user.email, user.name or user.email, partner.name, partner.kind, membership.role)


@dataclass(frozen=True)
class Former:
    """Somebody from an earlier meeting, and their part in it."""

    person: Person
    part: str


def earlier_meetings(invitation_list: InvitationList) -> QuerySet[Meeting]:
    """Meetings of its boards that were held before this one and had people from the place, the latest first."""
    meeting, place = invitation_list.meeting, invitation_list.place_id
    listed = ListEntry.objects.filter(list__place=place).values("list__meeting")
    registered = guests.who_registered().filter(place=place).values("meeting")
    return (
        Meeting.objects.published()
        .of_boards(boards_of(meeting))
        .filter(ends_at__lte=meeting.starts_at)
        .filter(Q(pk__in=listed) | Q(pk__in=registered))
        .exclude(pk=meeting.pk)
        .exclude(state=Meeting.State.CANCELLED)
        .order_by("-starts_at")
    )


def people_of(meeting: Meeting, invitation_list: InvitationList) -> list[Former]:
    """Returns who came from the list's place or was on its list then, each address once, by name."""
    found: dict[str, Former] = {}
    for entry in ListEntry.objects.filter(list__meeting=meeting, list__place=invitation_list.place_id):
        person = Person(entry.email, entry.name, entry.organisation, entry.kind, entry.role)
        found[entry.email] = Former(person, "on the list")
    coming = guests.who_registered().holding().filter(meeting=meeting, place=invitation_list.place_id)
    for registration in coming:
        person = Person(
            registration.email, registration.name, registration.organisation, registration.kind, registration.role
        )
        found[registration.email] = Former(person, CAME.get(registration.state, "registered"))
    return sorted(found.values(), key=lambda former: (former.person.name.casefold(), former.person.email))
