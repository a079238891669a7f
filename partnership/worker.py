"""A worker: `python -m partnership.worker`, the same as `celery -A partnership worker` without the weight of its command line.

WORKER_CONCURRENCY says how many tasks it does at once, each in a thread (4 unless set), WORKER_NAME how it is called where
several share a host, WORKER_NICE how far it gives way to web processes on the same machine (10 unless set).
"""

import os
import socket
import sys
import warnings

from celery.platforms import SecurityWarning
from celery.worker import state

from partnership.celery import app

if __name__ == "__main__":
    os.nice(int(os.environ.get("WORKER_NICE", "10")))  # people who wait at a page come before mail
    warnings.simplefilter("ignore", SecurityWarning)  # about root and pickled tasks: ours are JSON, which runs nothing
    name = os.environ.get("WORKER_NAME", f"portal-{os.getpid()}")
    worker = app.Worker(
        hostname=f"{name}@{socket.gethostname()}",
        concurrency=int(os.environ.get("WORKER_CONCURRENCY", "4")),
        loglevel=os.environ.get("LOG_LEVEL", "WARNING"),
        without_gossip=True,
        without_mingle=True,
        quiet=True,
    )
    worker.start()
    asked_to_end = (state.should_stop, state.should_terminate) != (None, None)  # by a signal
    sys.exit(worker.exitcode or (0 if asked_to_end else 1))  # not 0 where nobody asked, so that it is started again
