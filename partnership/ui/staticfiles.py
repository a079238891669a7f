"""Where styles and scripts come from: our own `static/`, and four built files of GOV.UK Frontend."""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

GOVUK = settings.BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk"
# The fonts and the crown stay out: only GOV.UK itself may use them. Maps go along because the files name them.
TAKEN = (
    "govuk-frontend.min.css",
    "govuk-frontend.min.css.map",
    "govuk-frontend.min.js",
    "govuk-frontend.min.js.map",
)


class GovukFrontendFinder(BaseFinder):
    """Finds `govuk/<name>` in the installed npm package."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=str(GOVUK))
        self.storage.prefix = "govuk"

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        name = path.removeprefix("govuk/")
        found = str(GOVUK / name) if path.startswith("govuk/") and name in TAKEN and (GOVUK / name).exists() else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, ignore_patterns):
        for name in TAKEN:
            if (GOVUK / name).exists() and not matches_patterns(name, ignore_patterns or []):
                yield name, self.storage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names for ever-cached files; also rewrites `import … from "…"` in our own module."""

    support_js_module_import_aggregation = True
