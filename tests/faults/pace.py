"""How fast time runs in a fault test: quickly in the suite, and at its real pace with FAULTS_IN_REAL_TIME=1 (ten
minutes)."""

import os

import pytest

IN_REAL_TIME = os.environ.get("FAULTS_IN_REAL_TIME") == "1"
LEASE, SWEEP = (45, 15) if IN_REAL_TIME else (3, 1)  # seconds
STOPPED = 60 if IN_REAL_TIME else 3  # seconds for which the broker is away
START = 45 if IN_REAL_TIME else 15  # seconds a worker may take to be there on a busy machine, and be found by a sweep
CAUGHT_UP = START + LEASE + SWEEP  # seconds after which nothing that was left behind still waits
SCALED = {
    "OUTBOX_LEASE_SECONDS": LEASE,
    "OUTBOX_SWEEP_SECONDS": SWEEP,
    "REMINDER_SWEEP_SECONDS": SWEEP,
    "OUTBOX_BATCH": 20,
    "INVITATIONS_AT_ONCE": 10,
}
AT_ONCE = 2  # tasks in a worker
PATIENCE = pytest.mark.timeout(900 if IN_REAL_TIME else 240)
