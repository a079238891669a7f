"""What gunicorn serves."""

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
application = get_wsgi_application()
if refusals := run_checks(tags=["demonstration"]):  # registered only where partnership.local is installed
    raise ImproperlyConfigured("\n".join(map(str, refusals)))
