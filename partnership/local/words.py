"""Words that people do not say: the last table of docs/glossary.md, looked for in what people read and in the code."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

GLOSSARY = Path("docs/glossary.md")
CODE_HEADING = "## In code"
HEADING = "## Words that must not come back"
DOCUMENTS = {".md"}
TEMPLATES = {".html", ".txt", ".typ"}
DJANGO_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
HTML_TAG = re.compile(r"<[^>]*>", re.DOTALL)
QUOTED = re.compile(r'"([^"]*)"')
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)
COMMENT = re.compile(r"#.*")
CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
WITH_DOCSTRING = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def refused(glossary: str) -> dict[str, str]:
    """Returns each word of the glossary's last table, in lower case, with what to write instead."""
    return {word.strip().lower(): row[1] for row in _rows(glossary, HEADING) for word in row[0].split(",")}


def refused_names(glossary: str) -> dict[str, str]:
    """Returns each name between backticks in the column "not" of the table of code, with the name to use instead.

    A word without backticks in that column is right elsewhere: a board has seats.
    """
    names: dict[str, str] = {}
    for row in _rows(glossary, CODE_HEADING):
        names |= dict.fromkeys(re.findall(r"`(\w+)`", row[1]), row[0].replace("`", ""))
    return names


def found(path: Path, text: str, words: dict[str, str]) -> Iterator[str]:
    """Yields a line for each of these words in what people read of a file: of a template what stands outside its tags,
    of a document all but its code, of a module its strings, docstrings apart."""
    for number, said in _said(path, text):
        yield from _hits(path, number, said, words)


def found_in_code(path: Path, text: str, words: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    """Yields a line for each of these words in what programmers read of a file: comments, and of a module docstrings and
    the names it gives. A name may hold none of `names` either."""
    if path.suffix != ".py":
        yield from _hits(path, 1, "\n".join(" ".join(COMMENT.findall(line)) for line in text.splitlines()), words)
        return
    tree = ast.parse(text)
    for number, said in [*_docstrings(tree), *_comments(text)]:
        yield from _hits(path, number, CODE.sub(_lines, said), words)
    in_words = words | {name.replace("_", " "): instead for name, instead in names.items()}
    for number, name in [(1, path.stem), *_names(tree)]:
        yield from _hits(path, number, CAPITAL.sub(" ", name).replace("_", " ").lower(), in_words)


def _rows(glossary: str, heading: str) -> list[list[str]]:
    """The cells of each row of the table below the heading."""
    section = glossary.partition(f"{heading}\n")[2].partition("\n## ")[0]
    return [line.strip("| ").split(" | ") for line in section.splitlines() if "|" in line][2:]


def _hits(path: Path, number: int, said: str, words: dict[str, str]) -> Iterator[str]:
    for hit in _pattern(tuple(words)).finditer(said):
        if hit[0].isupper():  # SQL
            continue
        line, word = number + said[: hit.start()].count("\n"), " ".join(hit[0].replace("#", " ").split())
        yield f"{path}:{line} says “{word}”; write: {words[word.lower()]}"


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = "|".join(r"[\s#]+".join(map(re.escape, word.split())) for word in words)  # two words may stand on two lines
    return re.compile(rf"\b({forms})\b", re.IGNORECASE)


def _said(path: Path, text: str) -> Iterator[tuple[int, str]]:
    if path.suffix == ".py":
        yield from _strings(ast.parse(text))
    elif path.suffix in TEMPLATES:
        yield 1, HTML_TAG.sub(_lines, DJANGO_TAG.sub(_quoted, text))
    elif path.suffix in DOCUMENTS:
        yield 1, CODE.sub(_lines, text)


def _strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Strings of more than one word: one alone is a key or a name."""
    docstrings = {id(node) for node in _docstring_nodes(tree)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and " " in node.value.strip():
            yield node.lineno, node.value


def _docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in _docstring_nodes(tree):
        if isinstance(node.value, str):
            yield node.lineno, node.value


def _docstring_nodes(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        first = node.body[0] if isinstance(node, WITH_DOCSTRING) and node.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield first.value


def _comments(text: str) -> Iterator[tuple[int, str]]:
    """Comments; those on lines that follow one another are one, so that no word is lost at the end of a line."""
    number, said = 0, ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        if said and token.start[0] == number + said.count("\n") + 1:
            said += f"\n{token.string}"
            continue
        if said:
            yield number, said
        number, said = token.start[0], token.string
    if said:
        yield number, said


def _names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The names a module gives: to functions, classes, arguments, variables and attributes. What it only uses is not its
    choice."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno, node.asname


def _lines(hit: re.Match[str]) -> str:
    """As many line breaks as were there, so that the numbers of lines stay."""
    return "\n" * hit[0].count("\n")


def _quoted(hit: re.Match[str]) -> str:
    """What a tag passes on in words, such as the text of an empty state."""
    return " ".join(said for said in QUOTED.findall(hit[0]) if " " in said) + _lines(hit)
