"""The Celery app: `celery -A partnership worker` and `beat`; tasks are found in each app's `tasks.py`.

Celery is a nudge, never the truth: what must be done is a row in PostgreSQL, and each minute a sweep picks up what a
lost nudge left behind. So tasks are acknowledged early or late without harm, nothing is stored as a result, and a
broker that does not answer delays the person who caused the nudge by a fraction of a second at most.
"""

import os

import redis
from celery import Celery
from celery.signals import worker_ready
from django.conf import settings

HEARTBEAT_KEY = "portal:worker"
HEARTBEAT_SECONDS = 3
HEARTBEAT_LASTS = 10

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def start_heartbeat(sender, **kwargs) -> None:
    """Each worker's main loop says every few seconds that it turns; `/healthz` looks for it."""
    valkey = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)

    def beat() -> None:
        try:
            valkey.set(HEARTBEAT_KEY, "1", ex=HEARTBEAT_LASTS)
        except redis.RedisError:
            return  # a broker that is away is the broker's trouble; the next beat finds it again

    beat()
    sender.timer.call_repeatedly(HEARTBEAT_SECONDS, beat)
