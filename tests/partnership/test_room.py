"""A full disk is known as that, whoever finds it, and seen before it is full."""

import errno

import pytest
from django.db import DatabaseError

from partnership import room
from tests.unprivileged import unprivileged


class DiskFull(Exception):
    pgcode = "53100"


def raised(error: Exception, because: Exception | None = None) -> Exception:
    error.__cause__ = because
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        raised(RuntimeError("while saving"), OSError(errno.EFBIG, "File too large")),
        raised(DatabaseError("could not extend file"), DiskFull()),
    ],
)
def test_full_disk_is_known(error):
    assert room.is_full(error)


@pytest.mark.parametrize("error", [None, OSError(errno.EACCES, "no"), DatabaseError("no"), ValueError()])
def test_other_errors_are_no_full_disk(error):
    assert not room.is_full(error)


@pytest.mark.django_db
def test_healthz_says_where_files_cannot_be_written(client, settings, tmp_path):
    settings.MEDIA_ROOT, settings.LEAST_FREE_MEGABYTES = tmp_path, 0
    with unprivileged(tmp_path):
        assert client.get("/healthz").json()["room"] == "ok"
        tmp_path.chmod(0o500)
        assert client.get("/healthz").json()["room"] == "files cannot be written where they are kept"


@pytest.mark.django_db
def test_healthz_says_when_little_room_is_left(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "not" / "made" / "yet"
    settings.LEAST_FREE_MEGABYTES = 0
    assert client.get("/healthz").json()["room"] == "ok"
    settings.LEAST_FREE_MEGABYTES = 10**9
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["room"] == f"only {room.free_megabytes():,} MB are free for files"
