import pytest
from django.utils import timezone

from partnership import outbox
from partnership.accounts.models import User
from partnership.audit.models import Entry
from partnership.outbox.actions import deliver, retry, sweep
from partnership.outbox.models import Message
from partnership.refusals import Refusal

pytestmark = pytest.mark.django_db
DAY = timezone.timedelta(days=1)


def queue(number: int = 1, **fields) -> Message:
    return outbox.enqueue(
        **{"key": f"n:{number}", "to": f"p{number}@example.org", "subject": "Hi", "text": "Hi"} | fields
    )


def test_sweep_finds_what_a_lost_nudge_left_behind():
    assert sweep.sweep() is False
    queue()
    assert sweep.sweep() is True


def test_sweep_finds_what_a_dead_worker_left_behind():
    queue()
    deliver.claim(10)
    assert sweep.sweep() is False, "its lease is still running"
    Message.objects.update(due_at=timezone.now() - timezone.timedelta(seconds=1))
    assert sweep.sweep() is True


def test_sweep_withdraws_what_became_too_late():
    late = queue(1, not_after=timezone.now() - DAY, not_before=timezone.now() + DAY)
    in_time = queue(2, not_after=timezone.now() + DAY)
    sweep.sweep()
    late.refresh_from_db()
    in_time.refresh_from_db()
    assert (late.state, in_time.state) == (Message.State.WITHDRAWN, Message.State.QUEUED)


@pytest.fixture
def failed():
    message = queue()
    Message.objects.update(state="failed", failed_at=timezone.now(), last_error="No such user", attempts=3)
    message.refresh_from_db()
    return message


def test_retry_queues_a_failed_message_with_the_same_id(failed, smtp):
    staff = User.objects.create_user("staff@example.org", name="Sam", is_staff=True)
    again = retry.retry(message=failed, by=staff)
    assert (again.state, again.attempts, again.message_id) == (Message.State.QUEUED, 0, failed.message_id)

    assert deliver.deliver() == 1
    assert retry.retry(message=failed, by=staff).state == Message.State.SENT, "pressed twice: nothing happens"
    assert Entry.objects.filter(verb="message.retried", actor=staff).count() == 1


def test_retry_refuses_what_is_too_late(failed):
    Message.objects.update(not_after=timezone.now() - DAY)
    with pytest.raises(Refusal, match="too late"):
        retry.retry(message=failed, by=None)


def test_retry_refuses_what_has_no_words_left(failed):
    Message.objects.update(text="")
    with pytest.raises(Refusal, match="no longer kept"):
        retry.retry(message=failed, by=None)
