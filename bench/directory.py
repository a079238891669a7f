"""The directory with 10,000 organisations and the map with 2,000 seats, for visitors without an account.

Kept pages first, as visitors meet them, beside a bare view; then each made again, as after every change.
"""

import json
import time

from bench import page, portal
from bench.table import Row

SEARCH = "/partners/?words=carers"
MAP = "/representation/"
ROUNDS = 5


def measure(site: portal.Site) -> list[Row]:
    rows = []
    for what, address in [("directory search, first page", SEARCH), ("representation map", MAP)]:
        ours, limit = page.beside_bare(site, address)
        rows.append(Row(f"{what}, 8 at once", "answers/s", ours, limit, "bare view, one SELECT", "≥ 50 % of it"))
        call = f"from bench import directory; directory.inside({address!r})"
        said = site.manage("shell", "-v", "0", "-c", call).splitlines()[-1]
        rows.append(Row(f"{what}, made again", "ms", json.loads(said)))
    return rows


def inside(address: str) -> None:
    """Inside the portal: prints the milliseconds in which the page is made again, as JSON."""
    print(json.dumps(made_again(address)))


def made_again(address: str) -> list[float]:
    """Inside the portal: the milliseconds in which the page is made again, in several rounds."""
    from django.test import Client  # Django is set up only in the process that `manage.py shell` is

    from partnership.page_cache.middleware import cache  # as above

    client = Client(headers={"host": portal.HOST})
    found = []
    for number in range(ROUNDS + 1):
        cache.clear()
        started = time.perf_counter()
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} does not answer")
        if number:
            found.append(1000 * (time.perf_counter() - started))
    return found
