"""Every log line has its time and the request or task it belongs to, and nothing personal."""

import logging
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from partnership import logs
from partnership.celery import app
from partnership.request_id import RequestIdMiddleware
from tests.world import every_address

KEY = "Vh3kq_0-YtL9zZx2Rw7aBcDeFgHiJkLmNoPqRsTuVwX"
UUID = "0b6f7c1e-3d4a-4c52-9d0c-6f1a2b3c4d5e"


def line(text: str, **more) -> str:
    return logs.Line().format(logging.makeLogRecord({"name": "portal", "levelname": "ERROR", "msg": text, **more}))


def test_a_line_says_when_what_and_for_which_request():
    token = logs.request_id.set("abc-123")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR portal request=abc-123: It broke", line("It broke")
    )
    logs.request_id.reset(token)
    assert " request=-: It broke" in line("It broke")


def test_a_line_of_a_worker_names_its_task():
    @app.task(name="tests.say")
    def say() -> str:
        return line("It broke")

    said = say.apply(task_id="task-9").get()
    assert " task=task-9: It broke" in said
    assert " request=-: It broke" in line("It broke")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Internal Server Error: /i/{KEY}/decline/", "Internal Server Error: /i/…/decline/"),
        ("Not Found: /search/?q=Grace+Okafor", "Not Found: /search/?…"),
        ("Not Found: /search/?q=Grace+O'Neill&page=2", "Not Found: /search/?…"),
        (
            f"Broken: '/account/oidc/nhs/login/callback/?code=4%2F0A&state={UUID}'",
            "Broken: '/account/oidc/nhs/login/callback/?…",
        ),
        (f"Not Found: /account/login/?next=/r/{KEY}/", "Not Found: /account/login/?…"),
        (f"Referer: next=%2Fcalendar%2F{KEY}.ics", "Referer: next=%2Fcalendar%2F….ics"),
        (f"DoesNotExist: no registration has the key {KEY}", "DoesNotExist: no registration has the key …"),
        (f"GET /home/calendar/reset/ and /calendar/{KEY}.ics", "GET /home/calendar/reset/ and /calendar/…"),
        ("Key (email)=(ann.o'neill@example.org) already exists", "Key (email)=((email address)) already exists"),
        ("Not Found: /meetings/assembly-november-2026/", "Not Found: /meetings/assembly-november-2026/"),
        ("Not Found: /posts/vcfse-lead/applications/12/cv/", "Not Found: /posts/vcfse-lead/applications/12/cv/"),
    ],
)
def test_a_line_holds_nothing_personal(text, kept):
    assert line(text).endswith(f": {kept}")


def test_no_address_with_a_key_is_written_down_whole():
    keyed = [each for each in every_address() if {"key", "uidb36", "secret"} & each[2]]
    assert len(keyed) >= 17
    for name, route, words in keyed:
        key = UUID if "<uuid:key>" in route else KEY
        address = reverse(
            name, kwargs=dict.fromkeys(words, "one") | {word: key for word in ("key", "secret") if word in words}
        )
        assert key in address
        assert key not in line(f"Internal Server Error: {address}"), name


def test_a_traceback_holds_nothing_personal():
    try:
        raise ValueError("ann@example.org")  # noqa: TRY301 - a traceback to look at
    except ValueError as error:
        written = line("It broke", exc_info=(type(error), error, error.__traceback__))
    assert "ValueError: (email address)" in written
    assert "\nTraceback" in written


@pytest.mark.parametrize(
    ("trusted", "given", "kept"),
    [
        (True, "proxy-4711.a", True),
        (False, "proxy-4711.a", False),
        (True, "short", False),
        (True, "a" * 101, False),
        (True, "proxy-4711\nWARNING forged", False),
        (True, "", False),
    ],
)
def test_request_id_is_taken_from_a_trusted_proxy_only_if_well_formed(settings, trusted, given, kept):
    settings.PROXY_SETS_REQUEST_ID = trusted
    seen = []
    answer = RequestIdMiddleware(lambda request: seen.append(logs.request_id.get()) or HttpResponse())
    response = answer(RequestFactory().get("/", headers={"x-request-id": given}))
    assert response.headers["X-Request-ID"] == seen[0]
    assert (seen[0] == given) is kept
    assert kept or re.fullmatch(r"[0-9a-f]{32}", seen[0])
    assert logs.request_id.get() == "-"


@pytest.mark.django_db
def test_every_answer_has_its_own_request_id(client):
    answers = [client.get(address) for address in ("/livez", "/boards/", "/boards/", "/no-such-page/")]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 4


def test_livez_asks_neither_database_nor_broker(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert client.post("/livez").status_code == 405


def test_livez_is_not_led_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/livez").status_code == 200
