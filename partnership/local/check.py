"""`make check`: style, types, our own rules, templates, migrations, deployment settings. Says all it finds."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from partnership.local import house, pointers, services, words
from partnership.local.services.places import BASE_DIR

OURS = ("partnership", "places", "assemblies", "recovery", "tests", "bench")
BESIDE = ("templates", "static", "docs", ".ci")  # where documents may point to, too
# What a real deployment sets; see .env.example. The addresses are never called.
PRODUCTION = {
    "SECRET_KEY": "k" * 30 + "0123456789-abcdefghij-ABCDEFGHIJ",
    "DEMONSTRATION": "0",
    "DEBUG": "0",
    "PORTAL_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "BIND": "0.0.0.0",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.org:587",
}


def main() -> None:
    os.chdir(BASE_DIR)
    try:
        here = services.ensure_running()
    except services.ServiceError as error:
        sys.exit(str(error))
    development = os.environ | here | {"DEMONSTRATION": "1"}
    production = os.environ | here | PRODUCTION
    manage = [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py"]
    steps: list[tuple[str, Callable[[], bool]]] = [
        ("style", lambda: _runs([sys.executable, "-m", "ruff", "check", "--quiet", "."], development)),
        ("format", lambda: _runs([sys.executable, "-m", "ruff", "format", "--check", "--quiet", "."], development)),
        ("types", lambda: _runs([sys.executable, "-m", "mypy", "--no-error-summary"], development)),
        (
            "order of imports",
            lambda: _runs([str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], development),
        ),
        ("what imports do not show", lambda: _runs([sys.executable, "-m", "partnership.local.later"], development)),
        ("imports, views and templates", lambda: _says(departures())),
        ("words", lambda: _says(words_found())),
        ("where documents point", lambda: _says(lost_pointers())),
        ("templates compile", lambda: _runs([sys.executable, "-m", "partnership.local.templates"], development)),
        ("migrations", lambda: _runs([*manage, "makemigrations", "--check", "--dry-run", "-v1"], development)),
        (
            "settings of a deployment",
            lambda: _runs([*manage, "check", "--deploy", "--fail-level", "WARNING"], production),
        ),
    ]
    failed = []
    for name, step in steps:
        well = step()
        print(f"{'ok  ' if well else 'FAIL'} {name}", flush=True)
        if not well:
            failed.append(name)
    services.release(wait=3)
    sys.exit(f"check: {len(failed)} of {len(steps)} failed: {', '.join(failed)}" if failed else 0)


def departures() -> Iterator[str]:
    """One line for each departure from the rules that no linter knows, in path order."""
    for path in _files(".py"):
        if "migrations" not in path.parts:
            text = path.read_text()
            yield from house.imports(path, text)
            yield from house.views(path, text)
            yield from house.state_writes(path, text)
            yield from house.roles(path, text)
    for path in sorted(Path("templates").rglob("*")):
        if path.is_file():
            yield from house.template(path, path.read_text())
            yield from house.roles(path, path.read_text())


def words_found() -> Iterator[str]:
    """One line for each word in what people read, and in the code, that the glossary says must not come back."""
    glossary = words.GLOSSARY.read_text()
    refused, names = words.refused(glossary), words.refused_names(glossary)
    for path in _read_by_people():
        yield from words.found(path, path.read_text(), refused)
    for path in _read_by_programmers():
        yield from words.found_in_code(path, path.read_text(), refused, names)


def lost_pointers() -> Iterator[str]:
    """One line for each link, path, module and name in a document that leads nowhere."""
    there = pointers.known(path for folder in (*OURS, *BESIDE) for path in Path(folder).rglob("*"))
    for path in _documents():
        yield from pointers.found(path, path.read_text(), *there)


def _documents() -> Iterator[Path]:
    yield from sorted(Path().glob("*.md"))
    yield from (path for path in sorted(Path("docs").rglob("*.md")) if path != words.GLOSSARY)


def _read_by_people() -> Iterator[Path]:
    yield from _documents()
    yield from (path for path in sorted(Path("templates").rglob("*")) if path.suffix in words.TEMPLATES)
    yield from (path for path in _files(".py") if not {"migrations", "tests", "bench"} & set(path.parts))


def _read_by_programmers() -> Iterator[Path]:
    yield from (Path("Makefile"), Path(".env.example"))
    yield from sorted(Path("partnership").rglob("*.sh"))
    yield from (path for path in _files(".py") if "migrations" not in path.parts)


def _files(ending: str) -> Iterator[Path]:
    yield Path("manage.py")
    for folder in OURS:
        yield from sorted(Path(folder).rglob(f"*{ending}"))


def _runs(command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print((done.stdout + done.stderr).strip())
    return done.returncode == 0


def _says(lines: Iterator[str]) -> bool:
    found = list(lines)
    print("\n".join(found), end="\n" if found else "")
    return not found


if __name__ == "__main__":
    main()
