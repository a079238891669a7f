"""What we write about minutes. No email has their words: who reads what depends on who asks, and some items are closed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.minutes.models import Correction, Minutes, MinutesVersion
from assemblies.registrations import recipients
from assemblies.registrations.telling import tell
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key

NEWS_FOR = timedelta(days=30)  # an email that could not leave by then says nothing new


def circulated(version: MinutesVersion) -> int:
    """To those who were there: where the minutes are, and until when they can be corrected; returns how many are new."""
    people = version.minutes.present.filter(is_active=True).order_by("pk")
    return _to_each(people, "circulated", version, _correct_link(version))


def answered(correction: Correction) -> int:
    """To who proposed it: whether the correction is made, and why not."""
    version, person = correction.version, correction.by
    if not person.is_active or person.pk == correction.answered_by_id:
        return 0
    link = _correct_link(version)
    return _to_each([person], "answered", version, link, correction.pk, correction=correction)


def agreement_waits(version: MinutesVersion, now: datetime) -> int:
    """To who chairs the board today, and who acts for them: that the minutes wait for them."""
    people = [each for each in version.minutes.board.chairs_on(timezone.localdate(now)) if each.is_active]
    return _to_each(people, "agreement_waits", version, version.minutes.work_url)


def key_messages_are_out(minutes: Minutes, *, by, now: datetime) -> int:
    """To those on the boards of the meeting and its followers, once; returns how many are new."""
    context = {
        "meeting": minutes.meeting,
        "minutes": minutes,
        "address": settings.PORTAL_URL + minutes.key_messages_url,
    }
    people = recipients.of_papers(minutes.meeting, but=by)
    key = message_key("minutes", minutes.pk, "key-messages")
    return tell("minutes/key_messages", context, people, key=key, not_after=now + NEWS_FOR, method="")


def _correct_link(version: MinutesVersion) -> str:
    return reverse("minutes_version", args=[version.minutes.meeting.slug, version.minutes.board.slug, version.number])


def _to_each(
    people: Iterable[User], template: str, version: MinutesVersion, address: str, *words: Any, **context: Any
) -> int:
    drafts = []
    for person in people:
        facts = {
            "person": person,
            "version": version,
            "minutes": version.minutes,
            "link": settings.PORTAL_URL + address,
        }
        subject, text, html = compose(f"minutes/{template}", facts | context)
        drafts.append(
            outbox.Draft(
                key=message_key("minutes-version", version.pk, template, *words, person.pk), to=person.email, to_name=person.name,
                subject=subject, text=text, html=html, about=about("minutes", version.minutes_id),
            )
        )  # fmt: skip
    return len(outbox.enqueue_many(drafts))
