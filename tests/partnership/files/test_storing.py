"""An upload that finds no room is said in words, and no file stays that no row tells of."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assemblies.papers.models import Document
from partnership import retention
from partnership.files import kinds, storing
from partnership.files.limits import MEGABYTE
from partnership.posts.models import Application, Post
from partnership.refusals import Refusal
from tests import factories as make
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@contextmanager
def no_room_beyond(most: int) -> Iterator[None]:
    """The system itself refuses to write a file of more bytes than this, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def sent(megabytes: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("slides.pdf", PDF + b" " * megabytes * MEGABYTE)


def upload(client, meeting, megabytes: int):
    form = {"title": "The chair’s slides", "kind": "slides", "file": sent(megabytes)}
    with no_room_beyond(MEGABYTE):
        return client.post(f"/meetings/{meeting.slug}/manage/documents/add/", form)


def test_document_that_finds_no_room_is_said_and_leaves_nothing(client, media):
    sign_in(client, make.StaffFactory())
    response = upload(client, make.MeetingFactory(), 2)
    assert response.status_code == 200
    assert "There is no room to keep the file, so nothing is saved" in response.text
    assert 'value="The chair’s slides"' in response.text
    assert (files_in(media), Document.objects.count()) == ([], 0)


def test_upload_that_finds_no_room_on_its_way_in_is_said(client, media):
    client.raise_request_exception = False
    sign_in(client, make.StaffFactory())
    response = upload(client, make.MeetingFactory(), 3)  # written to the disk before anybody looks at it
    assert response.status_code == 507
    assert "there is no room to save this" in response.text
    assert (files_in(media), Document.objects.count()) == ([], 0)


def test_cv_that_finds_no_room_is_said_to_the_applicant(client, media):
    post = make.PostFactory(state=Post.State.ADVERTISED)
    form = {"name": "Ann Hill", "email": "ann@example.org", "statement": "I chair well.", "cv": sent(2)}
    with no_room_beyond(MEGABYTE):
        response = client.post(f"/posts/{post.slug}/apply/", form)
    assert "There is no room to keep the file, so nothing is saved" in response.text
    assert (files_in(media), Application.objects.count()) == ([], 0)


def test_file_that_cannot_be_written_for_another_reason_is_an_error(media):
    media.mkdir()
    (media / "documents").write_text("a file where a folder should be")
    file = sent(0)
    file.kind = kinds.PDF
    with pytest.raises(FileExistsError):
        storing.keep(Document().file, file)


def written(name: str, hours: int) -> Path:
    """A file that was written so many hours ago, and that no row tells of."""
    path = Path(portal_settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PDF)
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))
    return path


def test_clock_deletes_files_without_a_row_after_a_day():
    kept = written(make.DocumentFactory(file="documents/kept.pdf").file.name, 10_000)
    old = [written(f"{folder}/old.pdf", 25) for folder in ("documents", "applications", "posts", "terms")]
    new = written("documents/new.pdf", 23)
    ours = written("elsewhere/old.pdf", 25)
    assert retention.every_hour(timezone.now())["files_without_a_row"] == 4
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in (kept, new, ours))


def test_file_goes_only_where_its_row_is_gone():
    make.DocumentFactory(file="documents/stays.pdf")
    stays = written("documents/stays.pdf", 25)
    document = make.DocumentFactory(file="documents/kept.pdf")
    path = written("documents/kept.pdf", 25)
    assert storing.delete_orphans(timezone.now()) == 0
    document.delete()
    assert storing.delete_orphans(timezone.now()) == 1
    assert (path.exists(), stays.exists()) == (False, True)


def test_files_of_another_database_are_left_alone():
    file = written("documents/old.pdf", 25)
    assert storing.delete_orphans(timezone.now()) == 0
    assert file.exists()


def test_refusal_names_the_question_of_the_form():
    file = sent(2)
    file.kind = kinds.PDF
    with no_room_beyond(MEGABYTE), pytest.raises(Refusal, match="There is no room") as caught:
        storing.keep(Application().cv, file)
    assert caught.value.field == "cv"
