"""The rules of the house that no linter knows: which way imports run, how views reach rows, what templates may hold.

Each function takes a path and its text and yields a line for each departure; `partnership.local.check` walks the tree.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# A lower floor never imports a higher one: what we do rests on what we decide, on where, on who.
FLOORS = {
    "partnership.audit": 0,
    "partnership.outbox": 0,
    "partnership.ui": 0,
    "partnership.files": 0,
    "partnership.accounts": 1,
    "partnership.partners": 2,
    "partnership.boards": 3,
    "places": 4,
    "assemblies": 5,
    "recovery": 6,
}
MAY_IMPORT_LOCAL = ("partnership/local/", "tests/", "bench/", "manage.py", "partnership/urls.py")
# Somebody who may see them, everybody, or the holder of a secret link or of an address: each a named QuerySet.
REACHES = ("visible_to", "public", "editable_by", "holding_key", "of_person", "none")
ROWS = re.compile(rf"\.objects\.(?!(?:{'|'.join(REACHES)})\b)(\w+)")
FORBIDDEN_IN_TEMPLATES = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "link that runs script": re.compile(r"javascript:", re.IGNORECASE),
    "|safe": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def imports(path: Path, text: str) -> Iterator[str]:
    """Imports that run up the house, reach for what is local, or hide in a function without a reason."""
    tree, lines = ast.parse(text), text.splitlines()
    here = _floor(".".join(path.with_suffix("").parts))
    for node, name in _imported(tree):
        there = _floor(name)
        if here is not None and there is not None and there > here:
            yield f"{path}:{node.lineno} imports {name}, which is on a higher floor"
        if name.startswith("partnership.local") and not path.as_posix().startswith(MAY_IMPORT_LOCAL):
            yield f"{path}:{node.lineno} imports {name}, which is not there in production"
    if path.parts[0] in {"tests", "bench"}:
        return
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node, name in _imported(function):
                if "#" not in lines[node.lineno - 1]:
                    yield f"{path}:{node.lineno} imports {name} inside a function and does not say why"


def views(path: Path, text: str) -> Iterator[str]:
    """Views that reach rows other than through visible_to, public or editable_by."""
    if not ("views" in path.parts or path.name == "views.py") or path.parts[0] == "tests":
        return
    for hit in ROWS.finditer(text):
        line = text[: hit.start()].count("\n") + 1
        yield f"{path}:{line} reaches rows by .objects.{hit[1]}; use {', '.join(REACHES)}"


def template(path: Path, text: str) -> Iterator[str]:
    """Inline style, script or handlers, and |safe. A mail carries its own styles, because mail programs drop others."""
    is_mail = "emails" in path.parts or "email" in path.parts
    if path.suffix != ".html":
        return  # plain text has nothing to escape
    for what, pattern in FORBIDDEN_IN_TEMPLATES.items():
        if is_mail and what == "inline style":
            continue
        for hit in pattern.finditer(text):
            yield f"{path}:{text[: hit.start()].count(chr(10)) + 1} holds {what}"


def _floor(module: str) -> int | None:
    for name in sorted(FLOORS, key=len, reverse=True):
        if module == name or module.startswith(name + "."):
            return FLOORS[name]
    return None


def _imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"
