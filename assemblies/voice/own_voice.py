"""What a person's home says about who speaks for them, what they are asked, the outcome; and who they speak for."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assemblies.meetings.models import Meeting, MeetingBoard
from assemblies.voice.models import CallForViews, ReportBack
from partnership.boards.models import Appointment, PlaceSeat, Seat
from partnership.boards.rules import seats_of
from partnership.page_cache.memo import cached_until_changed
from partnership.partners.models import Partner
from partnership.partners.rules import memberships_of
from places.representation.speaking import speaking_for_any

LATELY, AHEAD = 5, 6
MEETING = [f"meeting__{name}" for name in ("title", "slug", "starts_at", "ends_at", "state", "by_invitation")]
OCCASION = [*MEETING, "seat__board__name"]  # a home shows many short rows: the columns they need, and no more


@dataclass
class SeatMeeting:
    """A meeting to come of a board on which the person holds a seat, and the calls they opened for it."""

    seat: Seat
    meeting: Meeting
    calls: list[CallForViews]


@dataclass
class Voice:
    """The part of a person's home page that is about representation."""

    representatives: list[Appointment]
    asking: list[CallForViews]
    brought: list[ReportBack]
    ahead: list[SeatMeeting]
    belongs: bool
    speaks: bool


def voice_of(user) -> Voice:
    """The same number of queries however many seats, calls and reports there are."""
    accepted = [each.partner for each in memberships_of(user) if each.is_accepted]
    partners = [partner for partner in accepted if partner.is_listed]
    seats = seats_of(user)
    return Voice(
        representatives=_representatives(partners) if partners else [],
        asking=_asking(user) if partners else [],
        brought=_brought(accepted) if partners else [],
        ahead=_ahead(seats) if seats else [],
        belongs=bool(partners),
        speaks=bool(seats),
    )


def _representatives(partners: list[Partner]) -> list[Appointment]:
    """Holders of seats that speak for somebody in particular: a sector, a place or a group of people. A seat that names
    none of these speaks for everybody, which tells nobody who speaks for them. Cached, as public pages are,
    until any of it changes."""
    places = PlaceSeat.objects.filter(seat=OuterRef("seat"))
    groups = Seat.groups.through.objects.filter(seat=OuterRef("seat"))
    named = ~Q(seat__sector="") | Exists(places) | Exists(groups)
    today = timezone.localdate()
    key = ("representatives", today, *sorted(partner.pk for partner in partners))
    return cached_until_changed(key, lambda: list(speaking_for_any(partners, today).filter(named)))


def _asking(user) -> list[CallForViews]:
    """Open calls that ask the person's organisations, the first to close first, each with `answered`."""
    rows = CallForViews.objects.open().asked_of(user).with_answered(user).order_by("closes_at")
    shown = ("closes_at", "seat__title", "opened_by__name", "opened_by__email", *OCCASION)
    return list(rows.select_related("meeting", "seat__board", "opened_by").only(*shown))


def _brought(partners: list[Partner]) -> list[ReportBack]:
    """The last reports back to any of the person's organisations, cached as their representatives are."""
    rows = ReportBack.objects.brought_to_any(partners).with_correction()
    shown = ("made_at", "seat__title", "made_by__name", "made_by__email", *OCCASION)
    rows = rows.select_related("meeting", "seat__board", "made_by").only(*shown)[:LATELY]
    return cached_until_changed(("brought back", *sorted(partner.pk for partner in partners)), lambda: list(rows))


def _ahead(seats: list[Seat]) -> list[SeatMeeting]:
    """The next meetings of the seats' boards, each with the calls of the seat for it."""
    boards = {seat.board_id for seat in seats}
    published = Meeting.objects.of_boards(boards).filter(state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now())
    meets = ArraySubquery(MeetingBoard.objects.filter(meeting=OuterRef("pk")).values("board"))
    shown = published.only("title", "slug", "starts_at", "ends_at", "board").annotate(in_common=meets)
    coming = shown.order_by("starts_at")[:AHEAD]
    places = [
        (seat, meeting)
        for meeting in coming
        for seat in seats
        if seat.board_id in (meeting.board_id, *meeting.in_common)
    ][:AHEAD]
    calls: dict[tuple[int, int], list[CallForViews]] = defaultdict(list)
    if places:
        opened = CallForViews.objects.for_views().filter(
            seat__in=seats, meeting__in={meeting.pk for _, meeting in places}
        )
        for call in opened.with_numbers().select_related("meeting").only("closes_at", "seat", *MEETING):
            calls[call.seat_id, call.meeting_id].append(call)
    return [SeatMeeting(seat, meeting, calls[seat.pk, meeting.pk]) for seat, meeting in places]


def to_report(user) -> QuerySet[CallForViews]:
    """Calls of the person's seats after whose meeting no report has been brought back, the first due first; one for each
    seat and meeting, however often they asked."""
    again = CallForViews.objects.for_views().filter(
        seat=OuterRef("seat"), meeting=OuterRef("meeting"), pk__lt=OuterRef("pk")
    )
    reported = ReportBack.objects.filter(seat=OuterRef("seat"), meeting=OuterRef("meeting"))
    return (
        CallForViews.objects.for_views()
        .filter(seat__in=seats_of(user))
        .filter(
            ~Exists(again),
            ~Exists(reported),
            meeting__ends_at__lt=timezone.now(),
            meeting__state__in=["published", "held", "closed"],
        )
        .order_by("meeting__ends_at", "pk")
    )
