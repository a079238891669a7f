import factory
from django.utils import timezone

from partnership.outbox.models import Message
from tests.factories.counters import CountingFactory


class MessageFactory(CountingFactory):
    """An email that was sent; with `state="failed"`, one the server refused. Tests of sending call `outbox.enqueue`."""

    class Meta:
        model = Message

    key = factory.Sequence(lambda n: f"made:{n}")
    to_email = factory.Sequence(lambda n: f"reader{n}@example.org")
    subject = "Hello"
    text = "Hello"
    message_id = factory.Sequence(lambda n: f"<{n}@example.org>")
    state = Message.State.SENT
    sent_at = factory.LazyAttribute(lambda message: timezone.now() if message.state == "sent" else None)
    failed_at = factory.LazyAttribute(lambda message: timezone.now() if message.state == "failed" else None)
    last_error = factory.LazyAttribute(lambda message: "550 No such person" if message.state == "failed" else "")
