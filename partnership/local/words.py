"""Words that people do not say: the last table of docs/glossary.md, looked for in everything that people read."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

GLOSSARY = Path("docs/glossary.md")
HEADING = "## Words that must not come back"
DOCUMENTS = {".md"}
TEMPLATES = {".html", ".txt", ".typ"}
DJANGO_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
HTML_TAG = re.compile(r"<[^>]*>", re.DOTALL)
QUOTED = re.compile(r'"([^"]*)"')
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)


def refused(glossary: str) -> dict[str, str]:
    """Returns each word of the glossary's last table, in lower case, with what to write instead."""
    rows = [line.strip("| ").split(" | ") for line in glossary.partition(HEADING)[2].splitlines() if "|" in line]
    return {word.strip().lower(): row[1] for row in rows[2:] for word in row[0].split(",")}


def found(path: Path, text: str, words: dict[str, str]) -> Iterator[str]:
    """Yields a line for each of these words in what people read of a file: of a template what stands outside its tags,
    of a document all but its code, of a module its strings, docstrings apart."""
    forms = "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)  # two words may stand on two lines
    pattern = re.compile(rf"\b({forms})\b", re.IGNORECASE)
    for number, said in _said(path, text):
        for hit in pattern.finditer(said):
            if hit[0].isupper():  # SQL
                continue
            line, word = number + said[: hit.start()].count("\n"), " ".join(hit[0].split())
            yield f"{path}:{line} says “{word}”; write: {words[word.lower()]}"


def _said(path: Path, text: str) -> Iterator[tuple[int, str]]:
    if path.suffix == ".py":
        yield from _strings(ast.parse(text))
    elif path.suffix in TEMPLATES:
        yield 1, HTML_TAG.sub(_lines, DJANGO_TAG.sub(_quoted, text))
    elif path.suffix in DOCUMENTS:
        yield 1, CODE.sub(_lines, text)


def _strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Strings of more than one word: one alone is a key or a name."""
    with_docstrings = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, with_docstrings)
                  and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and " " in node.value.strip():
            yield node.lineno, node.value


def _lines(hit: re.Match[str]) -> str:
    """As many line breaks as were there, so that the numbers of lines stay."""
    return "\n" * hit[0].count("\n")


def _quoted(hit: re.Match[str]) -> str:
    """What a tag passes on in words, such as the text of an empty state."""
    return " ".join(said for said in QUOTED.findall(hit[0]) if " " in said) + _lines(hit)
