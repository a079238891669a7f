"""Django's cache on the table of limits: what allauth needs of one, shared by all, and nothing evicted."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.core.internal.ratelimit import cache_lock
from django.core.cache import cache, caches
from django.db import OperationalError, connection
from django.db.models import F

from partnership.limits.cache import BucketCache
from partnership.limits.models import Bucket

pytestmark = pytest.mark.django_db


def time_passes(seconds: int) -> None:
    Bucket.objects.update(expires_at=F("expires_at") - timedelta(seconds=seconds))


def test_it_is_the_only_cache(settings):
    assert list(settings.CACHES) == ["default"]
    assert isinstance(caches["default"], BucketCache)


@pytest.mark.parametrize("value", [True, None, "y", 7, [time.time(), 1764386919.1234567], {"a": [1]}])
def test_what_is_set_is_got_until_its_time_is_over(value):
    cache.set("key", value, 60)
    assert cache.get("key", "missing") == value
    time_passes(60)
    assert cache.get("key", "missing") == "missing"


def test_default_time_is_five_minutes_and_none_is_for_ever():
    cache.set("short", 1)
    cache.set("long", 1, None)
    time_passes(300)
    assert (cache.get("short"), cache.get("long")) == (None, 1)


def test_add_does_not_replace_until_the_time_is_over():
    assert cache.add("key", "first", 60)
    assert not cache.add("key", "second", 60)
    assert cache.get("key") == "first"
    time_passes(60)
    assert cache.add("key", "third", 60)
    assert cache.get("key") == "third"


def test_nothing_is_added_for_no_time():
    cache.set("key", 1, 0)
    assert cache.get("key") is None
    assert not cache.touch("key", 60)


def test_delete_says_whether_something_was_there():
    cache.set("key", 1, 60)
    assert cache.delete("key")
    assert not cache.delete("key")


def test_touch_makes_it_last_longer():
    cache.set("key", 1, 60)
    assert cache.touch("key", 600)
    time_passes(300)
    assert cache.get("key") == 1
    assert not cache.touch("other", 60)


def test_incr_counts_and_keeps_the_time():
    cache.set("key", 1, 60)
    assert [cache.incr("key"), cache.incr("key", 5), cache.decr("key")] == [2, 7, 6]
    time_passes(60)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("key")


def test_each_call_is_one_statement(django_assert_num_queries):
    for call in (cache.set, cache.add, cache.touch):
        with django_assert_num_queries(1):
            call("key", 1)
    for call in (cache.get, cache.incr, cache.delete):
        with django_assert_num_queries(1):
            call("key")


def test_junk_evicts_nothing():
    cache.set("key", "counter", 60)
    for number in range(640):
        cache.set(f"junk {number}", number, 60)
    assert cache.get("key") == "counter"


def test_any_key_will_do():
    for key in ("ünï cödé", "x" * 5000, "nul\x00", "a:b c"):
        cache.set(key, key[:3], 60)
        assert cache.get(key) == key[:3]


def test_clear_empties_it():
    cache.set("key", 1, 60)
    cache.clear()
    assert not Bucket.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_of_many_at_once_gets_the_lock_of_a_limit():
    def add(_):
        try:
            return cache.add("lock", "mine", 60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(24))) == 1


def test_lock_of_a_limit_is_given_back():
    for _ in range(2):
        with cache_lock("key") as locked:
            assert locked


def test_no_other_store_is_asked_while_the_database_is_away():
    def away(execute, sql, params, many, context):
        raise OperationalError("it is away")

    with connection.execute_wrapper(away):
        for call in (lambda: cache.get("key"), lambda: cache.add("key", 1), lambda: cache.set("key", 1)):
            with pytest.raises(OperationalError):
                call()
