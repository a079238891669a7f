"""What needs a person now. Each app has a `todo.py`, which says which of its rows ask something of this person:

    @todo.provider
    def kinds(user) -> Iterator[todo.Kind]:
        if is_place_lead(user):
            open_lists = InvitationList.objects.filter(state="open", place__in=…).order_by("due_on")
            yield todo.kind(sign_off, open_lists, "due_on", place="place__name", slug="meeting__slug")

    def sign_off(row) -> Todo:
        return Todo(title=f"Sign off the list of {row.place}", …, due=row.due_on)

The kinds of one provider are asked in one query, however many there are. `/home/` shows votes to cast, then the rest
with the nearest date first.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db.models import Count, Func, JSONField, QuerySet, Value, Window
from django.utils import timezone

SOON = timedelta(days=3)
HOW_MANY = Window(Count("*"))  # of `rows[:1]`: the first row says how many there are; no row, no to-do


@dataclass(frozen=True)
class Todo:
    """What to do (`title`), why (`why`), where (`url`), and the last day for it (`due`), if there is one.

    A vote `comes_first`, however far its last day: nobody else can cast it, and it cannot be made up for.
    """

    title: str
    why: str
    url: str
    due: date | None = None
    comes_first: bool = False

    @property
    def is_soon(self) -> bool:
        """Whether it is due within three days, or overdue."""
        return self.due is not None and self.due - timezone.localdate() <= SOON


class OneColumn(Func):
    """A row's number and facts as one JSON array, since kinds that are asked together must have the same columns."""

    function = "JSONB_BUILD_ARRAY"
    output_field = JSONField()


class Kind(NamedTuple):
    """One kind of to-do: its rows, the facts to read of each, and what is written of them; None writes nothing."""

    write: Callable[..., Todo | None]
    rows: QuerySet
    facts: dict[str, Any]


def kind(write: Callable[..., Todo | None], rows: QuerySet, *columns: str, **facts) -> Kind:
    """A kind of to-do. `write` is given each row, with the `columns` and `facts` (columns or expressions) by name.

    One whose name ends in `_on` is a date, in `_at` a datetime.
    """
    return Kind(write, rows, {name: name for name in columns} | facts)


Provider = Callable[..., Iterable[Kind | Todo]]
PROVIDERS: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Adds a function that takes a user and yields the kinds of to-do this person may have; one for each app. What needs
    no row of the database it yields as a `Todo`."""
    PROVIDERS.append(function)
    return function


def now_for(user) -> list[Todo]:
    """Everything that needs this person now: votes first, then by the nearest date; what has no date comes last."""
    found: list[Todo] = []
    for provide in PROVIDERS:
        said = list(provide(user))
        found += [each for each in said if isinstance(each, Todo)]
        found += _written([each for each in said if isinstance(each, Kind)])
    return sorted(found, key=lambda each: (not each.comes_first, each.due is None, each.due))


def _written(kinds: list[Kind]) -> Iterator[Todo]:
    """The to-dos of all these kinds, kind by kind, each in the order of its rows. One query; none where there is no kind."""
    if not kinds:
        return
    asked = [
        each.rows.prefetch_related(None).values_list(OneColumn(Value(number), *each.facts.values()), flat=True)
        for number, each in enumerate(kinds)
    ]
    for number, *values in sorted(asked[0].union(*asked[1:], all=True), key=itemgetter(0)):
        named = zip(kinds[number].facts, values, strict=True)
        if written := kinds[number].write(SimpleNamespace(**{name: _read(name, value) for name, value in named})):
            yield written


def _read(name: str, value: Any) -> Any:
    """JSON has no dates: the name says what the text is."""
    if value is not None and name.endswith("_on"):
        return date.fromisoformat(value)
    if value is not None and name.endswith("_at"):
        return datetime.fromisoformat(value)
    return value
