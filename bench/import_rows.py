"""Seconds for a file of 10,000 people: from its bytes to the preview saved, and from "confirm" to the list saved.

Beside the preview stands what openpyxl, or Python's csv, takes to read the same cells and PostgreSQL to store as many
rows; beside the confirmation, PostgreSQL copying as many rows from table to table.
"""

import csv
import io
import json
import time

from bench import portal
from bench.table import Row

PEOPLE = 10_000
ROUNDS = 3
HEADINGS = ["Name", "E-mail address", "Organisation", "Job title", "Type", "Telephone"]
AIMS = {"xlsx": "≤ 5", "csv": "≤ 5"}


def measure(site: portal.Site) -> list[Row]:
    """Seconds for each kind of file and step, in three rounds."""
    said = site.manage("shell", "-v", "0", "-c", "from bench import import_rows; import_rows.inside()")
    found = json.loads(said.strip().splitlines()[-1])
    rows = []
    for kind, reader in (("xlsx", "openpyxl"), ("csv", "csv")):
        limit, name = sorted(found[f"{kind} limit"])[ROUNDS // 2], kind.upper()
        words = f"10,000 rows of {name}, file to preview"
        rows.append(Row(words, "s", found[kind], limit, f"{reader} and INSERT alone", AIMS[kind]))
    limit = sorted(found["confirm limit"])[ROUNDS // 2]
    rows.append(Row("10,000 people, preview to list", "s", found["confirm"], limit, "INSERT … SELECT alone", "≤ 5"))
    return rows


def people() -> list[list[str]]:
    """Headings and rows, no two people alike, 400 organisations."""
    return [HEADINGS] + [
        [
            f"First{n} Last{n}",
            f" Person.{n}@Example{n % 400}.org",
            f"Organisation {n % 400} Community Trust",
            "Manager",
            "Charity",
            f"0113 496 {n:05}",
        ]
        for n in range(PEOPLE)
    ]


def files() -> dict[str, bytes]:
    """The same people as XLSX, and as CSV with semicolons in Windows-1252."""
    from openpyxl import Workbook  # only the measured process reads workbooks

    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for row in people():
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    text = "\r\n".join(";".join(row) for row in people())
    return {"xlsx": out.getvalue(), "csv": text.encode("cp1252")}


def inside() -> None:
    """Inside the portal: measures and prints the seconds as JSON."""
    from assemblies.lists.actions import list_import  # Django is set up only in the process that `manage.py shell` is

    found = {"xlsx": [], "csv": [], "confirm": [], "xlsx limit": [], "csv limit": [], "confirm limit": []}
    listed = _a_list()
    for _ in range(ROUNDS):
        for kind, data in files().items():
            found[f"{kind} limit"].append(_seconds(lambda data=data, kind=kind: _limit(kind, data)))
            started = time.monotonic()
            batch = list_import.start(invitation_list=listed, by=None, filename=f"people.{kind}", data=data)
            found[kind].append(time.monotonic() - started)
        found["confirm limit"].append(_seconds(lambda batch=batch: _copy(batch, listed)))
        found["confirm"].append(_seconds(lambda batch=batch: list_import.confirm(batch=batch, by=None)))
        if listed.entries.count() != PEOPLE:
            raise RuntimeError(f"{listed.entries.count()} people on the list")
        listed.entries.all().delete()
    print(json.dumps(found))


def _seconds(work) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _a_list():
    from assemblies.lists.models import InvitationList  # as above
    from assemblies.meetings.models import Meeting  # as above
    from places.footprint.models import Place  # as above

    meeting = Meeting.objects.upcoming().filter(state="published").first()
    place = Place.objects.create(name="Measured", slug="measured", system="Measured")
    return InvitationList.objects.create(meeting=meeting, place=place)


def _limit(kind: str, data: bytes) -> None:
    """Reads every cell and stores as many rows as there are, in a transaction that is undone."""
    from django.db import connection, transaction  # as above
    from openpyxl import load_workbook  # as above

    if kind == "xlsx":
        rows = list(load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True))
    else:
        rows = list(csv.reader(io.StringIO(data.decode("cp1252")), delimiter=";"))
    values = [(row[1], row[0], row[2], row[3]) for row in rows[1:]]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE measured (email text, name text, organisation text, role text) ON COMMIT DROP"
        )
        for start in range(0, len(values), 2000):
            some = values[start : start + 2000]
            places = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            cursor.execute(f"INSERT INTO measured VALUES {places}", [cell for row in some for cell in row])


def _copy(batch, listed) -> None:
    """Copies as many rows into the list's table, in a transaction that is undone."""
    from django.db import connection, transaction  # as above

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lists_listentry (list_id, email, name, organisation, kind, role, source, added_at, revision)"
            " SELECT %s, email, name, organisation, kind, role, 'import', now(), 0 FROM lists_importrow"
            " WHERE batch_id = %s",
            [listed.pk, batch.pk],
        )
        transaction.set_rollback(True)


if __name__ == "__main__":
    with portal.running() as site:
        for row in measure(site):
            print(row.work, [round(run, 2) for run in row.runs], row.unit, "limit", round(row.limit, 2))
