"""Which places take part in a meeting, the seats kept for each, and how each introduces itself."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from assemblies.lists.models import InvitationList
from assemblies.meetings.models import Meeting, MeetingPlace
from partnership import audit
from partnership.refusals import Refusal
from partnership.ui.edit_conflict import Stale
from places.footprint.models import Place

LIST_DUE = timedelta(weeks=3)  # before the meeting, so that people have two weeks' notice at the least


def seats_of(meeting: Meeting) -> dict[Place, int | None]:
    """The seats kept for each place that takes part; None where none are."""
    return {row.place: row.seats for row in meeting.meeting_places.select_related("place")}


@transaction.atomic
def choose(*, meeting: Meeting, places: Iterable[Place], by) -> None:
    """Makes these the places that take part, each with an invitation list to draw up.

    Raises Refusal when a place that would leave has people on its list, or people coming.
    """
    wanted = {place.pk: place for place in places}
    here = {row.place_id: row for row in meeting.meeting_places.select_related("place")}
    for leaving in set(here) - set(wanted):
        _leave(meeting, here[leaving])
    due_on = timezone.localdate(meeting.starts_at) - LIST_DUE
    for position, (pk, place) in enumerate(wanted.items()):
        if pk not in here:
            MeetingPlace.objects.create(meeting=meeting, place=place, position=position)
            InvitationList.objects.get_or_create(
                meeting=meeting,
                place=place,
                defaults={"due_on": due_on if due_on > timezone.localdate() else None},
            )


def _leave(meeting: Meeting, row: MeetingPlace) -> None:
    listed = meeting.lists.filter(place=row.place).first()
    people = listed.entries.count() if listed else 0
    if people:
        named = "1 person is" if people == 1 else f"{people} people are"
        raise Refusal(
            f"{named} on the invitation list of {row.place}, so you cannot remove it. Empty the list first.", "places"
        )
    coming = meeting.registrations.holding().filter(place=row.place).count()
    if coming:
        named = "1 person is coming" if coming == 1 else f"{coming} people are coming"
        raise Refusal(f"{named} from {row.place}, so you cannot remove it.", "places")
    if row.introduction:
        raise Refusal(
            f"{row.place} has written its introduction, so you cannot remove it. Empty that first.",
            "places",
        )
    if listed:
        listed.delete()
    row.delete()


def keep_seats(*, meeting: Meeting, seats: Mapping[Place, int | None]) -> None:
    """Keeps these numbers of seats; the caller has checked them against the capacity."""
    numbers = {place.pk: kept for place, kept in seats.items()}
    rows = list(meeting.meeting_places.all())
    for row in rows:
        row.seats = numbers.get(row.place_id, row.seats)
    MeetingPlace.objects.bulk_update(rows, ["seats"])


@transaction.atomic
def introduce(
    *, meeting_place: MeetingPlace, by, text: str, seen_at: datetime | None, now: datetime | None = None
) -> MeetingPlace:
    """Writes how the place introduces itself. Raises Stale when another lead wrote after `seen_at`."""
    row = (
        MeetingPlace.objects.select_for_update(of=("self",)).select_related("place", "meeting").get(pk=meeting_place.pk)
    )
    if row.introduction == text:
        return row
    if row.meeting.state in (Meeting.State.CLOSED, Meeting.State.CANCELLED):
        raise Refusal(f"This meeting is {row.meeting.get_state_display()}, so introductions can no longer be changed.")
    if row.introduction_at != seen_at:
        raise Stale(who=str(row.introduction_by or ""), when=row.introduction_at, now=row)
    row.introduction, row.introduction_by, row.introduction_at = text, by, now or timezone.now()
    row.save(update_fields=["introduction", "introduction_by", "introduction_at"])
    audit.record(by=by, verb="introduction.written", subject=row, characters=len(text))
    return row
