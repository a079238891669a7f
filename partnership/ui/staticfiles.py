"""Where styles and scripts come from: our own `static/`, and four built files of GOV.UK Frontend."""

import os
import re
import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

INSTALLED = settings.BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk"
# The fonts and the crown stay out: only GOV.UK itself may use them. Maps go along because the files name them.
TAKEN = (
    "govuk-frontend.min.css",
    "govuk-frontend.min.css.map",
    "govuk-frontend.min.js",
    "govuk-frontend.min.js.map",
)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")


class GovukFrontendFinder(BaseFinder):
    """Finds `govuk/<name>`: the files of the installed npm package, whose styles no longer name fonts we do not have."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.folder = Path(settings.VAR_DIR) / "govuk"
        self.storage = FileSystemStorage(location=str(self.folder))
        self.storage.prefix = "govuk"

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix("govuk/")
        found = self._take(name) if path.startswith("govuk/") and name in TAKEN else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, ignore_patterns):
        for name in TAKEN:
            if not matches_patterns(name, ignore_patterns or []) and self._take(name):
                yield name, self.storage

    def _take(self, name: str) -> str | None:
        """The path of our copy, made again when the package is newer; None where the package is not installed."""
        source, copy = INSTALLED / name, self.folder / name
        if not source.exists():
            return None
        if not copy.exists() or copy.stat().st_mtime != source.stat().st_mtime:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = copy.with_suffix(f".{os.getpid()}")
            shutil.copy2(source, half)
            if name.endswith(".css"):
                half.write_text(FONT_FACE.sub("", source.read_text()))
                shutil.copystat(source, half)
            half.replace(copy)
        return str(copy)


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names for ever-cached files; also rewrites `import … from "…"` in our own module."""

    support_js_module_import_aggregation = True
