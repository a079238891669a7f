"""Makes one pack, in a process of its own: `python -m assemblies.papers.pack.child <folder>`.

The folder holds `facts.json`, the templates and the uploaded files; `pack.pdf` is left there. Each line of its output is an
object of JSON: a step that is done, at last what is known of the pack. Loads no Django.
"""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from assemblies.papers.pack.layout import FACTS, FILES, PACK, TEMPLATE
from partnership.files.child import limit
from partnership.files.limits import MEGABYTE
from partnership.files.pdf import fonts, with_every_character

SURE = re.compile("[ -~\u00a0-\u024f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac]*")
MOST_CPU_SECONDS = 600
MOST_SECONDS = 900  # of wall-clock
MOST_MEMORY = 1536 * MEGABYTE  # of address space: a pack with 50 MB of uploaded pages takes about 400 at its peak
MOST_WRITTEN = 1024 * MEGABYTE


def make(folder: Path, done: Callable[[int], None]) -> dict[str, Any]:
    """Makes the pack and returns what is known of it. `done` is called with the number of each step that is done."""
    facts = json.loads((folder / FACTS).read_text())
    compiler = typst.Compiler(folder / TEMPLATE, root=folder, font_paths=fonts())

    def words_alone(printed: dict[str, Any]) -> bytes:
        inputs = {"data": json.dumps(printed), "embed": "no"}
        made = compiler.compile(pdf_standards="ua-1", sys_inputs=inputs)
        assert isinstance(made, bytes)
        return made

    has_files, strict = any((folder / FILES).iterdir()), None
    if not has_files or not every_font_has(facts):
        facts, strict = with_every_character(words_alone, facts, name="pack")
    done(1)
    if strict and not has_files:
        (folder / PACK).write_bytes(strict)
    else:
        inputs = {"data": json.dumps(facts), "embed": "yes"}
        compiler.compile(output=folder / PACK, sys_inputs=inputs)
    done(2)
    notes = json.loads(compiler.query("selector.or(<extent>, <begins>)", field="value"))
    return {
        "strict": bool(strict) and not has_files,
        "extent": next(note for note in notes if "last" in note),
        "begins": [note for note in notes if "key" in note],
    }


def every_font_has(facts: dict[str, Any]) -> bool:
    """Whether the words are of letters and signs that our fonts surely have: then nothing has to be tried first."""
    return SURE.fullmatch(json.dumps(facts, ensure_ascii=False)) is not None


def main(folder: str) -> None:
    limit(
        seconds=MOST_CPU_SECONDS,
        memory=MOST_MEMORY,
        file_size=MOST_WRITTEN,
        wall_seconds=MOST_SECONDS,
    )
    found = make(Path(folder), lambda step: _say({"done": step}))
    _say({"found": found})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
