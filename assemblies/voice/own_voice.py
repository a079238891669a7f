"""What a person's home says about who speaks for them, what they are asked, what came of it; and who they speak for."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.voice.models import CallForViews, ReportBack
from assemblies.voice.models.report_back import report_due_on
from partnership.boards.models import Appointment, PlaceSeat, Seat
from partnership.boards.rules import seats_of
from partnership.page_cache.memo import cached_until_changed
from partnership.partners.models import Partner
from partnership.partners.rules import memberships_of
from places.representation.speaking import speaking_for_any

LATELY, AHEAD = 5, 6


@dataclass
class SeatMeeting:
    """A meeting of a board on which the person holds a seat: the calls they opened for it, the report due after it."""

    seat: Seat
    meeting: Meeting
    calls: list[CallForViews] = field(default_factory=list)
    due_on: date | None = None

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass
class Voice:
    """The part of one's home that is about representation."""

    representatives: list[Appointment]
    asking: list[CallForViews]
    brought: list[ReportBack]
    ahead: list[SeatMeeting]
    to_report: list[SeatMeeting]
    belongs: bool
    speaks: bool


def voice_of(user) -> Voice:
    """The same number of queries however many seats, calls and reports there are."""
    partners = [each.partner for each in memberships_of(user) if each.is_accepted and each.partner.is_listed]
    seats = seats_of(user)
    ahead, to_report = _meetings(user, seats) if seats else ([], [])
    return Voice(
        representatives=_representatives(partners) if partners else [],
        asking=_asking(user) if partners else [],
        brought=list(_brought(user)) if partners else [],
        ahead=ahead,
        to_report=to_report,
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
    rows = CallForViews.objects.open().asked_of(user).with_answered(user)
    return list(rows.select_related("meeting__board", "seat", "opened_by").order_by("closes_at"))


def _brought(user):
    rows = ReportBack.objects.brought_to(user).with_correction()
    return rows.select_related("meeting__board", "seat", "made_by")[:LATELY]


def _meetings(user, seats: list[Seat]) -> tuple[list[SeatMeeting], list[SeatMeeting]]:
    coming = list(
        Meeting.objects.filter(
            board__in={seat.board_id for seat in seats}, state=Meeting.State.PUBLISHED, starts_at__gt=timezone.now()
        )
        .select_related("board")
        .order_by("starts_at")
    )
    by_place: dict[tuple[int, int], list[CallForViews]] = {}
    for call in (
        CallForViews.objects.filter(seat__in=seats, meeting__in=coming).with_numbers().select_related("meeting__board")
    ):
        by_place.setdefault((call.seat_id, call.meeting_id), []).append(call)
    ahead = [
        SeatMeeting(seat, meeting, by_place.get((seat.pk, meeting.pk), []))
        for meeting in coming
        for seat in seats
        if seat.board_id == meeting.board_id
    ]
    owed = [
        SeatMeeting(call.seat, call.meeting, due_on=report_due_on(call.meeting.ends_at))
        for call in to_report(user).select_related("meeting__board", "seat__board")
    ]
    return ahead[:AHEAD], owed


def to_report(user) -> QuerySet[CallForViews]:
    """Calls of the person's seats after whose meeting no report has been brought back, the first due first; one for each
    seat and meeting, however often they asked."""
    again = CallForViews.objects.filter(seat=OuterRef("seat"), meeting=OuterRef("meeting"), pk__lt=OuterRef("pk"))
    reported = ReportBack.objects.filter(seat=OuterRef("seat"), meeting=OuterRef("meeting"))
    return (
        CallForViews.objects.filter(seat__in=seats_of(user))
        .filter(
            ~Exists(again),
            ~Exists(reported),
            meeting__ends_at__lt=timezone.now(),
            meeting__state__in=["published", "held", "closed"],
        )
        .order_by("meeting__ends_at", "pk")
    )
