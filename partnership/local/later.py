"""What an earlier app uses of a later one without importing it: reverse accessors, and names in templates.

Imports are import-linter's to judge (`pyproject.toml`); here stand the ways it cannot see. The order is its own.
"""

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.template import Engine
from django.urls import URLPattern, URLResolver, get_resolver

# Pages that the frame of every page links to: any page may lead there.
ENTRANCES = {
    "home",
    "my_home",
    "meetings",
    "places",
    "boards",
    "elections",
    "partners",
    "representation",
    "search",
    "accessibility",
    "contact",
    "cookies",
    "help",
    "privacy",
}
TAG = re.compile(r"\{%\s*(load|include|extends|url)\s+(.*?)%\}")
QUOTED = re.compile(r"""["']([^"']+)["']""")


def layers(pyproject: Path) -> dict[str, int]:
    """Returns each app of the contract on layers with its place in the order, the earliest 0."""
    contracts = tomllib.loads(pyproject.read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["name"].startswith("Apps"))
    return {name.strip(): place for place, line in enumerate(reversed(lines)) for name in line.split("|")}


def layer_of(module: str, order: dict[str, int]) -> int | None:
    """The place of a dotted module in the order; None for what is in no layer."""
    names = sorted((name for name in order if module == name or module.startswith(f"{name}.")), key=len)
    return order[names[-1]] if names else None


def accessors(order: dict[str, int]) -> dict[str, int]:
    """Names by which rows reach rows of a later app, each with the layer of that app; names that an earlier model has
    of its own are left out, because a module that says them may mean those."""
    found: dict[str, int] = {}
    own: dict[str, int] = {}
    for model in apps.get_models():
        here = layer_of(model.__module__, order)
        if here is None:
            continue
        for name in {field.name for field in model._meta.fields + model._meta.many_to_many}:  # noqa: SLF001 - documented
            own[name] = min(own.get(name, here), here)
        for relation in model._meta.related_objects:  # noqa: SLF001 - as above
            there, accessor = layer_of(relation.related_model.__module__, order), relation.get_accessor_name()
            if there is not None and there > here and accessor:
                for name in {accessor, relation.related_query_name or accessor}:
                    found[name] = min(found.get(name, there), there)
    return {name: there for name, there in found.items() if own.get(name, there) >= there}


def in_module(path: Path, text: str, order: dict[str, int], names: dict[str, int]) -> Iterator[str]:
    """Attributes and lookups of an earlier app's module that reach rows of a later one."""
    here = layer_of(".".join(path.with_suffix("").parts), order)
    if here is None:
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.expr | ast.keyword):
            continue
        said = []
        if isinstance(node, ast.Attribute):
            said = [node.attr]
        elif isinstance(node, ast.keyword) and node.arg:
            said = [node.arg.split("__")[0]] if "__" in node.arg else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"-?\w+__\w+", node.value):
            said = [node.value.lstrip("-").split("__")[0]]
        for name in said:
            if names.get(name, -1) > here:
                yield f"{path}:{node.lineno} reaches {name}, which belongs to a later app"


def in_template(path: Path, text: str, order: dict[str, int], places: "Places") -> Iterator[str]:
    """Tags of an earlier app's template that name a later app's template, tags or address."""
    here = places.of_template("/".join(path.parts[1:]))
    if here is None:
        return
    for tag in TAG.finditer(text):
        kind, rest = tag.groups()
        line = text[: tag.start()].count("\n") + 1
        names = rest.split() if kind == "load" else QUOTED.findall(rest)[:1]
        for name in names:
            there = {"load": places.of_library, "url": places.of_address}.get(kind, places.of_template)(name)
            if there is not None and there > here:
                yield f"{path}:{line} {kind} {name}, which belongs to a later app"


class Places:
    """The layers of templates, tag libraries and addresses."""

    def __init__(self, order: dict[str, int]) -> None:
        self.order = order
        self.folders = {config.label: config.name for config in apps.get_app_configs()}
        self.libraries = Engine.get_default().libraries
        self.addresses = dict(_addresses(get_resolver().url_patterns))

    def of_template(self, name: str) -> int | None:
        parts = name.removeprefix("emails/").split("/")
        config = self.folders.get(parts[0])
        return layer_of(config, self.order) if config and len(parts) > 1 else None

    def of_library(self, name: str) -> int | None:
        return layer_of(self.libraries.get(name, ""), self.order)

    def of_address(self, name: str) -> int | None:
        return None if name in ENTRANCES else layer_of(self.addresses.get(name, ""), self.order)


def _addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _addresses(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, pattern.callback.__module__


def departures() -> Iterator[str]:
    """One line for each place where an earlier app uses a later one's, in the order of paths."""
    order = layers(Path("pyproject.toml"))
    names, places = accessors(order), Places(order)
    for folder in ("partnership", "places", "assemblies", "recovery"):
        for path in sorted(Path(folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from in_module(path, path.read_text(), order, names)
    for path in sorted(Path("templates").rglob("*")):
        if path.is_file():
            yield from in_template(path, path.read_text(), order, places)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    found = list(departures())
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
