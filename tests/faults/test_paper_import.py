"""An import of past papers is read once, whatever dies while it is read, and leaves nothing on the disk that no row names."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from assemblies.past_papers.actions import paper_import
from assemblies.past_papers.models import ImportedFile, PaperImport, PastPaper
from partnership.files import storing, work_folder
from tests import made_pdfs
from tests.assemblies.past_papers.archives import start
from tests.faults.harness import portal, sink, valkey, wait_until
from tests.faults.pace import AT_ONCE, CAUGHT_UP, PATIENCE, SCALED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, PATIENCE]
DAYS = range(1, 29)
FILES = {f"2016-{month:02}-{day:02} Agenda.pdf": f"Agenda {month} {day}" for month in (3, 4, 5) for day in DAYS}


def progress() -> int:
    """How far workers have come: times they began with a file, and files that are read."""
    rows = ImportedFile.objects.all()
    return sum(rows.values_list("attempts", flat=True)) + rows.exclude(outcome="waiting").count()


def on_the_disk(media: Path) -> set[str]:
    return {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()}


def test_import_is_read_once_although_its_worker_is_killed(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    work = tmp_path / "work"
    work.mkdir()
    batch = start({path: made_pdfs.words(said) for path, said in FILES.items()})
    more = SCALED | {"VAR_DIR": tmp_path, "TMPDIR": work}
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path, **more) as them:
        them.beat()
        worker = them.worker(AT_ONCE)
        wait_until(lambda: progress() > 20, seconds=CAUGHT_UP + 15, what="the second files")
        time.sleep(0.2)
        worker.kill()
        batch.refresh_from_db()
        assert batch.is_being_read, "the kill has to hurt"
        PaperImport.objects.update(lease_until=timezone.now())  # two minutes go by
        worker.start()
        wait_until(lambda: not PaperImport.objects.get().is_being_read, seconds=CAUGHT_UP + 60, what="the last file")
    assert set(ImportedFile.objects.values_list("path", "outcome")) == {(path, "ready") for path in FILES}
    assert paper_import.confirm(batch=batch, by=None) == len(FILES)
    storing.delete_orphans(timezone.now() + timedelta(days=2))
    assert on_the_disk(settings.MEDIA_ROOT) == set(PastPaper.objects.values_list("file", flat=True))
    for folder in work.glob(f"{work_folder.PREFIX}*"):
        os.utime(folder, (0, 0))  # an hour goes by
    work_folder._delete_left_over(work)
    assert not list(work.glob(f"{work_folder.PREFIX}*"))
