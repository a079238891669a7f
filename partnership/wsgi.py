"""What gunicorn serves."""

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")
application = get_wsgi_application()
if refusals := run_checks(tags=["demonstration"]):  # registered only where partnership.local is installed
    raise ImproperlyConfigured("\n".join(map(str, refusals)))
get_resolver().reverse_dict  # noqa: B018 - loads every view before gunicorn forks, once for all its processes
get_template("base.html")
