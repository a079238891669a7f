"""A file of organisations beside the directory: row by row what it changes, adds, or why it cannot be used.

Writes nothing. Partners are fetched a block of rows at a time, so that memory does not grow with the directory.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from partnership.files.limits import LONGEST_CELL, MOST_ROWS
from partnership.files.tables import Table
from partnership.files.text_table import TOO_MANY_ROWS, Rows
from partnership.partners import sheet
from partnership.partners.headings import KEY, heading, headings_named
from partnership.partners.models import DirectoryImportRow, Partner
from partnership.refusals import Refusal
from partnership.text import one_line, straight

AT_ONCE = 500
UNIQUE = ("name", "ods_code", "charity_number", "company_number")
NO_HEADINGS = (
    "We cannot find a row of headings: the first row must name the columns, as an export does, with “Name” or "
    f"“{KEY}” among them"
)
Outcome = DirectoryImportRow.Outcome


def below_headings(table: Table) -> tuple[Rows, dict[int, str], list[str]]:
    """Returns the rows below the headings, the heading of each column, and notes. Raises Refusal."""
    rows, notes = table.rows, list(table.notes)
    start = next((place for place, (_, row) in enumerate(rows[:25]) if headings_named(row)), None)
    if start is None:
        raise Refusal(NO_HEADINGS, "file")
    cells = rows[start][1]
    columns = {place: known for place, cell in enumerate(cells) if (known := heading(cell))}
    twice = [named for named, times in Counter(columns.values()).items() if times > 1]
    if twice:
        raise Refusal(f"Two columns are called “{twice[0]}”: remove one", "file")
    if len(rows) - start - 1 > MOST_ROWS:
        raise Refusal(TOO_MANY_ROWS, "file")
    unread = [cell for place, cell in enumerate(cells) if cell.strip() and place not in columns]
    if unread:
        notes.append(f"We do not read these columns: {', '.join(unread)[:200]}.")
    return rows[start + 1 :], columns, notes


def _key(text: str) -> str:
    """By what two names or numbers are the same, however they are spaced and written."""
    return straight(one_line(text)).casefold()


class Reader:
    """Compares rows with the directory, and remembers which names and numbers the rows before have taken."""

    def __init__(self, columns: dict[int, str], errors: Iterable[tuple[int, int]] = ()) -> None:
        self.columns = columns
        self.errors = set(errors)
        self.names = sheet.Names()
        self.seen: dict[int, int] = {}  # partner → the row that named it
        self.taken: dict[str, dict[str, int]] = {field: {} for field in UNIQUE}
        for pk, *values in Partner.objects.values_list("pk", *UNIQUE).iterator():
            for field, value in zip(UNIQUE, values, strict=True):
                if value:
                    self.taken[field][_key(value)] = pk

    def rows(self, rows: Rows) -> Iterator[DirectoryImportRow | None]:
        """Yields one for each row, not saved; None where the row says what the directory says."""
        for start in range(0, len(rows), AT_ONCE):
            block = [(number, self._cells(number, row)) for number, row in rows[start : start + AT_ONCE]]
            partners = self._fetch([cells for _, cells in block])
            for number, cells in block:
                if any(text.strip() for text in cells.values()):
                    yield self._row(number, cells, partners)

    def _cells(self, number: int, row: list[str]) -> dict[str, str]:
        """What a row says; a cell with an error of the spreadsheet says nothing, so it changes nothing."""
        row = row + [""] * (max(self.columns) + 1 - len(row))
        return {named: row[place] for place, named in self.columns.items() if (number, place) not in self.errors}

    def _fetch(self, block: list[dict[str, str]]) -> dict[object, Partner]:
        """The partners a block names, by their address and by their key."""
        slugs = [cells[KEY].strip().strip("/").rpartition("/")[2] for cells in block if cells.get(KEY)]
        pks = {self._known(cells) for cells in block if not cells.get(KEY, "").strip()} - {None}
        asked = [column.field for column in sheet.COLUMNS if column.is_many and column.heading in self.columns.values()]
        found = Partner.objects.current().prefetch_related(*asked)
        by_slug = {row.slug: row for row in found.filter(slug__in=slugs)}
        return by_slug | {row.pk: row for row in found.filter(pk__in=pks)}

    def _known(self, cells: dict[str, str]) -> int | None:
        """The partner a row without an address is about: the one of that name. Less than 0: a row before it."""
        return self.taken["name"].get(_key(cells.get("Name", "")))

    def _row(self, number: int, cells: dict[str, str], partners: dict) -> DirectoryImportRow | None:
        address = cells.get(KEY, "").strip().strip("/").rpartition("/")[2]
        name = one_line(cells.get("Name", ""))
        row = DirectoryImportRow(number=number, name=name[:200] or address[:200])
        partner = partners.get(address) if address else partners.get(self._known(cells))
        if partner is None and (address or self._known(cells)):
            return self._refuse(row, self._why_unknown(address, self._known(cells)))
        if partner and self.seen.setdefault(partner.pk, number) != number:
            return self._refuse(row, f"Row {self.seen[partner.pk]} is about the same organisation")
        row.partner, row.name = partner, partner.name if partner else row.name
        row.outcome = Outcome.CHANGE if partner else Outcome.ADD
        try:
            row.cells = [cell for column in sheet.COLUMNS if (cell := self._cell(column, cells, partner))]
            self._check_together(row, cells, partner)
        except ValidationError as error:
            return self._refuse(row, " ".join(error.messages))
        self._take(row, partner)
        return row if row.cells or not partner else None

    def _cell(self, column: sheet.Column, cells: dict[str, str], partner: Partner | None) -> list[str] | None:
        """Returns the field, what the directory says and what the file says; None where they are the same."""
        if column.heading not in cells:
            return None
        typed = cells[column.heading]
        old = sheet.written(partner, column, self.names) if partner else ""
        if partner and sheet.same(column, old, typed):
            return None
        if len(typed) > LONGEST_CELL:
            raise ValidationError(f"{column.heading} is too long")
        try:
            value, new = sheet.read(typed, column, self.names)
        except ValidationError as error:
            raise ValidationError(f"{column.heading}: {' '.join(error.messages)}") from error
        if column.field in UNIQUE and value:
            self._refuse_taken(column, str(value), partner)
        empty = new in ("", "no")
        return None if new == old or (partner is None and empty) else [column.field, old, new]

    def _refuse_taken(self, column: sheet.Column, value: str, partner: Partner | None) -> None:
        holder = self.taken[column.field].get(_key(value))
        if holder is None or (partner and holder == partner.pk):
            return
        if holder < 0:
            raise ValidationError(f"{column.heading}: row {-holder} has the same")
        other = Partner.objects.values_list("name", flat=True).get(pk=holder)
        raise ValidationError(f"{column.heading}: {other} already has that")

    def _check_together(self, row: DirectoryImportRow, cells: dict[str, str], partner: Partner | None) -> None:
        new = {field: said for field, _, said in row.cells}
        if partner is None and not new.get("name"):
            raise ValidationError("The name is missing")
        if partner is None and not new.get("kind"):
            raise ValidationError("The kind is missing: write it as the directory does, like “Council”")
        for field in ("email", "phone", "address"):
            value = new.get(field, getattr(partner, field) if partner else "")
            if new.get(f"{field}_is_public") == "yes" and not value:
                raise ValidationError(f"There is no {field} to show in public")

    def _take(self, row: DirectoryImportRow, partner: Partner | None) -> None:
        """A name or number one row gives up stays taken: the next file may use it."""
        for field, _, new in row.cells:
            if field in UNIQUE and new:
                self.taken[field][_key(new)] = partner.pk if partner else -row.number

    @staticmethod
    def _why_unknown(address: str, known: int | None) -> str:
        if address:
            return f"We do not know an organisation at “{address[:80]}”: leave that cell empty for a new one"
        if known is not None and known < 0:
            return f"Row {-known} has the same name"
        return "An organisation that was closed or merged has this name"

    @staticmethod
    def _refuse(row: DirectoryImportRow, why: str) -> DirectoryImportRow:
        row.outcome, row.partner, row.cells, row.reason = Outcome.REFUSE, None, [], why[:300]
        return row
