"""Seats that nobody holds, and terms that end soon: what staff look at, and what nominating bodies are told of."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, DateField, Exists, F, Func, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from partnership.boards.models import Appointment, Board, NoticePeriod, Seat, SeatNotice
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.memo import cached_until_changed
from partnership.partners.rules import memberships_of


@dataclass(frozen=True)
class Filling:
    """A post or an election by which a seat will be filled: its name, where to read of it, how far it has come."""

    title: str
    url: str
    detail: str


SeatIds = Collection[int] | QuerySet
BODY = ("board", "nominating_partner", "nominating_board")


def periods() -> list[int]:
    """How many days before the end of a term the nominating body is told, the longest first; staff keep them."""
    return list(NoticePeriod.objects.values_list("days_before", flat=True))


def vacant(on: date) -> QuerySet[Seat]:
    """Seats without a holder on the day, those with nobody to come first, with `told` notices and notes of the `nominated`."""
    told = SeatNotice.objects.filter(about=SeatNotice.About.VACANT).order_by("-at")
    return (
        Seat.objects.vacant(on)
        .select_related(*BODY)
        .prefetch_related(Prefetch("notices", told, to_attr="told"), _nominations(""))
        .order_by(F("filled_from").asc(nulls_first=True), "board__name", "position", "title")
    )


def ending(on: date) -> QuerySet[Appointment]:
    """Terms that end within the longest notice period and have no successor yet, the nearest end first."""
    told = SeatNotice.objects.filter(about=SeatNotice.About.ENDING).order_by("-at")
    return (
        Appointment.objects.ending(on, _last_day_of_notice(on))
        .select_related("holder", *(f"seat__{name}" for name in BODY))
        .prefetch_related(Prefetch("seat__notices", told, to_attr="told"), _nominations("seat__"))
        .order_by("ends_on", "seat__board__name")
    )


class ToFill(NamedTuple):
    """How many vacant seats have nobody to come, how many terms end soon, and the first day on which one does."""

    vacant: int
    ending: int
    first_end: date | None


def to_fill(on: date) -> ToFill:
    """What staff have to find people for, cached until any of it changes."""
    return cached_until_changed(("seats to fill", on), lambda: _to_fill(on))


def _to_fill(on: date) -> ToFill:
    soon = ending(on).order_by().aggregate(number=Count("pk"), first=Min("ends_on"))
    return ToFill(Seat.objects.vacant(on).filter(filled_from=None).count(), soon["number"], soon["first"])


def _last_day_of_notice(on: date) -> Func:
    """The day as many days on as the longest notice period: date plus days, added up where the terms are read."""
    longest = NoticePeriod.objects.order_by("-days_before").values("days_before")[:1]
    days = Coalesce(Subquery(longest), 0)
    return Func(Value(on), days, template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())


def to_nominate(seats: SeatIds, on: date, *, known: bool = True) -> QuerySet[Seat]:
    """Those of the seats that are vacant, the longest vacant first: one query. Without `known`, leaving out those of which
    staff know already who. A seat that an election or an advertised post is about to fill waits for nobody.
    """
    vacant = (
        Seat.objects.vacant(on)
        .filter(~_under_way("pk"), pk__in=seats, filled_from=None)
        .order_by(F("left_on").asc(nulls_last=True), "board__name", "position", "title")
    )
    return vacant if known else vacant.exclude(_nominated("pk", "left_on"))


def to_nominate_again(seats: SeatIds, on: date, *, known: bool = True) -> QuerySet[Appointment]:
    """Terms of the seats that end soon, as `ending` gives them: one query. `known` as for `to_nominate`."""
    terms = (
        Appointment.objects.ending(on, _last_day_of_notice(on))
        .filter(~_under_way("seat"), seat__in=seats)
        .order_by("ends_on", "seat__board__name")
    )
    return terms if known else terms.exclude(_nominated("seat", "ends_on"))


def nomination(user, seat: Seat, on: date) -> SeatNotice | None:
    """The note that the person's body has told staff who it nominates; not saved yet where it has not.

    None where nobody is sought from them: somebody holds the seat or follows, or is being chosen in another way.
    """
    theirs = Seat.objects.filter(_nominated_by(user, on), pk=seat.pk).values("pk")
    vacant = to_nominate(theirs, on).first()
    term = None if vacant else to_nominate_again(theirs, on).first()
    if vacant:
        day = vacant.left_on
    elif term:
        day = term.ends_on
    else:
        return None
    facts = {"seat": seat, "about": SeatNotice.About.NOMINATED, "day": day}
    return SeatNotice.objects.filter(**facts).first() or SeatNotice(**facts)


def nominates(user, seat: Seat, on: date) -> bool:
    """Whether the person speaks for the body that nominates the seat's holder: an officer of it, or its chair."""
    return Seat.objects.filter(_nominated_by(user, on), pk=seat.pk).exists()


