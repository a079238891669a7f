"""Seconds from starting the web processes to the first page, and the memory of web, worker and beat."""

import subprocess
import sys
import time
import urllib.request
from statistics import median

import psutil

from bench import portal
from bench.table import Row

BARE = """
import django
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x")
django.setup()
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""
RUNS = 5


def measure(site: portal.Site) -> list[Row]:
    """Start of the web, five times beside a bare Django, and PSS after a hundred pages each."""
    ours, bare, bare_memory = [], [], []
    for _ in range(RUNS):
        ours.append(site.start_web())
        site.stop("web")
        seconds, memory = _bare(site)
        bare.append(seconds)
        bare_memory.append(memory)
    return [
        Row("web start to first page", "s", ours, median(bare), "bare Django", "≤ 1.0"),
        Row(
            "memory of web, worker and beat, PSS", "MiB", _memory(site), median(bare_memory), "bare Django web", "≤ 250"
        ),
    ]


def _bare(site: portal.Site) -> tuple[float, float]:
    folder = portal.VAR / "bare"
    folder.mkdir(exist_ok=True)
    (folder / "bare_django.py").write_text(BARE)
    command = [sys.executable, "-m", "gunicorn", "bare_django", "--workers", "2", "--preload", "--chdir", str(folder)]
    started = time.monotonic()
    process = subprocess.Popen([*command, "--bind", f"{portal.HOST}:{site.port}", "--log-level", "warning"])
    try:
        portal.wait_for(site.url)
        seconds = time.monotonic() - started
        return seconds, _pss([process])
    finally:
        process.terminate()
        process.wait(10)


def _memory(site: portal.Site) -> list[float]:
    site.start_web()
    site.start_worker()
    site.start_beat()
    for _ in range(100):
        for page in ("/", "/meetings/", "/meetings/bench-000/", "/meetings/bench-002/register/"):
            with urllib.request.urlopen(site.url + page, timeout=5) as response:
                response.read()
    time.sleep(3)
    figures = [_pss(site.processes.values()) for _ in range(3)]
    for name in list(site.processes):
        site.stop(name)
    return figures


def _pss(processes) -> float:
    """Proportional set size of the processes and all their children, MiB."""
    total = 0
    for process in processes:
        parent = psutil.Process(process.pid)
        for each in [parent, *parent.children(recursive=True)]:
            total += each.memory_full_info().pss
    return total / 2**20
