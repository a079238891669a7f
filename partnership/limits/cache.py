"""Django's cache on the table of limits, for libraries that count in a cache: the limits of signing in, and its used codes.

All web processes share it, nothing is evicted before its time, and there is no second store: while the database is away a
request that has to count fails, as its page would. Values are JSON.
"""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from partnership.limits.models import Bucket
from partnership.limits.naming import hashed

FOR_EVER = 100 * 365 * 86_400  # what has no end
SET = """
    INSERT INTO limits_bucket AS bucket (key, value, expires_at)
    VALUES (%s, %s::jsonb, statement_timestamp() + %s * interval '1 second')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""
ADD = SET + " WHERE bucket.expires_at <= statement_timestamp()"
TOUCH = """
    UPDATE limits_bucket SET expires_at = statement_timestamp() + %s * interval '1 second'
    WHERE key = %s AND expires_at > statement_timestamp()
"""
INCREASE = """
    UPDATE limits_bucket SET value = to_jsonb((value #>> '{}')::bigint + %s)
    WHERE key = %s AND expires_at > statement_timestamp() RETURNING (value #>> '{}')::bigint
"""


class BucketCache(BaseCache):
    """`LOCATION` is not used: the table is the one of `partnership.limits.models.Bucket`."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key, default=None, version=None):
        found = Bucket.objects.live().filter(key=self._hashed(key, version)).values_list("value", flat=True)
        return next(iter(found), default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> None:
        _changed(SET, self._hashed(key, version), json.dumps(value), self._seconds(timeout))

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return _changed(ADD, self._hashed(key, version), json.dumps(value), self._seconds(timeout))

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        return _changed(TOUCH, self._seconds(timeout), self._hashed(key, version))

    def delete(self, key, version=None) -> bool:
        deleted, _ = Bucket.objects.live().filter(key=self._hashed(key, version)).delete()
        return bool(deleted)

    def incr(self, key, delta=1, version=None) -> int:
        with connection.cursor() as cursor:
            cursor.execute(INCREASE, [delta, self._hashed(key, version)])
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"Key {key!r} not found")
        return row[0]

    def clear(self) -> None:
        Bucket.objects.all().delete()

    def _hashed(self, key: str, version: int | None) -> str:
        return hashed(f"cache:{self.make_key(key, version)}")

    def _seconds(self, timeout: float | None) -> float:
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        return FOR_EVER if timeout is None else timeout


def _changed(statement: str, *values) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount == 1
