"""What strangers try at a portal behind a proxy: other people's limits, other people's pages, the demonstration's doors.

Two web processes serve one portal behind nginx; beside them are one behind two proxies and a demonstration.
"""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from assemblies.registrations.models import Registration
from partnership.outbox.models import Message
from tests import factories as make
from tests.proxied import HOST, TOKEN, Visitor, free_ports, gunicorn, nginx, running, server

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("proxy")]
FROM_HERE, FEW = 70, 3  # posts a minute from one network: of the portal, and of the two others
FOLLOW = "/meetings/september/follow/"
HOME = ("/representation/", "/meetings/", "/meetings/september/", "/meetings/september/register/", "/")


@dataclass
class Ports:
    """Of nginx, saying https, http and nothing; of two proxies in a row; and of each web process itself."""

    https: int
    http: int
    silent: int
    speaking: int
    chain: int
    inner: int
    first: int
    second: int
    chained: int
    demonstration: int


@pytest.fixture(scope="module")
def ports(django_db_setup, tmp_path_factory) -> Iterator[Ports]:
    folder = tmp_path_factory.mktemp("proxy")
    at = Ports(*free_ports(10))
    upstream = f"upstream portal {{ server 127.0.0.1:{at.first}; server 127.0.0.1:{at.second}; }}\n"
    front = [
        server(at.https, "portal", scheme="https"),
        server(at.http, "portal", scheme="http"),
        server(at.silent, f"127.0.0.1:{at.demonstration}"),
        server(at.speaking, f"127.0.0.1:{at.demonstration}", scheme="http"),
        server(at.chain, f"127.0.0.1:{at.inner}", scheme="https"),
        server(at.inner, f"127.0.0.1:{at.chained}", scheme="https"),
    ]
    proxy = nginx(folder, upstream + "\n".join(front))  # first: it says where there is none
    few = {"PUBLIC_FORM_RATE_FROM_HERE": f"{FEW}/m"}
    many = {"PUBLIC_FORM_RATE_FROM_HERE": f"{FROM_HERE}/m"}
    here = {
        "DEMONSTRATION": "1",
        "PORTAL_URL": f"http://127.0.0.1:{at.demonstration}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
    }
    commands = {
        at.first: gunicorn(at.first, **many),
        at.second: gunicorn(at.second, **many),
        at.chained: gunicorn(at.chained, TRUSTED_PROXIES="2", **few),
        at.demonstration: gunicorn(at.demonstration, **here, **few, EMAIL_URL="smtp://127.0.0.1:9"),
        at.https: (proxy, dict(os.environ)),
    }
    with running(commands, folder):
        yield at


@pytest.fixture
def meeting():
    return make.MeetingFactory(slug="september", title="September assembly", capacity=60)


@pytest.fixture
def ada():
    """Somebody with a password."""
    user = make.UserFactory(email="ada@example.org", second_factor=False)
    user.set_password("three random words")
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def follow(visitor: Visitor, who: str, *, token: str = "", **headers: str) -> int:
    return visitor.post(FOLLOW, {"email": f"{who}@example.org"}, token=token, **headers).status


def take_turns(visitor: Visitor, number: int) -> None:
    """nginx asks the two web processes in turn: who opens a form and sends it would always send to the same one."""
    for _ in range(number % 2):
        visitor.get("/meetings/")


# --- who is asking --------------------------------------------------------------------------------------------------


def test_limit_is_one_for_all_web_processes_and_one_for_each_client(ports, meeting):
    ann, bob = Visitor(ports.https, "127.0.0.2"), Visitor(ports.https, "127.0.0.3")
    token = ann.token(FOLLOW)
    served = set()
    for number in range(FROM_HERE):
        answer = ann.post(FOLLOW, {"email": f"a{number}@example.org"}, token=token)
        assert answer.status == 302, number
        served.add(answer.headers["x-served-by"])
    assert len(served) == 2
    assert [follow(ann, f"more{number}", token=token) for number in range(4)] == [429] * 4
    assert follow(ann, "forged", token=token, **{"X-Forwarded-For": "198.51.100.1"}) == 429
    assert follow(ann, "forged", token=token, **{"X_Forwarded_For": "198.51.100.1", "X-Real-IP": "198.51.100.1"}) == 429
    assert follow(bob, "bob") == 302


@pytest.mark.parametrize(
    "forged", [{}, {"X-Forwarded-For": "198.51.100.{n}"}, {"X-Forwarded-For": "198.51.100.{n}, 198.51.100.9"}]
)
def test_behind_two_proxies_the_client_is_who_called_the_first(ports, meeting, forged):
    ann, bob = Visitor(ports.chain, "127.0.0.2"), Visitor(ports.chain, "127.0.0.3")
    token = ann.token(FOLLOW)
    claims = [{name: value.format(n=n) for name, value in forged.items()} for n in range(FEW + 2)]
    assert [follow(ann, f"a{n}", token=token, **claim) for n, claim in enumerate(claims)] == [302] * FEW + [429] * 2
    assert follow(bob, "bob") == 302


