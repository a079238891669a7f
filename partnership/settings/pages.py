"""What it says, in which language, and the files its pages load."""

from partnership.settings.base import BASE_DIR, VAR_DIR, env

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "partnership.ui.staticfiles.GovukFrontendFinder",
]
# Hashed names need `manage.py collectstatic` first; without them WhiteNoise serves the files as they lie.
HASHED_STATIC = env.bool("HASHED_STATIC", default=False)
WHITENOISE_USE_FINDERS = not HASHED_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "partnership.ui.staticfiles.HashedStaticFiles"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_CLASS_CONVERTERS = {
    "numberinput": "govuk-input",
    "urlinput": "govuk-input",
    "telinput": "govuk-input",
    "fileinput": "govuk-file-upload",
    "dateinput": "govuk-input",
}
