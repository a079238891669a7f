"""A pack's key: the same for the same content, another when anything that is printed changes."""

import hashlib
import json
from importlib.metadata import version

from assemblies.papers.pack import facts
from assemblies.papers.pack.parts import Pack
from partnership.files.pdf import TEMPLATES

TEMPLATE = TEMPLATES / "papers" / "print" / "pack.typ"
SCRIPTS = TEMPLATES / "print" / "scripts.typ"


def key_of(pack: Pack) -> str:
    """Returns a SHA-256 over all that goes into the pack: its words, the bytes of its files, our templates and typst."""
    printed = hashlib.sha256(json.dumps(facts.of(pack), sort_keys=True).encode())
    printed.update(version("typst").encode())
    for path in (TEMPLATE, SCRIPTS, *(file.path for file in pack.attachments)):
        with path.open("rb") as content:
            printed.update(hashlib.file_digest(content, "sha256").digest())
    return printed.hexdigest()
