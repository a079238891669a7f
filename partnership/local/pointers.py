"""Where a document points: links, and between backticks paths, modules and names. What leads nowhere is found."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LINK = re.compile(r"\]\((?!\w+:|#)([^)#]+)")
CODE = re.compile(r"`[^`]+`")
NAME = re.compile(r"(?<![\w/.<>-])(?:[\w-]+[/.])*[\w-]+/?(?![\w<>…*])")
FILE = re.compile(r"/|\.(py|md|html|css|toml|txt|yaml)$")
NOT_OURS = re.compile(r"var/.*|transaction_timeout")


def known(files: Iterable[Path]) -> tuple[set[str], set[str]]:
    """Returns every part of a path, such as `boards/models` and `models/board.py`, and every word of what is no document."""
    paths, words = set(), set()
    for file in filter(Path.is_file, (*Path().iterdir(), *files)):
        ends = range(1, len(file.parts) + 1)
        paths |= {"/".join(file.parts[start:end]) for end in ends for start in range(end)}
        if file.suffix not in {".md", ".pyc"}:
            words |= set(re.findall(r"\w+", file.read_text(errors="ignore")))
    return paths, words


def found(path: Path, text: str, paths: set[str], words: set[str]) -> Iterator[str]:
    """Yields a line for each pointer of a document that leads nowhere."""
    plain = text.replace("```", "   ")
    named = [(code.start(), name[0]) for code in CODE.finditer(plain) for name in NAME.finditer(code[0])]
    links = [(link.start(1), link[1]) for link in LINK.finditer(text) if not (path.parent / link[1]).exists()]
    for start, name in links + [each for each in named if not _leads(each[1], paths, words)]:
        yield f"{path}:{text[:start].count(chr(10)) + 1} points to {name}, which is not there"


def _leads(name: str, paths: set[str], words: set[str]) -> bool:
    if FILE.search(name) or NOT_OURS.fullmatch(name):
        return name.rstrip("/") in paths or bool(NOT_OURS.fullmatch(name))
    *modules, last = name.split(".")
    if modules and {modules[0], f"{modules[0]}.py"} & paths:
        module = "/".join(modules)
        return bool({module, f"{module}.py"} & paths) and (last in words or last in paths)
    return all(part in words for part in name.split(".") if "_" in part)
