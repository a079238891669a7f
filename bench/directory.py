"""The directory with 10,000 organisations and the map with 2,000 seats, for visitors without an account.

Kept pages first, as visitors meet them, beside a bare view; then each made again, as after every change.
"""

import json

from bench import page, portal
from bench.table import Row

SEARCH = "/partners/?words=carers"
MAP = "/representation/"
ROUNDS = 5
ANEW = """
import json, time
from django.test import Client
from partnership.ui import page_cache
client = Client(headers={"host": "127.0.0.1"})
found = []
for number in range(%d):
    page_cache.cache.clear()
    begun = time.perf_counter()
    assert client.get("%s").status_code == 200
    if number:
        found.append(1000 * (time.perf_counter() - begun))
print(json.dumps(found))
"""


def measure(site: portal.Site) -> list[Row]:
    rows = []
    for what, address in [("directory search, first page", SEARCH), ("representation map", MAP)]:
        ours, limit = page.beside_bare(site, address)
        rows.append(Row(f"{what}, 8 at once", "answers/s", ours, limit, "bare view, one SELECT", "≥ 50 % of it"))
        said = site.manage("shell", "-v", "0", "-c", ANEW % (ROUNDS + 1, address)).splitlines()[-1]
        rows.append(Row(f"{what}, made anew", "ms", json.loads(said)))
    return rows