def test_without_a_proxy_nothing_that_is_forwarded_counts(ports, meeting):
    host = f"127.0.0.1:{ports.demonstration}"
    ann = Visitor(ports.demonstration, "127.0.0.2", host=host, scheme="http")
    token = ann.token(FOLLOW)
    claims = [{"X-Forwarded-For": f"198.51.100.{n}", "Forwarded": f"for=198.51.100.{n}"} for n in range(FEW + 2)]
    assert [follow(ann, f"a{n}", token=token, **claim) for n, claim in enumerate(claims)] == [302] * FEW + [429] * 2
    assert follow(Visitor(ports.demonstration, "127.0.0.3", host=host, scheme="http"), "bob") == 302


# --- limits ---------------------------------------------------------------------------------------------------------


def test_36_requests_for_codes_leave_sign_in_open_for_others(ports):
    make.UserFactory(email="ada@example.org", second_factor=False)
    stranger, ada = Visitor(ports.https, "127.0.0.2"), Visitor(ports.https, "127.0.0.3")
    path = "/account/login/code/"
    token = stranger.token(path)
    for number in range(36):
        stranger.post(path, {"email": f"junk{number}@example.org"}, token=token)
        stranger.cookies.pop("sessionid", None)
    answer = ada.post(path, {"email": "ada@example.org"})
    assert answer.headers.get("location") == "/account/login/code/confirm/"
    assert Message.objects.filter(to_email="ada@example.org").count() == 1


def test_codes_for_one_account_are_limited_whoever_asks(ports, ada):
    path = "/account/login/code/"
    for number in range(8):
        stranger = Visitor(ports.https, f"127.0.0.{number + 2}", host=f"{HOST}:{8000 + number}")
        take_turns(stranger, number)
        stranger.post(path, {"email": ["ada@example.org", "ADA@Example.org"][number % 2]})
    assert Message.objects.filter(to_email__iexact="ada@example.org").count() == 3


def test_guesses_at_a_code_end_with_it_and_with_the_account(ports, ada):
    stranger, path = Visitor(ports.https, "127.0.0.2"), "/account/login/code/"
    guesses = 0
    for _ in range(5):
        stranger.post(path, {"email": "ada@example.org"})
        while (page := stranger.get(f"{path}confirm/")).status == 200:
            stranger.post(f"{path}confirm/", {"code": f"WRONG{guesses}"}, token=TOKEN.search(page.text)[1])
            guesses += 1
            assert guesses < 20
    assert (guesses, Message.objects.filter(to_email="ada@example.org").count()) == (9, 3)


def test_320_junk_posts_open_no_limit_again(ports, meeting, ada):
    path, wanted = "/account/login/code/", {"email": "ada@example.org"}
    for number in range(3):
        stranger = Visitor(ports.https, f"127.0.0.{number + 4}")
        take_turns(stranger, number)
        stranger.post(path, wanted)
    assert "Too many tries" in Visitor(ports.https, "127.0.0.2").post(path, wanted).text
    junk = Visitor(ports.https, "127.0.0.3")
    token = junk.token(FOLLOW)
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda number: follow(junk, f"junk{number}", token=token), range(320)))
    assert (statuses.count(302), statuses.count(429)) == (FROM_HERE, 320 - FROM_HERE)
    assert "Too many tries" in Visitor(ports.https, "127.0.0.2").post(path, wanted).text
    assert follow(junk, "one more", token=token) == 429


def test_one_network_cannot_hold_every_place_of_a_meeting(ports, meeting):
    path = "/meetings/september/register/"
    answers = {
        "name": "Junk",
        "organisation": "",
        "role": "",
        "kind": "other",
        "place": "none",
        "attendance": "in_person",
    }
    junk, ann = Visitor(ports.https, "127.0.0.2"), Visitor(ports.https, "127.0.0.3")
    token = junk.token(path)
    for number in range(60):
        answer = junk.post(path, answers | {"email": f"junk{number}@example.org"}, token=token)
        assert answer.status == 302, answer.text
    assert Registration.objects.filter(state="held").count() == 10
    assert ann.post(path, answers | {"name": "Ann", "email": "ann@example.org"}).status == 302
    assert Registration.objects.get(email="ann@example.org").state == "held"


# --- https and the host ---------------------------------------------------------------------------------------------


