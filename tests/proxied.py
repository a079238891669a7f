"""The portal as it is served: gunicorn with our settings, and nginx in front of it, on loopback ports of their own."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
HOST = "portal.example.org"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')
STARTING_SECONDS = 90
CONF = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; underscores_in_headers on; ignore_invalid_headers off;
    {parts}
}}
"""
# What a proxy that is told to say who calls and how does.
SAYS = """proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto {scheme};
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; add_header X-Served-By $upstream_addr always;"""


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Visitor:
    """Somebody who asks over a port, from an address of this machine's loopback network, and keeps cookies."""

    port: int
    address: str = "127.0.0.1"
    host: str = HOST
    scheme: str = "https"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, "", headers)

    def post(self, path: str, answers: dict[str, str], *, token: str = "", **headers: str) -> Answer:
        """Opens the form there, and sends it; with the token of a form that was opened before, sends only."""
        token = token or self.token(path)
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"{self.scheme}://{self.host}"}
        return self._ask("POST", path, urlencode(answers | {"csrfmiddlewaretoken": token}), sent | headers)

    def token(self, path: str) -> str:
        page = self.get(path)
        assert page.status == 200, page
        return TOKEN.search(page.text)[1]

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> Answer:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.address, 0))
        sent = {"Host": self.host, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if not self.cookies:
            del sent["Cookie"]
        line.request(method, path, body.encode() or None, sent | headers)
        got = line.getresponse()
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        answer = Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read().decode())
        line.close()
        return answer


def free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def running(commands: dict[int, tuple[list[str], dict[str, str]]], folder: Path) -> Iterator[None]:
    """Starts each command, waits until its port takes connections, and ends them all at the end."""
    started = {}
    try:
        for port, (command, environment) in commands.items():
            log = (folder / f"{port}.log").open("w")
            started[port] = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        until = time.monotonic() + STARTING_SECONDS
        for port, process in started.items():
            while not _answers(port):
                said = (folder / f"{port}.log").read_text()
                assert process.poll() is None, said
                assert time.monotonic() < until, said
                time.sleep(0.1)
        yield
    finally:
        for process in started.values():
            process.terminate()
        for process in started.values():
            process.wait(30)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def gunicorn(port: int, **more: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of a web process on this test's database: in production, behind one proxy."""
    command = [sys.executable, "-m", "gunicorn", "partnership.wsgi", "--config", "python:partnership.gunicorn"]
    name = connection.settings_dict["NAME"]
    database = re.sub(r"^([^?]*/)[^/?]*", lambda url: url[1] + name, os.environ["DATABASE_URL"], count=1)
    here = {"DATABASE_URL": database, "REDIS_URL": settings.REDIS_URL, "PYTHONPATH": str(ROOT), "DEMONSTRATION": "0",
            "PORTAL_URL": f"https://{HOST}", "ALLOWED_HOSTS": HOST, "SECRET_KEY": "0123456789" * 5,
            "WEB_WORKERS": "1", "WEB_THREADS": "4", "DEBUG": "0", "HASHED_STATIC": "0"}  # fmt: skip
    return [*command, "--bind", f"127.0.0.1:{port}"], os.environ | here | more


def nginx(folder: Path, parts: str) -> list[str]:
    """The command of nginx with these upstreams and servers; a test that needs it is skipped where there is none."""
    if not NGINX:
        pytest.skip("no proxy: install Debian's package nginx-light to run the tests in tests/hostile/test_proxy.py")
    (folder / "nginx.conf").write_text(CONF.format(folder=folder, parts=parts))
    return [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]


def server(port: int, upstream: str, *, scheme: str = "") -> str:
    """A server of nginx: one that says who calls over which scheme, or one that says nothing of itself."""
    says = SAYS.format(scheme=scheme) if scheme else ""
    return f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://{upstream}; {says} }} }}"
