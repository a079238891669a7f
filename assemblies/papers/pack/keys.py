"""A pack's key: the same for the same content, another when anything that is printed changes."""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from assemblies.papers.pack.blocks import Facts
from assemblies.papers.pack.parts import Attachment
from partnership.files.pdf import TEMPLATES

TEMPLATE = TEMPLATES / "papers" / "print" / "pack.typ"
IMPORTED = tuple(TEMPLATES / "print" / name for name in ("scripts.typ", "markdown.typ"))  # by that template


def key_of(words: Facts, files: Iterable[Attachment]) -> str:
    """Returns a SHA-256 over all that goes into a pack: its words, the bytes of its files, our templates and typst."""
    printed = hashlib.sha256(json.dumps(words, sort_keys=True).encode())
    printed.update(version("typst").encode())
    ours = map(_sha256, (TEMPLATE, *IMPORTED))
    for digest in (*ours, *(file.sha256 or _sha256(file.path) for file in files)):
        printed.update(bytes.fromhex(digest))
    return printed.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
