"""The public meeting page for visitors without an account: answers a second, and SQL statements, beside a bare view."""

import json
import subprocess
import sys

from bench import load, portal
from bench.table import Row

PAGE = "/meetings/bench-000/"
AT_ONCE = 8
SECONDS = 5
RUNS = 3
BARE = """
import os
import django
import environ
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="x", USE_TZ=True,
                   DATABASES={"default": environ.Env().db("DATABASE_URL") | {"CONN_MAX_AGE": None}})
django.setup()
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path
BODY = b"x" * SIZE
def view(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse(BODY, headers={"Content-Length": str(len(BODY))})
urlpatterns = [path("", view)]
application = get_wsgi_application()
"""


def measure(site: portal.Site) -> list[Row]:
    """Our page and the bare view, and the SQL statements of ours."""
    ours, limit = beside_bare(site, PAGE)
    said = site.manage("shell", "-v", "0", "-c", "from bench import page; page.inside()")
    cold, warm = json.loads(said.splitlines()[-1])
    return [
        Row("public meeting page, anonymous, 8 at once", "answers/s", ours, limit, "bare view, one SELECT", "≥ 1,500"),
        Row("SQL statements for it, cached", "", [warm], None, "1", "≤ 3"),
        Row("SQL statements for it, new", "", [cold], None, "1", "≤ 12"),
    ]


def inside() -> None:
    """Inside the portal: prints the SQL statements of the page when it is new and when it is cached, as JSON."""
    from django.db import connection  # Django is set up only in the process that `manage.py shell` is
    from django.test import Client  # as above
    from django.test.utils import CaptureQueriesContext  # as above

    from partnership.page_cache.middleware import cache  # as above

    cache.clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            Client(headers={"host": portal.HOST}).get(PAGE)
        counts.append(len(captured))
    print(json.dumps(counts))


def beside_bare(site: portal.Site, page: str) -> tuple[list[float], float]:
    """Answers a second, three runs of ours and of a bare Django view with one SELECT, taking turns, on the same bytes.

    Returns ours, and the median of the bare view.
    """
    site.start_web(first_page=page)
    size = load.run(site.url + page, at_once=1, seconds=0.5)
    ours, bare = [], []
    bare_site = _start_bare(site, size.bytes // size.answers)
    try:
        for _ in range(RUNS):
            ours.append(_per_second(site.url + page))
            bare.append(_per_second(f"http://{portal.HOST}:{bare_site.port}/"))
    finally:
        bare_site.process.terminate()
        bare_site.process.wait(10)
        site.stop("web")
    return ours, sorted(bare)[RUNS // 2]


class _Bare:
    def __init__(self, port: int, process: subprocess.Popen) -> None:
        self.port, self.process = port, process


def _start_bare(site: portal.Site, size: int) -> _Bare:
    folder = portal.VAR / "bare"
    folder.mkdir(exist_ok=True)
    (folder / "bare_page.py").write_text(BARE.replace("SIZE", str(size)))
    port = portal.free_port()
    command = [sys.executable, "-m", "gunicorn", "bare_page", "--config", "python:partnership.gunicorn"]
    where = ["--chdir", str(folder), "--pythonpath", str(portal.ROOT), "--bind", f"{portal.HOST}:{port}"]
    process = subprocess.Popen([*command, *where], env=site.environment, cwd=portal.ROOT)
    portal.wait_for(f"http://{portal.HOST}:{port}/")
    return _Bare(port, process)


def _per_second(url: str) -> float:
    load.run(url, at_once=AT_ONCE, seconds=1)  # every process has made the page once
    result = load.run(url, at_once=AT_ONCE, seconds=SECONDS)
    if result.not_200:
        raise RuntimeError(f"{result.not_200} of {result.answers} answers were not 200")
    return result.per_second
