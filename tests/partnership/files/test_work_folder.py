"""A paper that a killed process had in hand does not stay on the disk."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from partnership.files.work_folder import LONGEST_SECONDS, work_folder

DIES = """
import os, signal
from partnership.files.work_folder import work_folder
with work_folder() as folder:
    (folder / "paper.pdf").write_bytes(b"Closed to the public")
    print(folder, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def test_folder_is_empty_and_goes_with_its_work(temporary):
    with work_folder() as folder:
        assert (folder.parent, list(folder.iterdir())) == (temporary, [])
    assert list(temporary.iterdir()) == []


def test_folder_that_a_killed_process_left_is_deleted(temporary):
    subprocess.run([sys.executable, "-c", DIES], stdout=subprocess.PIPE, check=False)
    (left,) = temporary.iterdir()
    assert (left / "paper.pdf").exists()
    with work_folder():
        assert left.exists(), "another process may be at work in it"
    long_ago = time.time() - LONGEST_SECONDS - 60
    os.utime(left, (long_ago, long_ago))
    with work_folder():
        assert not left.exists()


def test_folders_of_others_stay(temporary):
    other = temporary / "other"
    other.mkdir()
    os.utime(other, (0, 0))
    with work_folder():
        assert other.exists()
