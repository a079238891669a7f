"""`make lock`: writes the requirements files again, every package with its version and the hashes of all its files.

A version stays as it is until somebody asks otherwise: `make lock ARGS=--upgrade`, or `ARGS="--upgrade-package Django"`. The
files of every platform are listed, and no registry is named. A file holds what it adds to the one before it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from partnership.local.services.places import BASE_DIR

UV = BASE_DIR / "var" / "lock" / "bin" / "uv"
FILES = {
    "requirements": "",
    "partnership/local/requirements-run": "requirements",
    "requirements-dev": "partnership/local/requirements-run",
    "partnership/local/requirements-node": "",
}
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--quiet",
]
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==.*\n(?: .*\n)*", re.MULTILINE)
FIRST_LINE = "# Written by `make lock` from {}.in: do not edit."


def main() -> None:
    locked: dict[str, dict[str, str]] = {}
    for name, below in FILES.items():
        locked[name] = _packages(_resolved(name, below, sys.argv[1:]))
        lower = locked[below] if below else {}
        there = os.path.relpath(_path(below, "txt"), _path(name, "txt").parent) if below else ""
        head = FIRST_LINE.format(Path(name).name) + "\n" + (f"-r {there}\n" if below else "")
        added = (lines for package, lines in locked[name].items() if package not in lower)
        _path(name, "txt").write_text(head + "".join(added))


def _resolved(name: str, below: str, options: list[str]) -> str:
    """What uv writes. The versions of now are preferred, those of the file below are settled."""
    draft = BASE_DIR / "var" / "lock" / f"{Path(name).name}.txt"
    now = [_path(each, "txt").read_text() for each in _all_below(name) if _path(each, "txt").exists()]
    draft.write_text("".join(lines for text in now for lines in _packages(text).values()))
    settled = [f"--constraints={_path(below, 'txt')}"] if below else []
    command: list[str | Path] = [
        UV,
        "pip",
        "compile",
        *OPTIONS,
        *settled,
        *options,
        f"--output-file={draft}",
        _path(name, "in"),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return draft.read_text()


def _all_below(name: str) -> list[str]:
    return [*_all_below(FILES[name]), name] if name else []


def _packages(text: str) -> dict[str, str]:
    """Name and lines of each package, in the order of the alphabet."""
    return {found[1]: found[0] for found in PACKAGE.finditer(text)}


def _path(name: str, ending: str) -> Path:
    return BASE_DIR / f"{name}.{ending}"


if __name__ == "__main__":
    main()
