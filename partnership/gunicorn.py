"""Gunicorn's settings, for `make run` and for production: `gunicorn partnership.wsgi --config python:partnership.gunicorn`."""

import gc
import os
import sys
from pathlib import Path

import environ

from partnership import hosts

environ.Env.read_env(Path(__file__).resolve().parent.parent / ".env")

BIND = os.environ.get("BIND", "127.0.0.1")
bind = f"[{BIND}]:8000" if BIND.count(":") > 1 and BIND[0] != "[" else f"{BIND}:8000"
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
# No header becomes a part of the address or the scheme of a request: Django alone reads what proxies say, as settings tell.
forwarder_headers = ""
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
control_socket_disable = True  # it would lie in the home folder of whoever starts the portal

# While everything is loaded nothing becomes garbage: a fifth of the start went into looking for it.
gc.disable()


def on_starting(server) -> None:
    """Refuses to listen on an address that BIND does not name: BIND is what decided whether the portal may start."""
    for address in server.cfg.address:
        if isinstance(address, tuple) and address[0] != BIND.strip("[]") and not hosts.is_loopback(address[0]):
            server.log.error("BIND is %s, so the portal does not listen on %s: set BIND to it.", BIND, address[0])
            sys.exit(1)


def when_ready(server) -> None:
    """What is loaded before the workers fork stays shared between them: the collector no longer touches it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)  # a page makes thousands of objects and drops them all
    gc.enable()
