"""The Celery app: `celery -A partnership worker`; tasks are found in each app's `tasks.py`. The clock has its own, lighter.

Celery is a nudge, never the truth: what must be done is a row in PostgreSQL, and each minute a sweep picks up what a
lost nudge left behind. So tasks are acknowledged early or late without harm, nothing is stored as a result, and a
broker that does not answer delays the person who caused the nudge by a fraction of a second at most.
"""

import os

from celery import Celery, bootsteps
from django.conf import settings
from kombu.transport.redis import Channel

from partnership import heartbeat

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# A worker that lost its broker closes the channel it had there. With a nudge in hand, kombu 5.7 then asks the broker to
# take it back, over a connection it has just forgotten: an AttributeError that nobody catches, and the worker ends. We need
# nothing given back, since the sweep finds what a lost nudge was about.
Channel.do_restore = False


class SignOfLife(bootsteps.StartStopStep):
    """Each worker's main loop says every few seconds that it turns; `/healthz` looks for it.

    A step, and not the signal that the worker is ready: a lost broker clears all timers, and steps are started again.
    """

    def start(self, parent) -> None:
        beat = heartbeat.pulse(settings.REDIS_URL)
        beat()
        parent.timer.call_repeatedly(heartbeat.EVERY_SECONDS, beat)


app.steps["consumer"].add(SignOfLife)
