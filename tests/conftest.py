"""Real parts for tests: mail server, worker, browser; database and broker come from partnership.local.pytest_plugin."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TransactionTestCase

if TYPE_CHECKING:  # loaded by the tests that use them: one test starts within a second
    import redis
    from aiosmtpd.controller import Controller

from partnership.outbox.smtp import mail_server
from tests import databases, mailbox
from tests import demonstration as demonstrations
from tests.factories import counters

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong crosses from the browser: what axe says of all that is right takes four times as long to hand over.
AXE_RUN = """options => axe.run(document, options).then(({violations}) =>
  violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))"""
# The one without windows first: the same browser, which takes a third of the time for a new page.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

# How long one example takes says how busy the machine is; a test that never ends is stopped by pytest-timeout.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    """The seed that pytest-randomly printed decides where counters begin too; uploaded files have a folder of their own."""
    counters.seed = config.getoption("randomly_seed", 0)
    # not where `make run` keeps its files: the clock deletes those that no row of a test's database names
    django_settings.MEDIA_ROOT = django_settings.VAR_DIR / "tests" / "media"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """Gives each worker a database of its own, a copy of the template, which a test that commits empties itself."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: databases.empty())
        name = databases.copy(databases.with_tables(), f"test_portal_{worker}")
        with databases.connected_to(name):
            yield
        databases.drop(name)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[demonstrations.Demonstration]:
    """The demonstration, loaded: for modules that only read, or roll back what they write."""
    with django_db_blocker.unblock(), demonstrations.opened() as found:
        yield found


# --- mail ---------------------------------------------------------------------------------------------------------


@dataclass
class Received:
    """One message the mail server took, and its recipients."""

    to: list[str]
    sender: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""

    @property
    def html(self) -> str:
        body = self.message.get_body(("html",))
        return body.get_content() if body else ""

    @property
    def calendar(self) -> str:
        """The calendar part as text, or "" when there is none."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                return part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8")
        return ""

    @property
    def links(self) -> list[str]:
        return re.findall(r"https?://[^\s<>\"]+", self.text)


@dataclass
class MailServer:
    """A real SMTP server. `refuse` makes it say no, `stop` and `start` take it away and bring it back."""

    messages: list[Received] = field(default_factory=list)
    connections: int = 0
    refusals: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    port: int = 0
    _controller: "Controller | None" = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        from aiosmtpd.controller import Controller

        server = self

        class Handler:
            async def handle_EHLO(self, smtp, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's name
                session.host_name = hostname
                server.connections += 1
                return responses

            async def handle_RCPT(self, smtp, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
                for part, answer in server.refusals.items():
                    if part in address:
                        return answer
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, smtp, session, envelope):  # noqa: N802 - aiosmtpd's name
                if server.delay:
                    await asyncio.sleep(server.delay)
                message = BytesParser(policy=policy.default).parsebytes(envelope.original_content)
                server.messages.append(Received(list(envelope.rcpt_tos), envelope.mail_from, message))
                return "250 Kept"

        self._controller = Controller(Handler(), hostname="127.0.0.1", port=self.port or _free_port())
        self._controller.start()
        self.port = self._controller.port

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
            self._controller = None

    def refuse(self, part: str, answer: str = "550 5.1.1 No such person here") -> None:
        """Refuses every recipient whose address holds `part`; a 4xx answer is temporary."""
        self.refusals[part] = answer

    def accept_all(self) -> None:
        self.refusals.clear()

    def to(self, address: str) -> list[Received]:
        return [received for received in self.messages if address.lower() in [to.lower() for to in received.to]]

    def wait_for(self, count: int, *, to: str = "", seconds: float = 20) -> list[Received]:
        """The messages (to one address) as soon as there are `count`; fails when there are fewer in the end."""
        until = time.monotonic() + seconds
        while len(found := self.to(to) if to else self.messages) < count:
            assert time.monotonic() < until, f"{len(found)} of {count} messages after {seconds} s"
            time.sleep(0.05)
        return found


@pytest.fixture
def smtp(settings) -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_URL = "127.0.0.1", server.port, server.url
    yield server
    mail_server().close()
    mail_server().__init__()  # the next test's server has done nothing wrong
    server.stop()


@pytest.fixture(scope="session")
def imap_port(tmp_path_factory) -> Iterator[int]:
    yield from mailbox.serve(tmp_path_factory.mktemp("imap") / "log")


@pytest.fixture
def returns(imap_port, settings) -> mailbox.MailboxFolder:
    """The mailbox to which reports come back: a new folder of a real one, which the portal is told to read."""
    folder = mailbox.MailboxFolder(imap_port, f"Returns {uuid.uuid4().hex[:6]}").make()
    settings.MAILBOX_URL = folder.url
    return folder


# --- processes ----------------------------------------------------------------------------------------------------


@pytest.fixture
def broker() -> "Iterator[redis.Redis]":
    """This test worker's own Valkey database, empty at the start and at the end."""
    import redis

    valkey = redis.Redis.from_url(django_settings.REDIS_URL)
    valkey.flushdb()
    yield valkey
    valkey.flushdb()


