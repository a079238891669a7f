"""The register of decisions with 20,000 of them, for visitors without an account: the first page, the last, and a search by word.

Cached pages first, as visitors meet them, beside a bare view; then each made again, as after every change, and its SQL.
"""

import json

from bench import directory, page, portal
from bench.table import Row

PAGES = {
    "first page": "/decisions/",
    "last page": "/decisions/?page=400",
    "search by word": "/decisions/?words=carers",
    "one decision": "/decisions/1000/",
}


def measure(site: portal.Site) -> list[Row]:
    ours, limit = page.beside_bare(site, PAGES["search by word"])
    rows = [Row("decisions by word, 8 at once", "answers/s", ours, limit, "bare view, one SELECT", "≥ 50 % of it")]
    for what, address in PAGES.items():
        call = f"from bench import decisions; decisions.inside({address!r})"
        milliseconds, statements = json.loads(site.manage("shell", "-v", "0", "-c", call).splitlines()[-1])
        rows.append(Row(f"register of decisions, {what}, made again", "ms", milliseconds, aim="≤ 100"))
        rows.append(Row(f"SQL statements for it, {what}", "", [statements]))
    return rows


def inside(address: str) -> None:
    """Inside the portal: prints the milliseconds in which the page is made again, and its SQL statements, as JSON."""
    from django.db import connection  # Django is set up only in the process that `manage.py shell` is
    from django.test import Client  # as above
    from django.test.utils import CaptureQueriesContext  # as above

    from partnership.page_cache.middleware import cache  # as above

    found = directory.made_again(address)
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        Client(headers={"host": portal.HOST}).get(address)
    print(json.dumps([found, len(captured)]))