def seats_awaiting_nominee(user, on: date) -> list[int]:
    """The ids of the seats for which somebody is sought from the person: an officer of the partner that nominates, or the
    chair of the board that does. What is sought from which body is cached until any of it changes; most people are
    asked for nobody. To draw a page: `nominates` decides."""
    from_partners, from_boards = cached_until_changed(("seats awaiting a nominee", on), lambda: _sought(on))
    officer_of = [each.partner_id for each in memberships_of(user) if each.is_officer]
    chaired = [board.pk for board in boards_chaired_by(user, on)]
    lists = [from_partners.get(pk, []) for pk in officer_of] + [from_boards.get(pk, []) for pk in chaired]
    return sorted(chain.from_iterable(lists))


def _sought(on: date) -> tuple[dict[int | None, list[int]], dict[int | None, list[int]]]:
    """The ids of the seats for which somebody is sought from each partner, and from each board."""
    partners: dict[int | None, list[int]] = defaultdict(list)
    boards: dict[int | None, list[int]] = defaultdict(list)
    nominated = Seat.objects.exclude(nominating_partner=None, nominating_board=None).order_by()
    theirs = nominated.values("pk")
    sought = Q(pk__in=to_nominate(theirs, on).values("pk")) | Q(pk__in=to_nominate_again(theirs, on).values("seat"))
    for seat, partner, board in nominated.filter(sought).values_list("pk", "nominating_partner", "nominating_board"):
        partners[partner].append(seat)
        boards[board].append(seat)
    return dict(partners), dict(boards)


def _nominated_by(user, on: date) -> Q:
    """The condition that the person is an officer of the partner that nominates, or chairs the board that does."""
    partner = Q(nominating_partner__in=user.memberships.officers().values("partner"))
    return partner | Q(nominating_board__in=Board.objects.chaired_by(user, on).values("pk"))


def _nominated(seat: str, last_day: str) -> Q:
    """The condition that staff were told who is nominated after the term with that last day (None: nobody ever held
    it)."""
    notes = SeatNotice.objects.filter(about=SeatNotice.About.NOMINATED, seat=OuterRef(seat))
    never = Q(**{f"{last_day}__isnull": True}) & Q(Exists(notes.filter(day=None)))
    return never | Q(Exists(notes.filter(day=OuterRef(last_day))))


def _under_way(seat: str) -> Q:
    """The condition that a post or an election is under way that will fill the seat."""
    found = Q(pk__in=[])
    for path in settings.SEAT_FILLED_BY:
        found |= import_string(f"{path}.under_way")(seat)
    return found


def _nominations(seat: str) -> Prefetch:
    """The notes that somebody was `nominated`, the latest first."""
    notes = SeatNotice.objects.filter(about=SeatNotice.About.NOMINATED).order_by("-at")
    return Prefetch(f"{seat}notices", notes, to_attr="nominated")


def being_filled(seats: Iterable[Seat]) -> dict[int, list[Filling]]:
    """What is under way by which each of the seats will be filled, by the seat's id."""
    ids = [seat.pk for seat in seats]
    found: dict[int, list[Filling]] = {pk: [] for pk in ids}
    for path in settings.SEAT_FILLED_BY:
        for pk, filling in import_string(f"{path}.fillings")(ids):
            found[pk].append(filling)
    return found


def vacant_since(seat: Seat) -> date | None:
    """The first day without a holder, of a seat as `vacant` gives it; None where nobody knows."""
    return first_day_vacant(seat.left_on, seat.starts_on)


def first_day_vacant(left_on: date | None, starts_on: date | None) -> date | None:
    """The day after the last term; of a seat nobody has held yet its own first day, if it has one."""
    return left_on + timedelta(days=1) if left_on else starts_on
