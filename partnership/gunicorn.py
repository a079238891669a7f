"""Gunicorn's settings, for `make run` and for production: `gunicorn partnership.wsgi --config python:partnership.gunicorn`."""

import gc
import os

preload_app = True
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "2"))
worker_class = "gthread"
accesslog = None
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"generic": {"()": "partnership.logs.Line"}},
    "loggers": {"gunicorn.error": {"level": loglevel.upper(), "handlers": ["error_console"], "propagate": False}},
}
timeout = 60
graceful_timeout = 10
keepalive = 15
control_socket_disable = True  # it would lie in the home folder of whoever starts the portal

# While everything is loaded nothing becomes garbage: a fifth of the start went into looking for it.
gc.disable()


def when_ready(server) -> None:
    """What is loaded before the workers fork stays shared between them: the collector no longer touches it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)  # a page makes thousands of objects and drops them all
    gc.enable()
