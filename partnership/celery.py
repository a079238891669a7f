"""The Celery app: `celery -A partnership worker` and `beat`; tasks are found in each app's `tasks.py`.

Celery is a nudge, never the truth: what must be done is a row in PostgreSQL, and each minute a sweep picks up what a
lost nudge left behind. So tasks are acknowledged early or late without harm, nothing is stored as a result, and a
broker that does not answer delays the person who caused the nudge by a fraction of a second at most.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
