"""What is in a zip of papers: its files by name and size, and why one of them is not read."""

import random
import stat
import struct
import zipfile

import pytest

from partnership.files import archives, limits
from partnership.refusals import Refusal


class Unmarked(zipfile.ZipInfo):
    """A name in the bytes of one encoding, without a word of which, as many programs write it."""

    encoding = "utf-8"

    def _encodeFilenameFlags(self):  # noqa: N802 - as zipfile calls it
        return self.filename.encode(self.encoding), self.flag_bits


class OfDos(Unmarked):
    encoding = "cp437"


@pytest.fixture
def made(tmp_path):
    def make(*files, kind=zipfile.ZipInfo):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                info = kind(name) if isinstance(name, str) else name
                archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        return path

    return make


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a link.pdf")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def with_flag(path, offset_in_entry: int, value: int) -> None:
    """Sets a byte in the entry of the first file, in the list at the end of the zip."""
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + offset_in_entry
    data[at] = value
    path.write_bytes(bytes(data))


def test_files_are_named_by_their_paths_and_folders_are_not_files(made):
    path = made(("2016/", b""), ("2016/a.pdf", b"abc"), ("__MACOSX/2016/._a.pdf", b"x"), ("2016/.DS_Store", b"x"))
    assert archives.files_of(path) == [{"number": 1, "path": "2016/a.pdf", "size": 3, "problem": ""}]


@pytest.mark.parametrize("kind", [Unmarked, OfDos])
def test_name_is_read_as_it_was_written(made, kind):
    assert archives.files_of(made(("Café £5.pdf", b"x"), kind=kind))[0]["path"] == "Café £5.pdf"


@pytest.mark.parametrize("name", ["../a.pdf", "/etc/a.pdf", "a/../../b.pdf", "C:/a.pdf", "..\\a.pdf"])
def test_path_that_leads_out_is_said(made, name):
    assert archives.files_of(made((name, b"x")))[0]["problem"] == archives.LEADS_OUT


def test_link_bomb_and_empty_file_are_said(made, tmp_path):
    path = made(
        (linked(), "/etc/passwd"), ("bomb.pdf", b"\0" * 11 * limits.MEGABYTE), ("empty.pdf", b""), ("a.pdf", b"x")
    )
    problems = [each["problem"] for each in archives.files_of(path)]
    assert problems == [archives.IS_LINK, archives.BOMB, archives.EMPTY, ""]
    for number in range(3):
        with pytest.raises(Refusal):
            archives.unpack(path, number, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def listed_often(path, times: int):
    """The zip with the entry of its one file so many times, each of the same packed bytes."""
    data = path.read_bytes()
    listed, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry = data[listed:end]
    counts = struct.pack("<HHI", times, times, len(entry) * times)
    path.write_bytes(data[:listed] + entry * times + data[end : end + 8] + counts + data[end + 16 :])
    return path


def test_files_that_lie_over_one_another_are_refused(made):
    path = listed_often(made(("a.pdf", random.Random(1).randbytes(1000))), 9)
    with pytest.raises(Refusal, match="lie over one another"):
        archives.files_of(path)


def test_many_small_files_that_unpack_to_far_too_much_are_refused(made):
    zeros = b"\0" * limits.MEGABYTE
    assert archives.files_of(made(*((f"{number}.pdf", zeros) for number in range(9))))
    with pytest.raises(Refusal, match="far more than papers should"):
        archives.files_of(made(*((f"{number}.pdf", zeros) for number in range(12))))


def test_password_and_other_packings_are_said(made):
    path = made(("a.pdf", b"x"))
    with_flag(path, 8, 1)
    assert archives.files_of(path)[0]["problem"] == archives.HAS_PASSWORD
    path = made(("a.pdf", b"x"))
    with_flag(path, 10, 9)  # Deflate64, as Windows packs large files
    assert archives.files_of(path)[0]["problem"] == archives.OTHER_PACKING


def test_file_is_unpacked_and_never_beyond_what_the_zip_says_of_it(made, tmp_path):
    path = made(("a.pdf", b"abc" * 1000))
    archives.unpack(path, 0, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"abc" * 1000
    with_flag(path, 24, 10)  # it says that it is smaller
    with pytest.raises(Refusal, match="damaged in the zip"):
        archives.unpack(path, 0, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size <= 3000


def test_damaged_bytes_of_a_file_are_said(made, tmp_path):
    path = made(("a.pdf", bytes(range(256)) * 50))
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(Refusal, match="damaged in the zip"):
        archives.unpack(path, 0, tmp_path / "out")


def test_zip_that_cannot_be_read_as_a_whole_is_refused(made, monkeypatch, tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(Refusal, match="damaged, or not all of it arrived"):
        archives.files_of(broken)
    with pytest.raises(Refusal, match="no file in the zip"):
        archives.files_of(made(("2016/", b"")))
    with pytest.raises(Refusal, match="not a zip: save it as a PDF"):
        archives.files_of(made(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")))
    path = made(("a.pdf", b"x" * 100), ("b.pdf", b"x" * 100))
    monkeypatch.setattr(archives, "MOST_BYTES_OF_A_PAPER_IMPORT", 150)
    with pytest.raises(Refusal, match="unpacks to more than"):
        archives.files_of(path)
    monkeypatch.setattr(archives, "MOST_FILES_OF_A_PAPER_IMPORT", 1)
    with pytest.raises(Refusal, match="holds more than"):
        archives.files_of(path)
