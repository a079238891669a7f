"""The rules of the house that no linter knows: which way imports run, how views reach rows, what templates may hold.

Each function takes a path and its text and yields a line for each departure; `partnership.local.check` walks the tree.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MAY_IMPORT_LOCAL = ("partnership/local/", "tests/", "bench/", "manage.py", "partnership/urls.py")
# Somebody who may see them, everybody, or the holder of a secret link or of an address: each a named QuerySet.
REACHES = ("visible_to", "public", "editable_by", "holding_key", "of_person", "none")
ROWS = re.compile(rf"\.objects\.(?!(?:{'|'.join(REACHES)})\b)(\w+)")
MAY_WRITE_STATES = ("partnership/states.py",)
MAY_WRITE_STATES_IN_SQL = ("partnership/outbox/actions/deliver.py",)  # thousands of emails pass through two statements
# Who is staff is asked of a predicate or a permission; only these know which column says so.
READ_IS_STAFF = ("partnership/accounts/rules.py", "partnership/accounts/models/user.py", "partnership/local/house.py")
STATE_IN_SQL = re.compile(r"\bSET\b(?:(?!\bWHERE\b).)*?\bstate\s*=", re.DOTALL)
WRITE_ROWS = {"create", "get_or_create", "update", "update_or_create", "bulk_update", "save", "asave"}
READ_ROWS = {"Q", "When"}  # named like models, but only ask
FORBIDDEN_IN_TEMPLATES = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "link that runs script": re.compile(r"javascript:", re.IGNORECASE),
    "|safe": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
}


def imports(path: Path, text: str) -> Iterator[str]:
    """Imports that reach for what is local, or hide in a function without a reason."""
    tree, lines = ast.parse(text), text.splitlines()
    for node, name in _imported(tree):
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


def state_writes(path: Path, text: str) -> Iterator[str]:
    """Writes to a state that pass by `partnership.states`, which checks the step; a new row has its default, or `enter`."""
    if path.parts[0] in {"tests", "bench"} or path.as_posix() in MAY_WRITE_STATES:
        return
    may_write_sql = path.as_posix() in MAY_WRITE_STATES_IN_SQL
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.expr):
            continue
        if _writes_a_state(node) or (not may_write_sql and STATE_IN_SQL.search(_text(node))):
            yield f"{path}:{node.lineno} writes a state; use states.move, move_all or enter"


def roles(path: Path, text: str) -> Iterator[str]:
    """Modules and templates that read `is_staff` instead of asking a permission, which another role may have too."""
    if path.parts[0] in {"tests", "bench"} or path.as_posix() in READ_IS_STAFF:
        return
    for hit in re.finditer(r"\bis_staff\b", text):
        line = text[: hit.start()].count("\n") + 1
        yield f"{path}:{line} reads is_staff; ask a permission, or is_partnership_staff"


def template(path: Path, text: str) -> Iterator[str]:
    """Inline style, script or handlers, and |safe. An email carries its own styles, because mail programs drop others."""
    is_mail = "emails" in path.parts or "email" in path.parts
    if path.suffix != ".html":
        return  # plain text has nothing to escape
    for what, pattern in FORBIDDEN_IN_TEMPLATES.items():
        if is_mail and what == "inline style":
            continue
        for hit in pattern.finditer(text):
            yield f"{path}:{text[: hit.start()].count(chr(10)) + 1} holds {what}"


def _writes_a_state(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="state", ctx=ast.Store()):
            return True
        case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="state"), _]):
            return True
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in WRITE_ROWS:
            words = {_text(each) for part in (*node.args, *node.keywords) for each in ast.walk(part)}
            return "state" in words or _is_given_a_state(node)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name[0].isupper():  # a model, by its name
            return name not in READ_ROWS and _is_given_a_state(node)
    return False


def _is_given_a_state(call: ast.Call) -> bool:
    return any(keyword.arg == "state" for keyword in call.keywords)


def _text(node: ast.AST) -> str:
    """The string that the node is; empty where it is none."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"
