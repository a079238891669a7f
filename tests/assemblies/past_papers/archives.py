"""Zips and folders of old papers, as people send them in, and imports of them that are read."""

import io
import zipfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from assemblies.past_papers.actions import file_reading, paper_import
from assemblies.past_papers.models import ImportedFile, PaperImport
from tests import factories as make
from tests import made_pdfs as made

AGENDA, MINUTES, PACK = made.words("An agenda"), made.words("Some minutes"), made.words("A pack", "of two pages")


def zip_of(files: dict[str, bytes], change=None) -> bytes:
    """A zip with these files; `change` gets it while it is open."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
        if change:
            change(archive)
    return out.getvalue()


def upload(data: bytes, name: str = "papers.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def start(files: dict[str, bytes], *, board=None, by=None, members_only: bool = False, **facts) -> PaperImport:
    """An import of a zip with these files that nobody has read yet."""
    return paper_import.start(
        board=board or make.BoardFactory(),
        by=by,
        files=[upload(zip_of(files, **facts))],
        members_only=members_only,
    )


def read(batch: PaperImport) -> PaperImport:
    """Reads all of an import, as a worker does, and returns it as it is then."""
    while file_reading.read_some(batch.pk):
        pass
    batch.refresh_from_db()
    assert not batch.is_being_read
    return batch


def imported(files: dict[str, bytes], **facts) -> PaperImport:
    """An import of a zip with these files, confirmed."""
    batch = read(start(files, **facts))
    paper_import.confirm(batch=batch, by=None)
    batch.refresh_from_db()
    return batch


def outcomes(batch: PaperImport) -> dict[str, tuple[str, str]]:
    """What happens to each file, and why."""
    return {row.path: (row.outcome, row.reason) for row in ImportedFile.objects.filter(batch=batch)}


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
