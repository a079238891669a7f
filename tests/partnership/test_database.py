"""A connection that is lost in any way is seen as lost by pages, by the page cache and by /healthz."""

import os
import socket
from collections.abc import Callable

import pytest
from django.db import DatabaseError, Error, IntegrityError, ProgrammingError, connection
from django.test import Client
from django.urls import reverse

from partnership import database
from partnership.page_cache import stamp
from partnership.page_cache.middleware import cache
from tests import factories as make


def closed() -> None:
    connection.connection.close()


def hung_up() -> None:
    with socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


def unreadable() -> None:
    """What is no line at all: psycopg2 raises a plain DatabaseError for it, as where an answer breaks off."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, connection.connection.fileno())
    os.close(nothing)


LOST = pytest.mark.parametrize("lose", [closed, hung_up, unreadable])


@pytest.fixture
def browser(transactional_db) -> Client:
    cache.clear()
    connection.ensure_connection()
    return Client(raise_request_exception=False)


def asked() -> BaseException:
    with pytest.raises(Error) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()
    return raised.value


@LOST
def test_lost_connection_is_known_as_lost(browser, lose: Callable[[], None]):
    lose()
    error = asked()
    assert database.is_lost(error)
    wrapped = RuntimeError("in a template")
    wrapped.__cause__ = error
    assert database.is_lost(wrapped)


@pytest.mark.django_db
def test_wrong_question_is_no_lost_connection():
    with pytest.raises(ProgrammingError) as raised, connection.cursor() as cursor:
        cursor.execute("SELECT nothing_like_it")
    assert not database.is_lost(raised.value)
    for error in (
        DatabaseError("Save with update_fields did not affect any rows."),
        IntegrityError(),
        ValueError(),
        None,
    ):
        assert not database.is_lost(error)


@LOST
def test_lost_connection_in_a_page_is_said_to_be_that(browser, lose, monkeypatch):
    def lost(*args, **kwargs):
        connection.ensure_connection()
        lose()
        connection.cursor().execute("SELECT 1")

    monkeypatch.setattr("partnership.home.views.search.find", lost)
    answer = browser.get(reverse("search") + "?words=halton")
    assert answer.status_code == 503
    assert "not available right now" in answer.text
    connection.close()


@LOST
def test_cached_page_is_still_served_on_a_new_connection(browser, lose):
    make.PlaceFactory(name="Halton")
    assert "Halton" in browser.get(reverse("places")).text
    lose()
    assert "Halton" in browser.get(reverse("places")).text


@pytest.mark.parametrize("error", [DatabaseError, ProgrammingError, IntegrityError])
def test_page_cache_never_raises(browser, monkeypatch, error):
    def broken(_connection):
        raise error

    monkeypatch.setattr(stamp, "_ask", broken)
    assert stamp.revision() is None
    assert browser.get(reverse("places")).status_code == 200


@LOST
def test_health_says_that_the_database_cannot_be_reached(browser, lose):
    lose()
    answer = browser.get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json()["database"] == "cannot be reached"
