"""Counting what is done: one statement, however many web processes count at once."""

import re
from dataclasses import dataclass

from django.db import connection

from partnership.limits.naming import hashed

RATE = re.compile(r"(\d+)/(\d*)([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# A bucket whose time is over begins again. Who counts outside a transaction does not wait for the disk: a server that
# crashes may forget the last half second.
COUNT = """
    WITH names (key, lasts) AS (VALUES {rows}),
    quick AS MATERIALIZED (SELECT {quick})
    INSERT INTO limits_bucket AS bucket (key, value, expires_at)
    SELECT key, to_jsonb(1), statement_timestamp() + lasts * interval '1 second' FROM names, quick ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        value = CASE WHEN bucket.expires_at <= statement_timestamp() THEN excluded.value
                     ELSE to_jsonb((bucket.value #>> '{{}}')::bigint + 1) END,
        expires_at = CASE WHEN bucket.expires_at <= statement_timestamp() THEN excluded.expires_at
                          ELSE bucket.expires_at END
    RETURNING key, (value #>> '{{}}')::bigint
"""


@dataclass(frozen=True)
class Limit:
    """How often something may be done under one name: `20/10m` is 20 times in ten minutes from the first time on."""

    name: str
    rate: str

    @property
    def most(self) -> int:
        return self._read[0]

    @property
    def lasts(self) -> int:
        return self._read[1]

    @property
    def _read(self) -> tuple[int, int]:
        found = RATE.fullmatch(self.rate)
        if not found:
            raise ValueError(f"A rate is a number, a slash and a time, like 20/10m: not {self.rate}")
        most, times, unit = found.groups()
        return int(most), int(times or 1) * SECONDS[unit]


def is_over(*limits: Limit) -> bool:
    """Counts once under each name; returns whether that was once too often for any. Raises what the database raises:
    while it is away nothing is let through uncounted."""
    named = {hashed(limit.name): limit for limit in limits}
    counts = _count({key: limit.lasts for key, limit in named.items()})
    return any(counts[key] > limit.most for key, limit in named.items())


def _count(lasts: dict[str, int]) -> dict[str, int]:
    quick = "1" if connection.in_atomic_block else "set_config('synchronous_commit', 'off', true)"
    statement = COUNT.format(rows=", ".join(["(%s, %s)"] * len(lasts)), quick=quick)
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for pair in lasts.items() for value in pair])
        return dict(cursor.fetchall())
