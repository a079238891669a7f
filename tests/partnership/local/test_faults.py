"""What a person and a load balancer see while a part is away, with parts that are really away; in this order."""

import json
import os
import signal

import pytest
import redis

from partnership.local.services import postgres, valkey

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("own portal")]


def test_healthz_is_well_when_all_parts_are(own_portal):
    page = own_portal.wait_for("/healthz", 200)
    assert json.loads(page) == {"database": "ok", "broker": "ok", "worker": "ok", "room": "ok"}


def test_pages_say_so_while_the_database_is_away_and_recover(own_portal):
    own_portal.wait_for("/sign-in-as/", 200)
    postgres.stop(own_portal.places)
    page = own_portal.wait_for("/sign-in-as/", 503)
    assert "Nothing you saved is lost" in page
    health = json.loads(own_portal.wait_for("/healthz", 503))
    assert health["database"] == "cannot be reached"
    assert health["broker"] == "ok"
    postgres.start(own_portal.places)
    assert [own_portal.get("/sign-in-as/")[0] for _ in range(8)] == [200] * 8
    own_portal.wait_for("/healthz", 200)


def test_pages_work_while_the_broker_is_away(own_portal):
    valkey.stop(own_portal.places)
    health = json.loads(own_portal.wait_for("/healthz", 503))
    assert health["database"] == "ok"
    assert health["broker"] == "cannot be reached"
    assert own_portal.get("/sign-in-as/")[0] == 200
    valkey.start(own_portal.places)
    redis.Redis.from_url(valkey.url(own_portal.places)).flushall()
    own_portal.wait_for("/healthz", 200)


def test_healthz_names_a_worker_that_was_killed(own_portal):
    own_portal.wait_for("/healthz", 200)
    os.killpg(own_portal.worker.pid, signal.SIGKILL)
    own_portal.worker.wait()
    health = json.loads(own_portal.wait_for("/healthz", 503))
    assert health == {"database": "ok", "broker": "ok", "worker": "no sign of one for 10 seconds", "room": "ok"}
    own_portal.start_worker()
    own_portal.wait_for("/healthz", 200)
