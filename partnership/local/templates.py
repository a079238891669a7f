"""Compiles every template, so that a page nobody opened does not break when somebody does."""

import os
import sys
from pathlib import Path

import django


def broken(folder: Path) -> list[str]:
    """One line for each template that does not compile. Needs Django set up."""
    from django.template import TemplateSyntaxError, engines  # after django.setup()

    found = []
    engine = engines["django"].engine
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".html", ".txt"}:
            continue
        try:
            engine.get_template(str(path.relative_to(folder)))
        except TemplateSyntaxError as error:
            found.append(f"{path}: {error}")
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
    django.setup()
    sys.exit("\n".join(broken(Path("templates"))) or 0)
