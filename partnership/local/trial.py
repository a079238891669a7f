"""`make run` in a clean clone: to the first page, to the first delivered email, stopped, started again, stopped."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from partnership.local.services.places import BASE_DIR, processes_of

FOLDER = BASE_DIR / "var" / "trial"
FIRST_START_SECONDS = 600  # packages are fetched
SECOND_START_SECONDS = 30  # under 10 on a machine with nothing else to do; the figure is printed
MAIL_SECONDS = 60
STOP_SECONDS = 20
STAFF = "priya.raman@example.org"
OF_THE_CALLER = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "VAR_DIR",
    "PORTAL_URL",
    "DEMONSTRATION",
    "MAKEFLAGS",
    "MAKELEVEL",
)


class TrialError(Exception):
    """What did not work, in words."""


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", str(BASE_DIR), str(FOLDER)], check=True)
    try:
        trial()
    except TrialError as error:
        sys.exit(f"make run in a clean clone: {error}")
    shutil.rmtree(FOLDER, ignore_errors=True)


def trial() -> None:
    """Raises TrialError at the first step that does not go as it should; ends what it started either way."""
    port = _free_port()
    with _Run(port) as run:
        print(
            f"   first page after {run.first_page(FIRST_START_SECONDS):.1f} s (packages and database made again)",
            flush=True,
        )
        print(f"   a sign-in code by mail after {run.first_code():.1f} s", flush=True)
        print(f"   the first invitation after {run.first_invitation():.1f} s", flush=True)
    with _Run(port) as run:
        print(f"   second start: first page after {run.first_page(SECOND_START_SECONDS):.1f} s", flush=True)
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=FOLDER, capture_output=True, text=True, check=True
    ).stdout
    if changed:
        raise TrialError(f"it left files that git would see:\n{changed}")


class _Run:
    """One `make run` in the clone, stopped as Ctrl-C stops it."""

    def __init__(self, port: int):
        self.address = f"http://127.0.0.1:{port}"
        self.log = FOLDER.with_suffix(".log")
        environment = {name: value for name, value in os.environ.items() if name not in OF_THE_CALLER}
        self.started = time.monotonic()
        self.make = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=FOLDER,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        if self.make.poll() is None:
            os.killpg(self.make.pid, signal.SIGINT)
        try:
            self.make.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.make.pid, signal.SIGKILL)
            if error[0] is None:
                raise TrialError(f"Ctrl-C did not stop it within {STOP_SECONDS} s:\n{self._said()}") from None
        if error[0] is None and (left := processes_of(FOLDER)):
            raise TrialError("it left these running after Ctrl-C:\n" + "\n".join(left))

    def first_page(self, seconds: float) -> float:
        while time.monotonic() - self.started < seconds:
            if self.make.poll() is not None:
                raise TrialError(f"it ended by itself:\n{self._said()}")
            try:
                if b"</html>" in self._get("/"):
                    return time.monotonic() - self.started
            except urllib.error.HTTPError as error:
                raise TrialError(f"the first page answers {error.code}:\n{self._said()}") from error
            except OSError:
                time.sleep(0.1)
        raise TrialError(f"no page after {seconds:.0f} s:\n{self._said()}")

    def first_code(self) -> float:
        """Asks for a sign-in code as a person would, and waits for it in the inbox. Returns the seconds it took."""
        started = time.monotonic()
        self._post("/account/login/code/", {"email": STAFF})
        while time.monotonic() - started < MAIL_SECONDS:
            if self._inbox(STAFF):
                return time.monotonic() - started
            time.sleep(0.2)
        raise TrialError(f"no mail after {MAIL_SECONDS} s:\n{self._said()}")

    def first_invitation(self) -> float:
        """Sends the demonstration's invitations as its staff would, until one is in the inbox. Returns the seconds it took."""
        self._post("/sign-in-as/", {"email": STAFF})
        ahead = re.findall(r'href="/meetings/(assembly-[a-z]+-\d{4})/"', self._get("/meetings/").decode())
        if not ahead:
            raise TrialError("the demonstration shows no assembly ahead")
        sending = f"/meetings/{ahead[0]}/manage/invitations/send/"
        before = set(self._inbox())
        started = time.monotonic()
        key = re.search(r'name="key" value="([\w-]+)"', self._get(sending).decode())
        if not key:
            raise TrialError(f"{sending} offers nobody to invite")
        self._post(sending, {"key": key[1]})
        while time.monotonic() - started < MAIL_SECONDS:
            for address in set(self._inbox()) - before:
                if "/i/" in self._get(address).decode():
                    return time.monotonic() - started
            time.sleep(0.2)
        raise TrialError(f"no invitation after {MAIL_SECONDS} s:\n{self._said()}")

    def _inbox(self, to: str = "") -> list[str]:
        return re.findall(r'href="(/inbox/\d+/)"', self._get(f"/inbox/?to={to}").decode())

    def _get(self, path: str) -> bytes:
        with self.browser.open(self.address + path, timeout=10) as answer:
            return answer.read()

    def _post(self, path: str, answers: dict[str, str]) -> bytes:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self._get(path).decode())
        data = urllib.parse.urlencode(answers | {"csrfmiddlewaretoken": token[1] if token else ""}).encode()
        with self.browser.open(self.address + path, data=data, timeout=10) as answer:
            return answer.read()

    def _said(self) -> str:
        return self.log.read_text()[-3000:]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
