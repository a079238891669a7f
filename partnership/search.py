"""What may be found, and who finds it. Each app says so of its own pages in `search.py`:

    @search.kind("Meetings")
    def meetings(user) -> search.Found: …

The rows are already those the person may open: only those are searched, counted and shown. Nothing about
people is searched. One query for each kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value, Window

from partnership.dates import asked_for

SHOWN = 10  # of each kind
LANGUAGE = "english"  # of PostgreSQL: "carers" finds "carer"
WEIGHTS = "ABCD"
# PostgreSQL takes every sign beyond ASCII for a letter of the word beside it. Apostrophes go: "oneill" finds O’Neill.
SIGNS, PLAIN_SIGNS = "“”„«»–—…\u00a0'‘’", '"""""    '
TO_PLAIN_SIGNS = str.maketrans(SIGNS[: len(PLAIN_SIGNS)], PLAIN_SIGNS, SIGNS[len(PLAIN_SIGNS) :])


@dataclass(frozen=True)
class Result:
    """One thing that was found: its title, where it is, and a line about it."""

    title: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class Found:
    """Rows the person may open, one to four of their text columns, the weightiest first, and each row as a result. `day`: the
    column, or lookup, of the day that people know them by."""

    rows: QuerySet
    columns: tuple[str, ...]
    result: Callable[[Any], Result]
    day: str = ""


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many there are, and those that fit best."""

    kind: str
    count: int
    results: list[Result]


KINDS: dict[str, Callable[[Any], Found]] = {}


def kind(name: str) -> Callable[[Callable[[Any], Found]], Callable[[Any], Found]]:
    """Adds a kind of thing that can be found, by the name that people read, such as "Meetings"."""

    def register(look: Callable[[Any], Found]) -> Callable[[Any], Found]:
        KINDS[name] = look
        return look

    return register


def kinds_for(user) -> list[str]:
    """The kinds of which this person may find any, in the order of the apps."""
    return [name for name, look in KINDS.items() if not look(user).rows.query.is_empty()]


def line(*parts: str) -> str:
    """What a result says about itself: the parts that are not empty, as the lists of the portal show them."""
    return " · ".join(part for part in parts if part)


def find(words: str, user, kinds: Mapping[str, Callable[[Any], Found]] = KINDS) -> list[Group]:
    """What this person finds under these words, kind by kind in the order of the apps; no kind without a result.

    Every word must be there in one of its forms; "quoted words" side by side, `or` between words means either, and a word
    after a minus must not be there. A day or a month of a year among the words finds what is known by that day, too.
    """
    groups = (_group(name, look(user), words) for name, look in kinds.items())
    return [group for group in groups if group.count]


def _group(name: str, found: Found, words: str) -> Group:
    columns = zip(map(in_plain_signs, found.columns), WEIGHTS, strict=False)
    vector = reduce(add, (SearchVector(each, weight=weight, config=LANGUAGE) for each, weight in columns))
    query = _query(words)
    rows = (
        found.rows.alias(search_vector=vector)
        .filter(holding(words, "search_vector", found.day))
        .annotate(search_rank=SearchRank(vector, query), search_count=Window(Count("*")))
        .order_by("-search_rank", *found.rows.model._meta.ordering)  # noqa: SLF001 - documented
    )
    best = list(rows[:SHOWN])
    return Group(name, best[0].search_count if best else 0, [found.result(row) for row in best])


def holding(words: str, vector: str, day: str = "") -> Q:
    """The condition that the words are in the `vector`; or that the `day` is the one among the words, or in the month, and the
    others are in the vector."""
    found = Q(**{vector: _query(words)})
    others, days = asked_for(words)
    if not (day and days):
        return found
    on_day = Q(**{f"{day}__range": days})
    return found | (on_day & Q(**{vector: _query(others)}) if others else on_day)


def _query(words: str) -> SearchQuery:
    return SearchQuery(words.translate(TO_PLAIN_SIGNS), search_type="websearch", config=LANGUAGE)


def in_plain_signs(column: str) -> Func:
    """A text column as it is searched: with signs that PostgreSQL knows, and without apostrophes."""
    signs = Value(SIGNS), Value(PLAIN_SIGNS)
    return Func(F(column), *signs, function="TRANSLATE", output_field=TextField())
