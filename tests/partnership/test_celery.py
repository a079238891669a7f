"""What the portal asks of Celery and kombu beyond their own tests."""

import contextlib
import logging

import pytest
from celery import Celery
from kombu import Queue

from partnership.celery import app
from tests.faults.harness import portal, sink, valkey, wait_until


def test_nudge_of_a_lost_broker_is_taken_without_an_end(caplog):
    taken = []
    with valkey() as broker:
        connection = app.connection_for_read(broker.url)
        listener = connection.Consumer([Queue("portal")], on_message=taken.append)
        listener.consume()
        connection.SimpleQueue("portal").put("some work")
        connection.drain_events(timeout=5)
        broker.kill()
        connection.collect()
        taken[0].ack_log_error(logging.getLogger("worker"), connection.connection_errors)  # as the worker does, later
    assert "The broker went away" in caplog.text


def test_lost_broker_is_let_go_with_a_nudge_in_hand():
    taken = []
    with valkey() as broker:
        connection = app.connection_for_read(broker.url)
        for queue, channel in (("portal", connection.default_channel), ("control", connection.channel())):
            listener = connection.Consumer([Queue(queue)], channel=channel)
            listener.register_callback(lambda body, _: taken.append(body))
            listener.consume()
        connection.SimpleQueue("portal").put("some work")
        connection.drain_events(timeout=5)
        with contextlib.suppress(TimeoutError):
            connection.drain_events(timeout=0.1)  # asks for more, and waits
        broker.kill()
        connection.collect()  # what a worker does when its broker is gone; and then:
        connection.close()
    assert taken == ["some work"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("asked", [True, False], ids=["by a signal", "by nobody"])
def test_worker_that_ends_unasked_ends_with_an_error(tmp_path, asked):
    with valkey() as broker, sink(tmp_path) as mail, portal(broker, mail, tmp_path) as processes:
        worker = processes.worker()
        control = Celery(broker=broker.url).control  # the portal's own app keeps its connections from test to test
        wait_until(lambda: control.ping(timeout=0.5), seconds=60, what="an answer")
        if asked:
            worker.popen.terminate()
        else:
            control.shutdown()
        assert worker.popen.wait(60) == (0 if asked else 1)
