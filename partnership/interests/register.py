"""What the register of a board shows: each who sits on it, or did until lately, with what they declared."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from partnership.accounts.models import User
from partnership.boards.models import Appointment, Board
from partnership.dates import short_day
from partnership.interests.interest_kinds import Code, code_of
from partnership.interests.models import Interest, InterestsReturn


@dataclass
class Entry:
    """One person. `confirmed`: their newest return, None where they made none."""

    person: User
    posts: list[str] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    confirmed: InterestsReturn | None = None


def of_board(board: Board, today: date) -> list[Entry]:
    """In the order of the seats. In three queries."""
    code = code_of(board.regime)
    entries = _people(board, today)
    for interest in Interest.objects.public().on_register(today).under(code).of_people(entries):
        entries[interest.person_id].interests.append(interest)
    for made in InterestsReturn.objects.public().filter(person__in=entries, code=code):  # the newest first
        entry = entries[made.person_id]
        entry.confirmed = entry.confirmed or made
    return list(entries.values())


def changed_since(entry: Entry) -> bool:
    """Whether something was declared after the person last confirmed."""
    return bool(entry.confirmed and any(each.declared_at > entry.confirmed.made_at for each in entry.interests))


def _people(board: Board, today: date) -> dict[int, Entry]:
    since = today - timedelta(days=settings.ENDED_INTERESTS_SHOWN_DAYS)
    terms = (
        Appointment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=since), seat__board=board, starts_on__lte=today
        )
        .select_related("holder", "deputy", "seat")
        .order_by("-seat__is_chair", "seat__position", "seat__title", "-starts_on")
    )
    entries: dict[int, Entry] = {}
    for term in terms:
        until = f", until {short_day(term.ends_on)}" if term.ends_on and term.ends_on < today else ""
        for person, post in ((term.holder, term.seat.title), (term.deputy, f"Deputy for {term.seat.title}")):
            if person:
                entries.setdefault(person.pk, Entry(person)).posts.append(f"{post}{until}")
    return entries


def of_person(
    person: User, codes: list[Code], today: date
) -> list[tuple[Code, list[Interest], InterestsReturn | None]]:
    """What a person declared under each code, and when they last confirmed it. In two queries."""
    interests = list(Interest.objects.public().on_register(today).of_people([person]))
    returns = list(InterestsReturn.objects.public().filter(person=person))
    return [
        (
            code,
            [each for each in interests if each.code == code],
            next((made for made in returns if made.code == code), None),
        )
        for code in codes
    ]
