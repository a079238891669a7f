"""The clock: `celery -A partnership.clock beat`. It sends the names of tasks at their times and needs neither Django nor them."""

from celery import Celery

app = Celery("partnership", fixups=[])
app.config_from_object("partnership.settings", namespace="CELERY")
