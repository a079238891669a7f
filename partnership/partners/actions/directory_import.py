"""A file of organisations becomes a preview, cell by cell; one confirmation imports it into the directory."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from partnership import audit
from partnership.files import previews, safely
from partnership.files.tables import Table
from partnership.partners import sheet
from partnership.partners.actions.partner import free_slug
from partnership.partners.headings import headings_named
from partnership.partners.import_reading import Reader, below_headings
from partnership.partners.models import DirectoryImport, DirectoryImportFile, DirectoryImportRow, Partner
from partnership.refusals import Refusal

AT_ONCE = 500
KEPT = timedelta(days=1)  # how long a preview waits to be confirmed
State, Outcome = DirectoryImport.State, DirectoryImportRow.Outcome
CHANGED_SINCE = "Someone changed this cell after the file was read, so we did not change it"


@transaction.atomic
def start(*, by, filename: str, data: bytes) -> DirectoryImport:
    """Reads a file and keeps what it would change as a preview; nothing in the directory changes. Returns the import.

    It replaces an earlier preview by the same person. Raises Refusal when the file cannot be read.
    """
    batch = DirectoryImport(filename=filename[:200], uploaded_by=by)
    table = _read(data)
    for earlier in DirectoryImport.objects.filter(state=State.PREVIEW, uploaded_by=by):
        discard(batch=earlier, by=by)
    rows = _keep(batch, table)
    if table.others:
        DirectoryImportFile.objects.create(batch=batch, data=data)
    audit.record(by=by, verb="partners.file_read", subject=batch, rows=rows)
    return batch


@transaction.atomic
def read_again(*, batch: DirectoryImport, by, sheet: str) -> DirectoryImport:
    """Reads another sheet of the workbook that is previewed; returns the import. Still nothing in the directory changes.

    Raises Refusal for a sheet that cannot be read, and for a file that is imported or discarded.
    """
    batch, file = previews.to_read_again(batch)
    table = _read(bytes(file.data), sheet)
    batch.rows.all().delete()
    rows = _keep(batch, table)
    audit.record(by=by, verb="partners.file_read_again", subject=batch, rows=rows)
    return batch


def _read(data: bytes, sheet: str = "") -> Table:
    return safely.read_table(data, headings_named, long_cells=True, sheet=sheet)


def _keep(batch: DirectoryImport, table: Table) -> int:
    """Saves the preview: a row for each that is not as the directory has it. Returns how many were read; raises Refusal."""
    rows, columns, batch.notes = below_headings(table)
    batch.sheet, batch.other_sheets, batch.unchanged = table.sheet, table.others, 0
    batch.save()
    found = Reader(columns, table.errors).rows(rows)
    while block := list(islice(found, AT_ONCE)):
        kept = [row for row in block if row]
        batch.unchanged += len(block) - len(kept)
        for row in kept:
            row.batch = batch
        DirectoryImportRow.objects.bulk_create(kept)
    batch.save(update_fields=["unchanged"])
    return len(rows)


@transaction.atomic
def confirm(*, batch: DirectoryImport, by, seen: str | None = None) -> dict[str, int]:
    """Imports the preview: returns how many organisations were changed and added, how many cells stayed and how many
    rows were left out.

    A cell somebody changed since the file was read stays as they left it, and its row says so. All are 0 when it is
    confirmed already. Raises Refusal where a name or number was taken since, or the file was read again since `seen`.
    """
    done = {"changed": 0, "added": 0, "stayed": 0, "left_out": 0}
    locked = previews.to_confirm(batch, seen)
    if locked is None:
        return done
    names = sheet.Names()
    try:
        with transaction.atomic():
            for rows in _blocks(batch, Outcome.CHANGE):
                changed, stayed = _change(rows, names)
                done["changed"] += changed
                done["stayed"] += stayed
            taken = set(Partner.objects.values_list("slug", flat=True))
            for rows in _blocks(batch, Outcome.ADD):
                done["added"] += _add(rows, names, taken, by)
    except ValidationError as error:
        raise Refusal(
            "A group of people or a place in this file has been renamed or removed since it was read. Upload it again."
        ) from error
    except IntegrityError as error:
        raise Refusal(
            "A name or number in this file has been given to another organisation since it was read. Upload it again."
        ) from error
    previews.confirm(locked)
    done["left_out"] = locked.rows.filter(outcome=Outcome.REFUSE).count()
    audit.record(by=by, verb="partners.imported", subject=locked, **done)
    return done


def discard(*, batch: DirectoryImport, by) -> DirectoryImport:
    """Deletes a preview; the directory stays as it is. Discarded already, nothing happens. Raises Refusal when
    confirmed."""
    return previews.discard(batch, lambda gone: audit.record(by=by, verb="partners.file_discarded", subject=gone))


def expire(now: datetime | None = None) -> int:
    """Deletes the rows of previews that nobody confirmed for a day; returns how many. Safe at any time, and twice."""
    return previews.expire(DirectoryImport.objects.all(), (now or timezone.now()) - KEPT, _record_expired)


def _record_expired(batch: DirectoryImport, count: int) -> None:
    audit.record(by=None, verb="partners.file_expired", subject=batch, deleted=count)


def _blocks(batch: DirectoryImport, outcome: str) -> Iterator[list[DirectoryImportRow]]:
    found = batch.rows.filter(outcome=outcome).order_by("number")
    last = 0
    while rows := list(found.filter(number__gt=last)[:AT_ONCE]):
        yield rows
        last = rows[-1].number


def _change(rows: list[DirectoryImportRow], names: sheet.Names) -> tuple[int, int]:
    """Changes the partners of a block; returns how many, and how many cells stayed as somebody left them."""
    locked = (
        Partner.objects.select_for_update(of=("self",)).filter(pk__in=[row.partner_id for row in rows]).order_by("pk")
    )
    also = {field for row in rows for field, _, _ in row.cells if sheet.BY_FIELD[field].is_many}
    partners = {partner.pk: partner for partner in locked.prefetch_related(*also)}
    changed, fields, stayed = {}, set(), 0
    many: dict[str, dict[int, list[int]]] = {"groups": {}, "places": {}}
    for row in rows:
        partner = partners.get(row.partner_id)
        for field, old, new in row.cells:
            column = sheet.BY_FIELD[field]
            if partner is None or sheet.written(partner, column, names) != old:
                stayed += 1
                row.reason = CHANGED_SINCE
                continue
            value, _ = sheet.read(new, column, names)
            changed[partner.pk] = partner
            if column.is_many:
                many[field][partner.pk] = value  # type: ignore[assignment]  # a column of many gives numbers
            else:
                fields.add(field)
                setattr(partner, field, value)
    for partner in changed.values():
        partner.revision += 1
    Partner.objects.bulk_update(changed.values(), ["revision", *sorted(fields)])
    for field, wanted in many.items():
        _set_many(field, wanted, list(names.of[field]))
    DirectoryImportRow.objects.bulk_update([row for row in rows if row.reason], ["reason"])
    return len(changed), stayed


def _add(rows: list[DirectoryImportRow], names: sheet.Names, taken: set[str], by) -> int:
    """Adds the partners of a block, each under an address of its own; returns how many."""
    many: dict[str, dict[int, list[int]]] = {"groups": {}, "places": {}}
    new = []
    for row in rows:
        values = {field: sheet.read(said, sheet.BY_FIELD[field], names)[0] for field, _, said in row.cells}
        facts = {field: value for field, value in values.items() if not sheet.BY_FIELD[field].is_many}
        slug = free_slug(facts["name"], taken)  # type: ignore[arg-type]  # a name is text
        taken.add(slug)
        new.append((row, values, Partner(slug=slug, added_by=by, **facts)))
    Partner.objects.bulk_create(partner for *_, partner in new)
    for row, values, partner in new:
        row.partner = partner
        for field, wanted in many.items():
            if field in values:
                wanted[partner.pk] = values[field]  # type: ignore[assignment]  # the same
    for field, wanted in many.items():
        _set_many(field, wanted, list(names.of[field]))
    DirectoryImportRow.objects.bulk_update([row for row, *_ in new], ["partner"])
    return len(new)


def _set_many(field: str, wanted: dict[int, list[int]], known: list[int]) -> None:
    """Sets the groups or today's places of many partners at once; past places stay."""
    if not wanted:
        return
    through = getattr(Partner, field).through
    other = "peoplegroup" if field == "groups" else "place"
    through.objects.filter(partner__in=wanted, **{f"{other}__in": known}).delete()
    through.objects.bulk_create(
        through(partner_id=partner, **{f"{other}_id": pk}) for partner, pks in wanted.items() for pk in pks
    )
