"""Builds a pack in a child process. Its key, known before, says whether the same papers were built already."""

import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from assemblies.papers.pack import facts
from assemblies.papers.pack.blocks import Facts
from assemblies.papers.pack.keys import IMPORTED, key_of
from assemblies.papers.pack.keys import TEMPLATE as OURS
from assemblies.papers.pack.layout import FACTS, FILES, PACK, STEPS, TEMPLATE
from assemblies.papers.pack.parts import Built, Pack, Position
from partnership.files.child import ENVIRONMENT, ROOT, how_it_ended
from partnership.refusals import Refusal

logger = logging.getLogger(__name__)
NOT_BUILT = "We could not make this pack: it is too large or too complex. Make its appendices smaller, or take some out"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Prepared:
    """A pack that can be built: the words its template prints, and its key."""

    pack: Pack
    words: Facts
    key: str


def prepare(pack: Pack) -> Prepared:
    """Raises ValueError when two things in the pack have one key."""
    words = facts.of(pack)
    return Prepared(pack, words, key_of(words, pack.attachments))


def build(pack: Pack | Prepared, folder: Path, *, progress: Progress | None = None) -> Built:
    """Returns the pack as a PDF in the folder, named by its key.

    `progress` is called after each step with how many are done, of how many, and words. Typst sets all pages in one step
    and does not say how far it is: the steps differ in length, and the second is nearly all of it where files are large.
    Raises Refusal when it takes too much time or memory, FileNotFoundError when a file is gone.
    """
    prepared = pack if isinstance(pack, Prepared) else prepare(pack)
    tell = progress or (lambda done, of, words: None)
    path = folder / f"{prepared.key}.pdf"
    with tempfile.TemporaryDirectory(dir=folder, prefix="pack-") as name:
        work = Path(name)
        _lay_out(prepared, work)
        found = _make(work, tell)
        with (work / PACK).open("rb") as made:
            sha256 = hashlib.file_digest(made, "sha256").hexdigest()
        (work / PACK).replace(path)
    tell(len(STEPS), len(STEPS), STEPS[-1])
    return _built(prepared, path, sha256, found)


def _lay_out(prepared: Prepared, work: Path) -> None:
    """What the child reads: words, templates, and the files by their number. Typst leaves this folder by a link alone."""
    (work / FACTS).write_text(json.dumps(prepared.words))
    shutil.copy(OURS, work / TEMPLATE)
    (work / "print").mkdir()
    for template in IMPORTED:
        shutil.copy(template, work / "print")
    (work / FILES).mkdir()
    for number, file in enumerate(prepared.pack.attachments, 1):
        (work / FILES / f"{number}.pdf").symlink_to(file.path.resolve(strict=True))


def _make(work: Path, tell: Progress) -> dict[str, Any]:
    command = [sys.executable, "-m", "assemblies.papers.pack.child", str(work.resolve())]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, env=ENVIRONMENT)
        try:
            found = _listen(process, tell)
        finally:
            process.kill()  # nothing to kill, unless the listener failed
            code = process.wait()
        errors.seek(0)
        said = errors.read()
    if found is None or code > 0:
        error = subprocess.CalledProcessError(code, command, stderr=said)
        logger.warning("The child that makes packs ended early: %s", how_it_ended(error))
        raise Refusal(NOT_BUILT)
    for line in said.decode("utf-8", "replace").splitlines():  # characters that no font has
        logger.warning("%s", line)
    return found


def _listen(process: subprocess.Popen[bytes], tell: Progress) -> dict[str, Any] | None:
    """What the child found; None where it ended before it said so."""
    lines: IO[bytes] | None = process.stdout
    assert lines is not None
    with lines:
        for line in lines:
            answer = json.loads(line)
            if "found" in answer:
                return answer["found"]
            tell(answer["done"], len(STEPS), STEPS[answer["done"] - 1])
    return None


def _built(prepared: Prepared, path: Path, sha256: str, found: dict[str, Any]) -> Built:
    pack = prepared.pack
    last, closed_from = found["extent"]["last"], found["extent"]["closed"]
    if closed_from:
        last_page, last_closed_page = pack.first_page + closed_from - 2, last
    else:
        last_page, last_closed_page = last, pack.first_closed_page - 1
    return Built(
        key=prepared.key,
        path=path,
        pages=found["extent"]["sheets"],
        sha256=sha256,
        first_page=pack.first_page,
        last_page=last_page,
        first_closed_page=pack.first_closed_page,
        last_closed_page=last_closed_page,
        strict=found["strict"],
        positions={each["key"]: Position(each["number"], each["sheet"]) for each in found["begins"]},
    )
