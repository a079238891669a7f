"""A zip of papers: what is in it, and one file of it at a time. Runs in the child process, and loads no Django.

Names in a zip are words to show and never paths to write to. What a file of the zip says of its size, no reader exceeds:
zipfile stops there and finds that the sum does not fit.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from partnership.files.kinds import PACKINGS
from partnership.files.limits import (
    MEGABYTE,
    MOST_BYTES_OF_A_PAPER_IMPORT,
    MOST_BYTES_OF_A_PAST_PAPER,
    MOST_FILES_OF_A_PAPER_IMPORT,
    MOST_RATIO,
    NO_RATIO_BELOW,
)
from partnership.refusals import Refusal

BLOCK = 1024 * 1024
UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    RuntimeError,
    OSError,
    EOFError,
    NotImplementedError,
)
OFFICE = ("[Content_Types].xml", "mimetype")
OF_THE_COMPUTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")  # no person put them there
MARKED_UTF8, LOCKED = 0x800, 0x1
DAMAGED_ZIP = "The zip is damaged, or not all of it arrived: make it again"
EMPTY_ZIP = "There is no file in the zip"
NOT_A_ZIP = "This is an Office or OpenDocument file, not a zip: save it as a PDF and import that"
TOO_MANY = f"The zip holds more than {MOST_FILES_OF_A_PAPER_IMPORT:,} files: make smaller ones"
TOO_MUCH = f"The zip unpacks to more than {MOST_BYTES_OF_A_PAPER_IMPORT // MEGABYTE // 1024} GB: make smaller ones"
LEADS_OUT = "Its path leads out of the zip: put it in a folder of its own"
IS_LINK = "It is a link to another file, not a file"
HAS_PASSWORD = "It is locked with a password in the zip: make the zip without one"  # noqa: S105 - a sentence
OTHER_PACKING = "It is packed in a way we cannot read: make the zip again with the usual settings"
BOMB = "It unpacks to far more than a paper should: leave it out"
BOMB_OF_MANY = "The zip unpacks to far more than papers should: make it again, of the papers alone"
TOO_LARGE = f"It is larger than {MOST_BYTES_OF_A_PAST_PAPER // MEGABYTE} MB: split it into smaller files"
EMPTY = "It is empty"
TWICE = "Files in the zip lie over one another, so it is damaged or made to do harm: make it again"
SPOILED = "It is damaged in the zip: make the zip again"


def files_of(path: Path) -> list[dict[str, Any]]:
    """Each file of the zip: its number there, path, size and, where it cannot be read, why in words. Folders and what a
    computer adds by itself are left out. Raises Refusal for a zip that cannot be read as a whole."""
    with _opened(path) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_FILES_OF_A_PAPER_IMPORT:
            raise Refusal(TOO_MANY, "file")
        if any(info.filename in OFFICE for info in infos):
            raise Refusal(NOT_A_ZIP, "file")
        found: list[dict[str, Any]] = [
            {"number": number, "path": name, "size": info.file_size, "problem": problem_of(info)}
            for number, info in enumerate(infos)
            if not (name := name_of(info)).endswith("/") and not is_of_the_computer(name)
        ]
    if not found:
        raise Refusal(EMPTY_ZIP, "file")
    size = sum(each["size"] for each in found if not each["problem"])
    if size > MOST_BYTES_OF_A_PAPER_IMPORT:
        raise Refusal(TOO_MUCH, "file")
    sent = path.stat().st_size
    if sum(info.compress_size for info in infos) > sent:
        raise Refusal(TWICE, "file")
    if size > max(NO_RATIO_BELOW, MOST_RATIO * sent):
        raise Refusal(BOMB_OF_MANY, "file")
    return found


def unpack(path: Path, number: int, to: Path) -> None:
    """Writes one file of the zip, a block at a time. Raises Refusal where it is not what the zip says of it."""
    with _opened(path) as archive:
        info = archive.infolist()[number]
        if problem := problem_of(info):
            raise Refusal(problem, "file")
        try:
            with archive.open(info) as packed, to.open("wb") as out:
                copy(packed, out, most=info.file_size)
        except UNSOUND as error:
            raise Refusal(SPOILED, "file") from error


def copy(source: IO[bytes], to: IO[bytes], most: int) -> None:
    """Copies a block at a time. Raises ValueError beyond `most` bytes."""
    written = 0
    while block := source.read(BLOCK):
        written += len(block)
        if written > most:
            raise ValueError("more than it said")
        to.write(block)


def name_of(info: zipfile.ZipInfo) -> str:
    """The path of a file in the zip, "/" between its folders; that of a folder ends with it. Many programs write UTF-8 without
    saying so; what is not, is read as DOS wrote it."""
    name = info.filename.replace("\\", "/")  # as some programs on Windows write it
    if info.flag_bits & MARKED_UTF8:
        return name
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def is_of_the_computer(path: str) -> bool:
    """Whether it is a file that a program left there for itself."""
    parts = PurePosixPath(path).parts
    return any(part in OF_THE_COMPUTER for part in parts) or bool(parts and parts[-1].startswith((".", "~$")))


def problem_of(info: zipfile.ZipInfo) -> str:
    """Why a file of a zip is not read, in words; "" where it is."""
    parts = name_of(info).split("/")
    problems = {
        LEADS_OUT: ".." in parts or not parts[0] or ":" in parts[0],
        IS_LINK: stat.S_ISLNK(info.external_attr >> 16),
        HAS_PASSWORD: bool(info.flag_bits & LOCKED),
        OTHER_PACKING: info.compress_type not in PACKINGS,
        BOMB: info.file_size > max(NO_RATIO_BELOW, MOST_RATIO * info.compress_size),
        TOO_LARGE: info.file_size > MOST_BYTES_OF_A_PAST_PAPER,
        EMPTY: not info.file_size,
    }
    return next((problem for problem, there in problems.items() if there), "")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except UNSOUND as error:
        raise Refusal(DAMAGED_ZIP, "file") from error
    with archive:
        yield archive
