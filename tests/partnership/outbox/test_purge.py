import pytest
from django.utils import timezone

from partnership import outbox
from partnership.audit.models import Entry
from partnership.outbox.actions.purge import purge
from partnership.outbox.models import Message

pytestmark = pytest.mark.django_db


def mail(number: int, *, days: int, state: str = "sent") -> Message:
    message = outbox.enqueue(
        key=f"n:{number}", to=f"p{number}@example.org", subject="Hi", text="Hi", html="<p>Hi</p>", calendar="BEGIN"
    )
    now = timezone.now()
    Message.objects.filter(pk=message.pk).update(
        state=state, sent_at=now if state == "sent" else None, created_at=now - timezone.timedelta(days=days)
    )
    return message


def test_purge_forgets_the_words_and_later_the_mail(settings):
    settings.OUTBOX_KEEP_WORDS_DAYS, settings.OUTBOX_KEEP_DAYS = 90, 365
    mail(1, days=89)
    mail(2, days=91)
    mail(3, days=366)
    mail(4, days=366, state="queued")

    assert purge() == (2, 1)
    assert purge() == (0, 0)
    left = dict(Message.objects.values_list("key", "text"))
    assert left == {"n:1": "Hi", "n:2": "", "n:4": "Hi"}
    second = Message.objects.get(key="n:2")
    assert (second.html, second.calendar, second.subject) == ("", "", "Hi")
    assert dict(Entry.objects.values_list("verb", "details")) == {
        "outbox.words_forgotten": {"messages": 2},
        "outbox.mail_forgotten": {"messages": 1},
    }
