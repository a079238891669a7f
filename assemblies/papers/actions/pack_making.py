"""A worker makes the packs that wait, one after the other; when it is killed, another begins again with its lease."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone

from assemblies.papers.gathering import gather
from assemblies.papers.models import MeetingPack, PackFile, PackPart
from assemblies.papers.pack import build
from assemblies.papers.pack.layout import STEPS
from assemblies.papers.pack.parts import Built, Pack
from partnership import leasing, room, states
from partnership.files.storing import NO_ROOM
from partnership.files.work_folder import work_folder
from partnership.one_by_one import one_by_one
from partnership.refusals import Refusal

logger = logging.getLogger(__name__)
State = MeetingPack.State
PAGES = ("first_page", "last_page", "first_closed_page", "last_closed_page")
MOST_ATTEMPTS = 3  # of a pack during which workers die, or that fails for a reason nobody thought of
BROKEN = "Something went wrong while we made it. Try again, and if that does not help tell whoever runs the portal"


def make_waiting(now: datetime | None = None) -> int:
    """Makes every pack that waits and that no other worker has; returns how many are ready then.

    A supplement waits for what it goes on after. One that cannot be made says why, and the others go on.
    """
    return one_by_one(_taken(now), _make, "Pack")


def _taken(now: datetime | None) -> Iterator[int]:
    while pack_id := leasing.take(MeetingPack.objects, now or timezone.now()):
        yield pack_id


def _make(pack_id: int) -> int:
    pack = MeetingPack.objects.select_related("meeting").get(pk=pack_id)
    attempts = pack.attempts + 1
    MeetingPack.objects.filter(pk=pack.pk).update(attempts=attempts, steps=0)
    if attempts > MOST_ATTEMPTS:
        return _fail(pack, BROKEN)
    try:
        with _held(pack), work_folder() as folder:
            return _finish(pack, _files(pack, folder))
    except Refusal as refusal:
        return _fail(pack, refusal.message)
    except OSError as error:
        if not room.is_full(error):
            raise
        return _fail(pack, NO_ROOM)


@contextmanager
def _held(pack: MeetingPack) -> Iterator[None]:
    """Renews the lease while the work goes on: that of a worker that is killed ends within a minute."""
    over = Event()

    def renew() -> None:
        try:
            while not over.wait(leasing.lease().total_seconds() / 3):
                MeetingPack.objects.filter(pk=pack.pk).update(lease_until=timezone.now() + leasing.lease())
        finally:
            connection.close()

    renewing = Thread(target=renew, daemon=True)
    renewing.start()
    try:
        yield
    finally:
        over.set()
        renewing.join()


def _files(pack: MeetingPack, folder: Path) -> list[PackFile]:
    """The file of the public, and that of members where there is a closed part."""
    whole = gather(pack, folder)
    editions = [(False, whole.public), (True, whole)] if whole.closed_items else [(False, whole)]
    return [_file(pack, edition, folder, for_members) for for_members, edition in editions]


def _file(pack: MeetingPack, edition: Pack, folder: Path, for_members: bool) -> PackFile:
    """The file as it was made before, of the same content; made now where there is none."""
    own = pack.files.filter(for_members=for_members, edition=pack.edition).first()
    if own:  # of a worker that was killed before it made the other
        return own
    prepared = build.prepare(edition)
    done_before = len(STEPS) * pack.files.filter(edition=pack.edition).count()

    def tell(done: int, of: int, words: str) -> None:
        waiting = MeetingPack.objects.filter(pk=pack.pk, state=State.WAITING, edition=pack.edition)
        waiting.update(steps=done_before + done)

    same = PackFile.objects.filter(key=prepared.key).exclude(file="").first()
    if same and same.file.storage.exists(same.file.name):
        tell(len(STEPS), len(STEPS), STEPS[-1])
        facts = {name: getattr(same, name) for name in ("key", "sha256", "size", "pages", "strict", "facts")}
        return _kept(PackFile(pack=pack, edition=pack.edition, for_members=for_members, file=same.file.name, **facts))
    built = build.build(prepared, folder, progress=tell)
    row = PackFile(
        pack=pack,
        edition=pack.edition,
        for_members=for_members,
        key=built.key,
        sha256=built.sha256,
        size=built.path.stat().st_size,
        pages=built.pages,
        strict=built.strict,
        facts=_facts(built) | {"gone": edition.gone},
    )
    with built.path.open("rb") as made:
        row.file.save(f"{uuid4().hex}.pdf", File(made), save=False)
    built.path.unlink()
    kept = _kept(row)
    if kept.pk is None:
        row.file.delete(save=False)
    return kept


def _facts(built: Built) -> dict:
    positions = {key: [position.number, position.sheet] for key, position in built.positions.items()}
    return {name: getattr(built, name) for name in PAGES} | {"positions": positions}


def _kept(row: PackFile) -> PackFile:
    """The row, or that of a worker that was quicker: its file stays, and ours goes with the next sweep of files. Not saved where
    a paper in it was withdrawn meanwhile."""
    row.made_at = timezone.now()
    with transaction.atomic():
        pack = MeetingPack.objects.select_for_update().get(pk=row.pack_id)
        other = PackFile.objects.filter(pack=pack, for_members=row.for_members, edition=row.edition).first()
        if other is None and pack.edition == row.edition:
            row.save()
    return other or row


@transaction.atomic
def _finish(pack: MeetingPack, files: list[PackFile]) -> int:
    """Says that it is ready, and on which page each part begins: the page that it had in the first edition."""
    locked = MeetingPack.objects.select_for_update().get(pk=pack.pk)
    if locked.edition != pack.edition:
        MeetingPack.objects.filter(pk=pack.pk, state=State.WAITING).update(lease_until=None)
        return 0
    if locked.state != State.WAITING:
        return 0
    facts = files[-1].facts  # the members', where there are two, holds both parts
    pages = {name: facts[name] for name in PAGES} if locked.last_page is None else {}
    parts = list(locked.parts.all())
    for part in parts:
        page, part.sheet = facts["positions"].get(part.key, ("", None))
        part.page = part.page or page
    PackPart.objects.bulk_update(parts, ["page", "sheet"])
    states.move(locked, State.READY, ready_at=timezone.now(), lease_until=None, **pages)
    return 1


def _fail(pack: MeetingPack, because: str) -> int:
    edition = pack.edition
    pack.refresh_from_db()
    if pack.state == State.WAITING and pack.edition == edition:
        states.move(pack, State.FAILED, failed_because=because, lease_until=None)
        logger.warning("A pack could not be made: %s", because)
    return 0
