"""Uploaded files on the disk: kept under names of our own, and deleted when no row tells of them any more."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from uuid import uuid4

from django.apps import apps
from django.core.files import File
from django.core.files.storage import Storage
from django.db.models import FileField
from django.db.models.fields.files import FieldFile

from partnership import room
from partnership.refusals import Refusal

logger = logging.getLogger(__name__)
NO_ROOM = "There is no room to keep the file, so nothing is saved. Try again later, or ask the partnership’s staff"
# A file is written before its row is saved, and a transaction may take its time
KEPT_WITHOUT_A_ROW = timedelta(days=1)


def keep(into: FieldFile, file: File) -> None:
    """Writes a file that `UploadField` has recognised, and names it in the field of a row that is not saved yet.

    The name it was uploaded with is not kept anywhere. Raises Refusal, naming the field, when there is no room; nothing of
    the file stays then.
    """
    name = f"{uuid4().hex}.{file.kind.extension}"  # type: ignore[attr-defined]  # set when it was looked at
    try:
        into.save(name, file, save=False)
    except OSError as error:
        with suppress(OSError):  # what stays now, the clock deletes
            into.storage.delete(into.field.generate_filename(into.instance, name))
        if not room.is_full(error):
            raise
        logger.error("There is no room to keep an uploaded file: %s", error.strerror)  # noqa: TRY400 - the reason is known
        raise Refusal(NO_ROOM, into.field.name) from error


def digest_of(file: File) -> str:
    """Returns the SHA-256 of a file that was sent, read piece by piece; it can be read again from its beginning."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def delete_orphans(now: datetime) -> int:
    """Deletes files that no row has named for a day; returns how many. Their rows were never saved: a transaction failed,
    or a process was killed while it wrote.

    Where rows name none of the files, these belong to another database, and stay.
    """
    orphans: list[tuple[Storage, str]] = []
    named = 0
    for folder, fields in _by_folder().items():
        storage = fields[0].storage
        names = set(_names(storage, folder))
        known = _known(fields, names)
        named += len(known)
        old = (name for name in names - known if storage.get_modified_time(name) < now - KEPT_WITHOUT_A_ROW)
        orphans += [(storage, name) for name in old]
    if orphans and not named:
        logger.warning("No row names any of the uploaded files, so none is deleted: is this their database?")
        return 0
    for storage, name in orphans:
        storage.delete(name)
    return len(orphans)


def delete_unnamed(names: Iterable[str]) -> int:
    """Deletes those of the files that no row names any more, at once; returns how many."""
    deleted = 0
    for folder, fields in _by_folder().items():
        here = {name for name in names if str(PurePosixPath(name).parent) == folder}
        for name in here - set(_known_anywhere(here)):
            fields[0].storage.delete(name)
            deleted += 1
    return deleted


def _known_anywhere(names: set[str]) -> set[str]:
    """Those of the files that a row names, of whatever model: an appendix that is published is a document too."""
    return set().union(*(_known(fields, names) for fields in _by_folder().values()))


def _known(fields: list[FileField], names: set[str]) -> set[str]:
    """Those of the files that a row names."""
    rows = (
        field.model._base_manager.filter(**{f"{field.name}__in": names}).values_list(field.name, flat=True)  # noqa: SLF001 - documented
        for field in fields
        if names
    )
    return set().union(*rows)


def _by_folder() -> dict[str, list[FileField]]:
    """Every field of files that a model has, by the folder it writes to."""
    found: dict[str, list[FileField]] = {}
    for model in apps.get_models():
        for field in model._meta.local_fields:  # noqa: SLF001 - Django documents Model._meta
            if isinstance(field, FileField):
                found.setdefault(str(PurePosixPath(str(field.upload_to))), []).append(field)
    return found


def _names(storage: Storage, folder: str) -> Iterator[str]:
    try:
        _, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
