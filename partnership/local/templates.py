"""Compiles every template, so that a page nobody opened does not break when somebody does, and finds addresses written out."""

import os
import re
import sys
from pathlib import Path

import django

WRITTEN_OUT = re.compile(r"""(?:href|action|url)=["']/|get_absolute_url ?(?:}}[\w-]+/|\|add:)""")


def broken(folder: Path) -> list[str]:
    """One line for each template that does not compile. Needs Django set up."""
    from django.template import Engine, TemplateSyntaxError  # after django.setup()

    found = []
    engine = Engine.get_default()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        try:
            engine.get_template(str(path.relative_to(folder)))
        except TemplateSyntaxError as error:
            found.append(f"{path}: {error}")
    return found


def written_out(folder: Path) -> list[str]:
    """One line for each address that a page writes out where `{% url %}` would reverse it."""
    return [
        f"{path}:{number}: write {{% url %}}, not {hit.group()}"
        for path in sorted(folder.rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for hit in WRITTEN_OUT.finditer(line)
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    sys.exit("\n".join(broken(Path("templates")) + written_out(Path("templates"))) or 0)