@pytest.fixture
def process_environment(transactional_db, settings) -> Callable[..., dict[str, str]]:
    """Makes the environment of another process that works on this test's database, broker and mail server."""

    def make(**more: str) -> dict[str, str]:
        database = databases.address_of(connection.settings_dict["NAME"])
        here = {"DATABASE_URL": database, "REDIS_URL": settings.REDIS_URL, "EMAIL_URL": settings.EMAIL_URL}
        return os.environ | here | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "partnership.settings"} | more

    return make


@pytest.fixture
def start_worker(process_environment, smtp, broker, tmp_path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts real Celery workers on this test's database and mail server; ends those still running afterwards."""
    started: list[subprocess.Popen] = []

    def start(*, concurrency: int = 2, wait: bool = True, **environment: str) -> subprocess.Popen:
        log = tmp_path / f"worker-{len(started)}.log"
        broker.delete("portal:worker")
        command = [sys.executable, "-m", "celery", "-q", "-A", "partnership", "worker", "--loglevel", "INFO"]
        command += [
            "--concurrency",
            str(concurrency),
            "--without-gossip",
            "--without-mingle",
            "-n",
            f"w{len(started)}@test",
        ]
        process = subprocess.Popen(
            command,
            env=process_environment(**environment),
            cwd=ROOT,
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started.append(process)
        until = time.monotonic() + 30
        while wait and not broker.exists("portal:worker"):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.05)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
    for process in started:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()


# --- browser ------------------------------------------------------------------------------------------------------


PATIENCE = 20_000  # milliseconds: a page may take its time on a busy machine, and a page that never comes still fails

# Whether a click leads to another page: links to another address do, and buttons that send a form, but where a script sends it.
LEADS_ON = """each => {
  const link = each.closest("a[href]"), button = each.closest("button, input");
  if (link) return !link.hash || link.href.split("#")[0] !== location.href.split("#")[0];
  return Boolean(button?.form && button.type === "submit" && !button.form.matches("[data-entry]")); // a script sends those
}"""


def _click(self, **how) -> None:
    """A click that leads to another page is over when that page can be read, as it is for a person.

    A file that opens beside the page, as a PDF does, is saved by a browser without windows: it leads nowhere.
    """
    from playwright.sync_api import Error

    if not self.evaluate(LEADS_ON):
        _click.plain(self, **how)
        return
    try:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            _click.plain(self, **how)
    except Error as error:
        if "net::ERR_ABORTED" not in error.message:
            raise


@pytest.fixture(scope="session")
def chromium():
    """A browser for the session. Tests that need one are skipped where the machine has none."""
    if not CHROMIUM:
        pytest.skip("no browser: install Debian's package chromium-headless-shell for the tests that look at pages")
    from playwright.sync_api import Locator, expect, sync_playwright

    if Locator.click is not _click:
        _click.plain, Locator.click = Locator.click, _click
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--in-process-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def portal(live_server, settings) -> str:
    """The address of the portal as it runs for this test."""
    settings.PORTAL_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server.url


@pytest.fixture
def open_browser(chromium, portal) -> Iterator[Callable]:
    """Opens a page of its own: `open_browser(width=320, script=False)`. Addresses are relative to the portal."""
    contexts = []

    def make(*, width: int = 1280, script: bool = True):
        context = chromium.new_context(
            base_url=portal, viewport={"width": width, "height": 900}, java_script_enabled=script, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_browser):
    """A browser page at desktop width, with script."""
    return open_browser()


@pytest.fixture
def phone(open_browser):
    """A browser page 320 pixels wide."""
    return open_browser(width=320)


@pytest.fixture
def axe() -> Callable:
    """`axe(page)` fails with what axe finds wrong on the page as it stands, and when the page scrolls sideways."""
    source = AXE.read_text()

    def look(page, *, leave_out: list[str] | None = None) -> None:
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        options = {"runOnly": AXE_RULES, "rules": {name: {"enabled": False} for name in leave_out or []}}
        wrong = page.evaluate(AXE_RUN, options | {"resultTypes": ["violations"]})
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sideways <= 0, f"{page.url} is {sideways} px wider than its window"

    return look


def _free_port() -> int:

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
