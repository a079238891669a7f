"""Keys of ballot boxes: a file for each election, outside the database and its back-ups, destroyed at the count.

The folder (setting BALLOT_KEYS_DIR) belongs to this portal alone and is shared by its web and worker processes. A file
has a name made of chance, which the box in the database knows; whoever has only one of the two can read no vote.
"""

import os
import secrets
import stat
from pathlib import Path

from django.conf import settings

KEY_LENGTH = 32


class NoKeyError(Exception):
    """The key of a ballot box is not in the folder, or is not whole."""


class CannotKeepKeysError(Exception):
    """The folder cannot keep keys. The message says why, in words."""


def make() -> str:
    """Writes a new key, so that it is on the disk and whole when this returns. Returns its name.

    Raises CannotKeepKeysError.
    """
    folder = _folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotKeepKeysError(_in_words(folder, error)) from error
    if reason := why_not():
        raise CannotKeepKeysError(reason)
    name = secrets.token_hex(16)
    try:
        _write(folder / name, secrets.token_bytes(KEY_LENGTH))
    except OSError as error:
        raise CannotKeepKeysError(_in_words(folder, error)) from error
    return name


def read(name: str) -> bytes:
    """Raises NoKeyError."""
    try:
        key = (_folder() / name).read_bytes()
    except OSError as error:
        raise NoKeyError(name) from error
    if len(key) != KEY_LENGTH:
        raise NoKeyError(name)
    return key


def is_kept(name: str) -> bool:
    try:
        read(name)
    except NoKeyError:
        return False
    return True


def destroy(name: str) -> bool:
    """Overwrites the key and removes its file; returns whether it was there. Raises OSError.

    Not every disk writes over the place it wrote to before: `docs/decisions/0039-a-key-for-each-ballot-box.md`.
    """
    path = _folder() / name
    try:
        with path.open("r+b") as file:
            file.write(bytes(KEY_LENGTH))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    _keep_names(path.parent)
    return True


def why_not() -> str:
    """Why keys cannot be kept, in a sentence, or "". Looks only, and writes nothing."""
    folder = _folder()
    for served in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        if folder.resolve().is_relative_to(Path(served).resolve()):
            return f"The folder of ballot keys, {folder}, is inside {served}, which is served or backed up."
    if not folder.exists():
        parent = next(each for each in folder.absolute().parents if each.exists())
        return "" if os.access(parent, os.W_OK | os.X_OK) else f"The folder of ballot keys, {folder}, cannot be made."
    if not folder.is_dir():
        return f"{folder} is to be the folder of ballot keys, and is no folder."
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return f"Others on this machine can read the folder of ballot keys, {folder}: give it the mode 0700."
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return f"The portal cannot write in the folder of ballot keys, {folder}."
    return ""


def _folder() -> Path:
    return Path(settings.BALLOT_KEYS_DIR)


def _write(path: Path, key: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        os.write(file, key)  # a few bytes are written whole or not at all, and `read` looks at the length
        os.fsync(file)
    finally:
        os.close(file)
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """What was added to the folder, or removed from it, outlives a power cut."""
    names = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(names)
    finally:
        os.close(names)


def _in_words(folder: Path, error: OSError) -> str:
    return f"A ballot key cannot be written in {folder}: {error.strerror or error}."