def test_https_is_what_the_proxy_says_and_nobody_else(ports, meeting):
    secure = Visitor(ports.https).get(FOLLOW)
    assert secure.status == 200
    assert "max-age=31536000" in secure.headers["strict-transport-security"]
    assert "Secure" in secure.headers["set-cookie"]
    for claim in ({}, {"X-Forwarded-Proto": "https"}, {"X-Forwarded-Ssl": "on"}, {"X-Forwarded-Protocol": "ssl"},
                  {"X_Forwarded_Proto": "https"}, {"Forwarded": "proto=https"}):  # fmt: skip
        plain = Visitor(ports.http).get(FOLLOW, **claim)  # after the cached page of the secure one
        assert (plain.status, plain.headers["location"]) == (301, f"https://{HOST}{FOLLOW}"), claim


@pytest.mark.parametrize(
    "host", ["evil.example.org", f"{HOST}.evil.example.org", f"{HOST}@evil.example.org", "127.0.0.1"]
)
def test_portal_answers_under_no_other_name(ports, meeting, host):
    for path in HOME:
        assert Visitor(ports.https, host=host).get(path).status == 400, path


def test_link_of_a_new_password_is_at_the_portal_whatever_host_asked(ports, ada):
    stranger = Visitor(ports.https, host=f"{HOST}:666")
    assert stranger.post("/account/password/reset/", {"email": "ada@example.org"}).status == 302
    text = Message.objects.get(to_email="ada@example.org").text
    assert f"https://{HOST}/account/password/reset/key/" in text
    assert ":666" not in text


# --- cached pages ---------------------------------------------------------------------------------------------------

POISONS = [{"SCRIPT_NAME": "/evil"}, {"Script-Name": "/evil"}, {"X-Script-Name": "/evil"}, {"X-Forwarded-Prefix": "/evil"},
           {"PATH_INFO": "/evil"}, {"X-Forwarded-Host": "evil.example.org"}, {"X-Host": "evil.example.org"},
           {"X-Original-URL": "/evil"}, {"X-Rewrite-URL": "/evil"}, {"Forwarded": "host=evil.example.org"},
           {"X-Forwarded-Port": "666"}, {"Referer": "https://evil.example.org/"}, {"Accept-Language": "evil"},
           {"X-Request-ID": "evil"}, {"User-Agent": "evil"}, {"X-Forwarded-For": "evil"}]  # fmt: skip


def test_no_header_of_one_visitor_reaches_the_page_of_another(ports, meeting):
    stranger, ann = Visitor(ports.https, "127.0.0.2"), Visitor(ports.https, "127.0.0.3")
    for poison in POISONS:
        meeting.save()  # every page is made again
        for path in HOME:
            for _ in range(2):  # once at each web process
                assert "evil" not in (stranger.get(path, **poison).text + ann.get(path).text), (path, poison)


def test_web_process_takes_no_prefix_from_a_header_even_straight(ports, meeting):
    """Past the proxy, from this machine: gunicorn trusts its own machine unless it is told not to."""
    for port in (ports.first, ports.second):
        straight, meant = Visitor(port), {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.9"}
        for path in HOME:
            assert "evil" not in straight.get(path, SCRIPT_NAME="/evil", **meant).text
            page = straight.get(path, **meant)
            assert page.status == 200
            assert "evil" not in page.text


# --- the demonstration ----------------------------------------------------------------------------------------------


def test_doors_of_a_demonstration_are_shut_past_any_proxy(ports):
    here = f"127.0.0.1:{ports.demonstration}"
    for path in ("/sign-in-as/", "/inbox/"):
        assert Visitor(ports.demonstration, host=here).get(path).status == 200
        assert Visitor(ports.speaking, host=here).get(path).status == 404  # it passes the host on, and says who calls
        assert Visitor(ports.silent, host=here).get(path).status == 404  # as nginx does unless it is told more
        assert Visitor(ports.silent, host=HOST).get(path).status == 404  # nginx then names our own address as the host
        assert Visitor(ports.demonstration, host=HOST).get(path).status == 400
        assert Visitor(ports.demonstration, host=here).get(path, Forwarded="for=127.0.0.1").status == 404


# --- who keeps us waiting ----------------------------------------------------------------------------------------------


def test_posts_that_never_end_keep_no_visitor_waiting(ports, meeting):
    """The proxy takes in a whole post before a web process hears of it; two processes of few threads stay free."""
    head = f"POST {FOLLOW} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with ExitStack() as slow:
        for _ in range(16):
            line = slow.enter_context(socket.create_connection(("127.0.0.1", ports.https), timeout=5))
            line.sendall(f"{head}Content-Length: 10000\r\n\r\nemail=".encode())
        started = time.monotonic()
        assert [Visitor(ports.https, "127.0.0.2").get("/meetings/september/").status for _ in range(4)] == [200] * 4
        assert time.monotonic() - started < 5
