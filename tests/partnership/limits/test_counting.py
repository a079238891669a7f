"""Counting under a name: in one statement, together for all who count, and until its time is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models import F

from partnership.limits.actions.sweeping import sweep
from partnership.limits.counting import Limit, is_over
from partnership.limits.models import Bucket

pytestmark = pytest.mark.django_db


def time_passes(seconds: int) -> None:
    Bucket.objects.update(expires_at=F("expires_at") - timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("rate", "most", "seconds"), [("20/10m", 20, 600), ("3/s", 3, 1), ("5/h", 5, 3600), ("1/2d", 1, 172_800)]
)
def test_rate_is_a_number_in_a_time(rate, most, seconds):
    limit = Limit("x", rate)
    assert (limit.most, limit.lasts) == (most, seconds)


@pytest.mark.parametrize("rate", ["", "20", "20/", "20/10", "many/m", "20/10m/ip"])
def test_rate_that_cannot_be_read_is_refused(rate):
    with pytest.raises(ValueError, match="like 20/10m"):
        _ = Limit("x", rate).most


def test_one_more_than_the_most_is_over_and_other_names_are_not():
    ann, bob = Limit("ann", "2/m"), Limit("bob", "2/m")
    assert [is_over(ann) for _ in range(4)] == [False, False, True, True]
    assert not is_over(bob)


def test_two_names_are_counted_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not is_over(Limit("ann", "1/m"), Limit("everybody", "9/m"))
    assert is_over(Limit("ann", "1/m"), Limit("everybody", "9/m"))
    assert not is_over(Limit("bob", "1/m"), Limit("everybody", "9/m"))


def test_counting_begins_again_when_its_time_is_over():
    limit = Limit("ann", "1/m")
    assert [is_over(limit), is_over(limit)] == [False, True]
    time_passes(59)
    assert is_over(limit)  # trying again does not make it longer
    time_passes(1)
    assert [is_over(limit), is_over(limit)] == [False, True]


def test_junk_evicts_no_count():
    ann = Limit("ann", "1/10m")
    is_over(ann)
    for number in range(640):
        is_over(Limit(f"junk {number}", "1/10m"))
    assert is_over(ann)


def test_sweep_deletes_what_is_over_and_nothing_else():
    is_over(Limit("short", "1/m"))
    time_passes(61)
    is_over(Limit("long", "1/h"))
    assert (sweep(), Bucket.objects.count()) == (1, 1)
    assert is_over(Limit("long", "1/h"))


def test_names_are_not_stored():
    is_over(Limit("register from 192.0.2.7 for ann@example.org", "1/m"))
    stored = str(Bucket.objects.values_list().get())
    assert "192.0.2.7" not in stored
    assert "ann" not in stored


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_each():
    limit = Limit("everybody", "50/m")

    def count(_):
        try:
            return is_over(limit, Limit("one more", "99/m"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(count, range(80))) == 30


@pytest.mark.django_db(transaction=True)
def test_counting_leaves_the_connection_as_it_was():
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        is_over(Limit("ann", "1/m"))
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone()[0] == "on"
    connection.close()


def test_nothing_is_let_through_while_the_database_cannot_count():
    def away(execute, sql, params, many, context):
        raise OperationalError("it is away")

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        is_over(Limit("ann", "1/m"))
