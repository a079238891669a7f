"""A file becomes a preview, refused rows are fixed, and one confirmation imports it into the list."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from assemblies.lists.actions.list_entry import Person, directory, entry_for, lock
from assemblies.lists.import_people.columns import heading_score
from assemblies.lists.import_people.found import Found
from assemblies.lists.import_people.kinds import plain
from assemblies.lists.import_people.people import Reading, read_people
from assemblies.lists.import_people.repeats import differ, may_be_one
from assemblies.lists.models import ImportFile, ImportRow, InvitationList, ListEntry, ListImport
from partnership import audit, states
from partnership.email_addresses import tidy_address, what_is_wrong
from partnership.files import previews, safely
from partnership.refusals import Refusal

ON_THE_LIST = "Already on the list"
State, Outcome = ListImport.State, ImportRow.Outcome
FILLED = ("organisation", "kind", "role")


@transaction.atomic
def start(*, invitation_list: InvitationList, by, filename: str, data: bytes) -> ListImport:
    """Reads a file and keeps what it holds as a preview; nothing joins the list. Returns the import.

    It replaces an earlier preview by the same person. Raises Refusal when the file cannot be read.
    """
    reading = _read(invitation_list, data)
    locked = lock(invitation_list)
    for earlier in locked.imports.filter(state=State.PREVIEW, uploaded_by=by):
        discard(batch=earlier, by=by)
    batch = ListImport(list=locked, filename=filename[:200], uploaded_by=by)
    _keep(batch, reading)
    ImportFile.objects.create(batch=batch, data=data, columns=reading.read_as)
    audit.record(by=by, verb="list.file_read", subject=locked, people=len(reading.people))
    return batch


@transaction.atomic
def read_again(*, batch: ListImport, by, chosen: dict[int, str] | None = None, sheet: str | None = None) -> ListImport:
    """Reads the file of a preview again, its columns as the person says, or another sheet of it; returns the import. Still
    nothing is saved.

    Rows of the same sheet that were fixed by hand stay fixed. Raises Refusal, naming the column's field, for choices that
    cannot be, and for a file that is imported or discarded.
    """
    batch, file = previews.to_read_again(batch)
    reading = _read(batch.list, bytes(file.data), chosen, batch.sheet if sheet is None else sheet)
    fixed = list(batch.rows.filter(corrected=True)) if sheet in {None, batch.sheet} else []
    batch.rows.all().delete()
    _keep(batch, reading)
    file.columns = reading.read_as
    file.save(update_fields=["columns"])
    for row in fixed:
        _fix_again(batch, row)
    audit.record(by=by, verb="list.file_read_again", subject=batch.list, people=len(reading.people))
    return batch


def _read(
    invitation_list: InvitationList, data: bytes, chosen: dict[int, str] | None = None, sheet: str = ""
) -> Reading:
    others = InvitationList.objects.filter(meeting=invitation_list.meeting_id).exclude(pk=invitation_list.pk)
    table = safely.read_table(data, heading_score, sheet=sheet)
    return read_people(table, chosen, others.values_list("place__name", flat=True) if chosen else ())


def _keep(batch: ListImport, reading: Reading) -> None:
    """Saves the preview: what was read, a row for each person, and nobody on the list."""
    batch.columns = {
        "columns": reading.columns,
        "skipped": reading.skipped,
        "notes": reading.notes,
        "sheet": reading.sheet,
        "others": reading.others,
    }
    batch.save()
    listed = list(batch.list.entries.values_list("email", "name", "organisation"))
    there, partners = {email for email, *_ in listed}, directory()
    rows = [_row(batch, found, there, partners) for found in reading.people]
    _say_who_comes_twice(rows, listed, {(found.number, found.part) for found in reading.people if found.name_guessed})
    ImportRow.objects.bulk_create(rows, batch_size=2000)


def _say_who_comes_twice(
    rows: list[ImportRow], listed: list[tuple[str, str, str]], guessed: set[tuple[int, int]]
) -> None:
    """Adds a hint to each person who would get two invitations, because they are named with another address."""
    known: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for email, name, organisation in listed:
        known[plain(name)].append((email, organisation, "is on the list"))
    for row in rows:
        if row.outcome != Outcome.ADD or (row.number, row.part) in guessed or not plain(row.name):
            continue
        same = known[plain(row.name)]
        for email, organisation, where in same:
            if email != row.email and may_be_one(row.organisation, organisation):
                hint = f"{row.name} {where} as {email}: if this is the same person, they get two invitations"
                row.reason = f"{row.reason}. {hint}"[:300] if row.reason else hint[:300]
                break
        same.append((row.email, row.organisation, f"is in row {row.number}"))


def _fix_again(batch: ListImport, row: ImportRow) -> None:
    """Applies what somebody typed for a row to the new reading of it, unless it no longer fits."""
    read = batch.rows.filter(number=row.number, part=row.part).first()
    if read:
        with suppress(Refusal):
            _fix(batch, read, Person(row.email, row.name, row.organisation, row.kind, row.role))


def _row(batch: ListImport, found: Found, there: set[str], partners) -> ImportRow:
    outcome, reason = found.outcome, found.reason
    if outcome == Outcome.ADD and found.email in there:
        outcome, reason = Outcome.MERGE, ON_THE_LIST
    partner = partners.find(found.organisation)
    return ImportRow(
        batch=batch,
        number=found.number,
        part=found.part,
        outcome=outcome,
        reason=reason[:300],
        email=found.email,
        name=found.name,
        organisation=found.organisation,
        kind=partner.kind if partner else found.kind,
        role=found.role,
    )


@transaction.atomic
def correct(*, row: ImportRow, by, person: Person) -> ImportRow:
    """Corrects a row of a preview and returns it, with the outcome it now has. Raises Refusal, by field, while it
    cannot be used.

    A refused row of a file that is imported already can still be corrected: that person joins the list at once.
    """
    batch = previews.lock(row.batch)
    row = batch.rows.filter(pk=row.pk).first()
    if row is None or batch.state == State.DISCARDED:
        raise Refusal("This row has already been discarded.")
    if batch.state == State.PREVIEW:
        return _fix(batch, row, person)
    if row.outcome != Outcome.REFUSE:
        raise Refusal("This row is already imported. Change the person on the list.")
    locked = lock(batch.list)
    row = _fix(batch, row, person)
    there = {entry.email: entry for entry in locked.entries.filter(email=row.email)}
    joined = _join(locked, [row], there, by)
    filled = _fill(there, [row])
    audit.record(by=by, verb="list.row_corrected", subject=locked, people=joined, completed=filled)
    return row


def _fix(batch: ListImport, row: ImportRow, person: Person) -> ImportRow:
    email = tidy_address(person.email).lower()
    if wrong := what_is_wrong(email):
        raise Refusal(wrong, field="email")
    row.outcome, row.reason = Outcome.ADD, ""
    if batch.list.entries.filter(email=email).exists():
        row.outcome, row.reason = Outcome.MERGE, ON_THE_LIST
    elif other := batch.rows.filter(email=email, outcome=Outcome.ADD).exclude(pk=row.pk).first():
        if differ(other.name, person.name):
            raise Refusal(f"Row {other.number} has this address for {other.name}: each person needs their own", "email")
        row.outcome, row.reason = Outcome.MERGE, f"The same address as row {other.number}"
    row.email, row.name, row.organisation, row.role = email, person.name, person.organisation, person.role
    partner = directory().find(person.organisation)
    row.kind = partner.kind if partner else person.kind
    row.corrected = True
    row.save()
    return row


@transaction.atomic
def confirm(*, batch: ListImport, by, seen: str | None = None) -> int:
    """Imports the preview into the list and returns how many people joined it; 0 when it is confirmed already.

    People on the list already keep what it says of them; what it does not say is filled in from the file. Raises Refusal where
    the file was read again since `seen`.
    """
    batch = previews.to_confirm(batch, seen)
    if batch is None:
        return 0
    locked = lock(batch.list)
    there = {entry.email: entry for entry in locked.entries.all()}
    rows = list(batch.rows.exclude(outcome=Outcome.REFUSE))
    joined = _join(locked, (row for row in rows if row.outcome == Outcome.ADD), there, by)
    filled = _fill(there, rows)
    previews.confirm(batch)
    refused = batch.rows.filter(outcome=Outcome.REFUSE).count()
    audit.record(by=by, verb="list.imported", subject=locked, people=joined, completed=filled, left_out=refused)
    return joined


@transaction.atomic
def leave_out(*, batch: ListImport, by) -> int:
    """Deletes the refused rows of a file that is imported, and returns how many: nobody wants to correct them."""
    batch = previews.lock(batch)
    if batch.state != State.CONFIRMED:
        raise Refusal("This file is not imported yet.")
    count, _ = batch.rows.filter(outcome=Outcome.REFUSE).delete()
    if count:
        audit.record(by=by, verb="list.rows_discarded", subject=batch.list, deleted=count)
    return count


def discard(*, batch: ListImport, by) -> ListImport:
    """Deletes a preview and everybody in it; the list stays as it is. Raises Refusal when it is confirmed."""
    return previews.discard(batch, lambda gone: audit.record(by=by, verb="list.file_discarded", subject=gone.list))


def _join(invitation_list: InvitationList, rows: Iterable[ImportRow], there: dict[str, ListEntry], by) -> int:
    partners, source = directory(), ListEntry.Source.IMPORT
    new = {
        row.email: entry_for(
            invitation_list,
            Person(row.email, row.name, row.organisation, row.kind, row.role),
            source=source,
            by=by,
            partners=partners,
        )
        for row in rows
        if row.email not in there
    }
    ListEntry.objects.bulk_create(new.values(), batch_size=2000)
    return len(new)


def _fill(there: dict[str, ListEntry], rows: Iterable[ImportRow]) -> int:
    changed = {}
    for row in rows:
        entry = there.get(row.email)
        if entry is None:
            continue
        for what in FILLED:
            if not getattr(entry, what) and getattr(row, what):
                setattr(entry, what, getattr(row, what))
                changed[entry.pk] = entry
    ListEntry.objects.bulk_update(changed.values(), FILLED, batch_size=500)
    return len(changed)


@transaction.atomic
def delete_old_rows(now: datetime) -> int:
    """Deletes the rows of files that were read 30 days ago, imported or not; returns how many."""
    old = ListImport.objects.filter(uploaded_at__lt=now - timedelta(days=settings.NEEDS_KEPT_DAYS))
    ImportFile.objects.filter(batch__in=old).delete()
    count, _ = ImportRow.objects.filter(batch__in=old).delete()
    left = old.filter(state=ListImport.State.PREVIEW)
    for batch in left.select_related("list"):
        audit.record(by=None, verb="import.expired", subject=batch.list, file=batch.pk)
    states.move_all(left, ListImport.State.DISCARDED)
    return count
