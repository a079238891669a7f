"""Whether the facts of a meeting fit together. A form says everything that is wrong at once; an action refuses the
first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.text import slugify

from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from partnership import dates
from partnership.boards.models import Board
from places.footprint.models import Place

RESERVED = {"new"}
LONGEST = timedelta(days=14)
FARTHEST = timedelta(days=3653)
FIRST_YEAR = 2000
MOST_PEOPLE = 100_000
LONGEST_SLUG = 120


@dataclass(frozen=True)
class Problem:
    """What does not fit together, in words for the person, and the questions it is about, the likeliest first."""

    fields: tuple[str, ...]
    message: str


def problems(
    meeting: Meeting,
    seats: Mapping[Place, int | None],
    was: Meeting | None = None,
    boards: Collection[Board] | None = None,
) -> Iterator[Problem]:
    """Everything that is wrong with the meeting as it would stand.

    `seats` are those kept for each place that takes part; `was` is the meeting as it stands, where it exists; `boards` those
    that would meet in common with the host, None for those that do. Fields that could not be read are None and are passed
    over.
    """
    yield from _address(meeting, was)
    yield from _board(meeting, was)
    yield from _boards_in_common(meeting, was, boards)
    yield from _times(meeting)
    yield from _format(meeting, was)
    yield from _capacity(meeting, seats)
    yield from _kept_seats(meeting, seats)


def _address(meeting: Meeting, was: Meeting | None) -> Iterator[Problem]:
    if not meeting.slug or (was and was.slug == meeting.slug):
        return
    if was and was.state != Meeting.State.DRAFT:
        yield Problem(
            ("slug",), "The address of a published meeting cannot be changed, because people already have it."
        )
    elif is_taken(meeting.slug):
        why = "is used by the portal itself" if meeting.slug in RESERVED else "belongs to another meeting"
        free = free_slug(meeting.slug)
        yield Problem(("slug",), f"The address “{meeting.slug}” {why}. “{free}” is free.")


def _board(meeting: Meeting, was: Meeting | None) -> Iterator[Problem]:
    if was and was.board_id != meeting.board_id and was.agenda_versions.published().exists():
        yield Problem(
            ("board",),
            f"The chair of the {was.board} has published the agenda, so you cannot change the host board.",
        )
    if was and (was.board_id, was.starts_at) == (meeting.board_id, meeting.starts_at):
        return  # a board that ended since: staff are asked to move or cancel what is still planned
    if outlives_its_board(meeting) and (last := meeting.board.ends_on):
        yield Problem(
            ("board", "starts_at"),
            f"The last day of the {meeting.board} is {dates.short_day(last)}: choose another board, or a day until then.",
        )


def _boards_in_common(meeting: Meeting, was: Meeting | None, boards: Collection[Board] | None) -> Iterator[Problem]:
    """The host meets once; another board only while it exists. One that ended since stays: staff are asked about it."""
    if not meeting.board_id:
        return
    now = boards_of(was)[1:] if was else []
    others = now if boards is None else boards
    if any(each.pk == meeting.board_id for each in others):
        yield Problem(
            ("boards", "board"), f"The {meeting.board} cannot be the host and meet in common with it: choose one."
        )
    moved = was is None or was.starts_at != meeting.starts_at
    for each in others:
        if (moved or each not in now) and ends_before(each, meeting) and each.ends_on:
            yield Problem(
                ("boards", "starts_at"),
                f"The last day of the {each} is {dates.short_day(each.ends_on)}: it cannot meet in common after that.",
            )


def outlives_its_board(meeting: Meeting) -> bool:
    """Whether the meeting is after the last day of its host board."""
    return bool(meeting.board_id) and ends_before(meeting.board, meeting)


def ends_before(board: Board, meeting: Meeting) -> bool:
    """Whether the last day of the board is before the meeting."""
    if not (meeting.starts_at and board.ends_on):
        return False
    return timezone.localdate(meeting.starts_at) > board.ends_on


def _times(meeting: Meeting) -> Iterator[Problem]:
    start, end = meeting.starts_at, meeting.ends_at
    opens, closes = meeting.registration_opens_at, meeting.registration_closes_at
    if start and end and end <= start:
        yield Problem(("ends_at", "starts_at"), "The end must be after the start.")
    elif start and end and end - start > LONGEST:
        yield Problem(("ends_at", "starts_at"), f"It would last {(end - start).days} days. Check the date of the end.")
    if start and not FIRST_YEAR <= start.year <= (timezone.now() + FARTHEST).year:
        yield Problem(("starts_at",), f"Check the year of the start: it says {start.year}.")
    if opens and closes and closes <= opens:
        yield Problem(
            ("registration_closes_at", "registration_opens_at"),
            f"Registration must close after it opens on {dates.moment(opens)}.",
        )
    if start and closes and closes > start:
        yield Problem(
            ("registration_closes_at", "starts_at"),
            f"Registration would close on {dates.moment(closes)}, after the start on {dates.moment(start)}.",
        )
    if start and opens and opens >= start:
        yield Problem(
            ("registration_opens_at", "starts_at"),
            f"Registration would open on {dates.moment(opens)}, but the meeting starts on {dates.moment(start)}.",
        )
    released = meeting.allocation_released_on
    if start and released and released > timezone.localtime(start).date():
        yield Problem(
            ("allocation_released_on", "starts_at"),
            f"Unused seats would go to everyone on {dates.short_day(released)}, after the meeting.",
        )


def _format(meeting: Meeting, was: Meeting | None) -> Iterator[Problem]:
    """People who said they would be there in one way may not find that way gone."""
    if not was or meeting.format in (was.format, Meeting.Format.HYBRID):
        return
    lost, words = ("online", "online") if meeting.format == Meeting.Format.IN_PERSON else ("in_person", "in person")
    people = was.registrations.holding().filter(attendance=lost).count()
    if people:
        are = "person is" if people == 1 else "people are"
        yield Problem(
            ("format",), f"{people} {are} coming {words}. Choose “In person and online” so that they still can."
        )


def _capacity(meeting: Meeting, seats: Mapping[Place, int | None]) -> Iterator[Problem]:
    kept = sum(filter(None, seats.values()))
    if meeting.capacity is None:
        if kept:
            yield Problem(("capacity",), "Enter the capacity, so that seats can be kept out of it for places.")
        return
    if meeting.capacity < 1:
        yield Problem(("capacity",), "The capacity must be at least 1. Leave it empty if there is no limit.")
    holding = meeting.registrations.holding().exclude(source="walk_in").count() if meeting.pk else 0
    if meeting.capacity < holding:
        hold = "person already holds a place" if holding == 1 else "people already hold a place"
        yield Problem(("capacity",), f"{holding} {hold}, so the capacity cannot be less than {holding}.")
    if kept > meeting.capacity:
        yield Problem(
            ("capacity", "seats"),
            f"The seats kept for places add up to {kept}, more than the capacity of {meeting.capacity}.",
        )


def _kept_seats(meeting: Meeting, seats: Mapping[Place, int | None]) -> Iterator[Problem]:
    if any(seats.values()) and not meeting.allocation_released_on:
        yield Problem(
            ("allocation_released_on",), "Enter the day on which kept seats that are not taken go to everyone."
        )
    if not meeting.pk:
        return
    sitting = meeting.registrations.holding().filter(from_allocation=True).values("place")
    taken = dict(sitting.annotate(people=Count("pk")).values_list("place", "people"))
    for place, kept in seats.items():
        people = taken.get(place.pk, 0)
        if people > (kept or 0):
            sit = "person sits" if people == 1 else "people sit"
            yield Problem(
                (f"seats_{place.pk}", "seats"), f"{people} {sit} in seats kept for {place}: keep at least {people}."
            )


def is_taken(slug: str) -> bool:
    """Whether the address is used by the portal or by a meeting, drafts included."""
    return slug in RESERVED or Meeting.objects.filter(slug=slug).exists()


def free_slug(words: str) -> str:
    """An address made from the words that no meeting has yet."""
    stem = slugify(words)[: LONGEST_SLUG - 5].strip("-") or "meeting"
    stem = f"{stem}-meeting" if stem in RESERVED else stem
    found = set(Meeting.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in found:
        return stem
    number = 2
    while f"{stem}-{number}" in found:
        number += 1
    return f"{stem}-{number}"
