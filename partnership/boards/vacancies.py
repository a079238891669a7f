"""Seats that nobody holds, and terms that end soon: what staff look at, and what nominating bodies are told of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import DateField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
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


def _last_day_of_notice(on: date) -> Func:
    """The day as many days on as the longest notice period: date plus days, added up where the terms are read."""
    longest = NoticePeriod.objects.order_by("-days_before").values("days_before")[:1]
    days = Coalesce(Subquery(longest), 0)
    return Func(Value(on), days, template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())


def to_nominate(user, on: date, *, known: bool = True) -> QuerySet[Seat]:
    """Vacant seats whose holder the person nominates, those longest vacant first: one query. Without `known`, leaving out
    those of which staff know already who. A seat that an election or an advertised post is about to fill waits for nobody.
    """
    seats = (
        Seat.objects.vacant(on)
        .filter(_nominated_by(user, on), ~_under_way("pk"), filled_from=None)
        .select_related(*BODY)
        .order_by(F("left_on").asc(nulls_last=True), "board__name", "position", "title")
    )
    return seats if known else seats.exclude(_nominated("pk", "left_on"))


def to_nominate_again(user, on: date, *, known: bool = True) -> QuerySet[Appointment]:
    """Terms that end soon, as `ending` gives them, of seats whose next holder the person nominates: one query.

    `known` as for `to_nominate`.
    """
    terms = (
        Appointment.objects.ending(on, _last_day_of_notice(on))
        .filter(_nominated_by(user, on, "seat__"), ~_under_way("seat"))
        .select_related("holder", *(f"seat__{name}" for name in BODY))
        .order_by("ends_on", "seat__board__name")
    )
    return terms if known else terms.exclude(_nominated("seat", "ends_on"))


def nomination(user, seat: Seat, on: date) -> SeatNotice | None:
    """The note that the person's body has told staff who it nominates; not saved yet where it has not.

    None where nobody is sought from them: somebody holds the seat or follows, or is being chosen in another way.
    """
    vacant = to_nominate(user, on).filter(pk=seat.pk).first()
    term = None if vacant else to_nominate_again(user, on).filter(seat=seat).first()
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


def may_nominate(user, on: date) -> bool:
    """Whether the person is an officer of a partner that nominates to a seat, or chairs a board that does. Most officers
    and chairs are of none, so which these are is cached until a seat changes."""
    partners, boards = cached_until_changed("bodies that nominate", _nominating_bodies)
    is_officer = any(each.is_officer and each.partner_id in partners for each in memberships_of(user))
    return is_officer or any(board.pk in boards for board in boards_chaired_by(user, on))


def _nominating_bodies() -> tuple[set[int], set[int]]:
    """The ids of the partners, and of the boards, that nominate to a seat."""
    rows = list(Seat.objects.order_by().values_list("nominating_partner", "nominating_board").distinct())
    return {partner for partner, _ in rows if partner}, {board for _, board in rows if board}


def _nominated_by(user, on: date, seat: str = "") -> Q:
    """That the person is an officer of the partner that nominates, or chairs the board that does."""
    partner = Q(**{f"{seat}nominating_partner__in": user.memberships.officers().values("partner")})
    return partner | Q(**{f"{seat}nominating_board__in": Board.objects.chaired_by(user, on).values("pk")})


def _nominated(seat: str, last_day: str) -> Q:
    """That staff were told who is nominated, after the term that had that last day; none where nobody ever held it."""
    notes = SeatNotice.objects.filter(about=SeatNotice.About.NOMINATED, seat=OuterRef(seat))
    never = Q(**{f"{last_day}__isnull": True}) & Q(Exists(notes.filter(day=None)))
    return never | Q(Exists(notes.filter(day=OuterRef(last_day))))


def _under_way(seat: str) -> Q:
    """That something is under way by which the seat will be filled: a post, or an election."""
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
