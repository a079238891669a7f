"""10,000 organisations leave as a file, each with one cell changed comes back: rows a second, and memory.

Reading makes a preview that says which cells change; confirming imports it. Beside them stands PostgreSQL's own COPY
of as many rows of the same file into a bare table.
"""

import csv
import io
import json
import resource
import time

from bench import portal
from bench.table import Row

ROUNDS = 3


def measure(site: portal.Site) -> list[Row]:
    """Rows a second for each step, in three rounds, and the most memory the process ever held."""
    said = site.manage("shell", "-v", "0", "-c", "from bench import organisations; organisations.inside()")
    found = json.loads(said.strip().splitlines()[-1])
    limit = sorted(found["copy"])[ROUNDS // 2]
    rows = f"{found['rows']:,} organisations"
    return [
        Row(f"{rows}, file to preview", "rows/s", found["read"], limit, "COPY alone"),
        Row(f"{rows}, preview to directory", "rows/s", found["confirm"], limit, "COPY alone"),
        Row(f"{rows}, most memory beyond the start", "MiB", [found["memory"]]),
    ]


def inside() -> None:
    """Inside the portal: measures, and prints what it found as JSON."""
    from partnership.accounts.models import User  # Django is set up only in the process that `manage.py shell` is
    from partnership.partners.actions import directory_export, directory_import  # as above
    from partnership.partners.models import Partner  # as above

    staff = User.objects.get(email="bench.staff@example.org")
    found = {"read": [], "confirm": [], "copy": [], "rows": Partner.objects.count()}
    before = _most_memory()
    for number in range(ROUNDS):
        data = _changed(directory_export.export(Partner.objects.all(), "csv"), number)
        started = time.perf_counter()
        batch = directory_import.start(by=staff, filename="partners.csv", data=data)
        read = time.perf_counter()
        done = directory_import.confirm(batch=batch, by=staff)
        confirmed = time.perf_counter()
        if done != {"changed": found["rows"], "added": 0, "stayed": 0, "left_out": 0}:
            raise RuntimeError(f"{done} instead of {found['rows']} changed")
        found["read"].append(found["rows"] / (read - started))
        found["confirm"].append(found["rows"] / (confirmed - read))
        found["copy"].append(found["rows"] / _copy(data))
    found["memory"] = _most_memory() - before
    print(json.dumps(found))


def _changed(data: bytes, number: int) -> bytes:
    """The same file with another neighbourhood in every row."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    column = rows[0].index("Neighbourhoods")
    for row in rows[1:]:
        row[column] = f"Street {number}"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _copy(data: bytes) -> float:
    """Seconds in which PostgreSQL copies the file into a table of text columns, in a transaction that is undone."""
    from django.db import connection, transaction  # as above

    text = io.StringIO(data.decode("utf-8-sig"))
    columns = ", ".join(f"c{number} text" for number in range(len(next(csv.reader([text.readline()])))))
    text.seek(0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE measured ({columns}) ON COMMIT DROP")
        started = time.perf_counter()
        cursor.copy_expert("COPY measured FROM STDIN WITH (FORMAT csv, HEADER)", text)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds


def _most_memory() -> float:
    """Peak resident memory of this process so far, MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
