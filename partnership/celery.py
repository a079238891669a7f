"""The Celery app: `celery -A partnership worker`; tasks are found in each app's `tasks.py`. The clock has its own, lighter.

Celery only nudges: what must be done is a row in PostgreSQL, and each minute a sweep picks up what a lost nudge left
behind. So tasks are acknowledged early or late without harm, nothing is stored as a result, and a
broker that does not answer delays the person who caused the nudge by a fraction of a second at most.
"""

import os

from celery import Celery, bootsteps
from django.conf import settings
from kombu.transport.redis import Channel, Transport
from redis.exceptions import ConnectionError  # noqa: A004 - kombu expects it of the broker

from partnership import heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class PortalChannel(Channel):
    """A channel that says of a connection it no longer has that it is lost.

    When the broker goes while a nudge is in hand, kombu 5.7 later tells it over the forgotten connection that the nudge
    was taken, or is to be given back. It then raises an AttributeError, which nobody catches, and the worker ends. As
    a lost connection, it is one the worker expects. Nothing is given back: the sweep finds what the nudge was about.
    """

    do_restore = False

    def _connparams(self, *args, **kwargs) -> dict:
        if self.connection is None:
            raise ConnectionError("The broker went away")
        return super()._connparams(*args, **kwargs)


Transport.Channel = PortalChannel


class SignOfLife(bootsteps.StartStopStep):
    """Each worker's main loop says every few seconds that it turns; `/healthz` looks for it.

    A step, and not the signal that the worker is ready: a lost broker clears all timers, and steps are started again.
    """

    def start(self, parent) -> None:
        beat = heartbeat.pulse(settings.REDIS_URL)
        beat()
        parent.timer.call_repeatedly(heartbeat.EVERY_SECONDS, beat)


app.steps["consumer"].add(SignOfLife)
