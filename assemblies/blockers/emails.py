"""What we write to people about blockers. Partners write frankly, so only those are written to who may read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.blockers.models import Blocker, BlockerStep, who_may_own
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox import Draft, message_keys
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import message_key


def asked(step: BlockerStep) -> int:
    """To who owns it from now on, because somebody asked them or handed it on. Returns how many emails are new."""
    return _of_step("asked", step, [step.new_owner])


def news(step: BlockerStep, *, to: Iterable[User | None], but: Iterable[User] = ()) -> int:
    """What happened: to who raised it, who owned it, or the chair of the board that has it; `but` who was told otherwise."""
    return _of_step("news", step, set(to) - set(but))


def escalated(step: BlockerStep, *, to: Iterable[User]) -> int:
    """To the chair of the board whose plan it is on now, and who acts for the chair."""
    return _of_step("escalated", step, to)


def quiet(owner: User, blockers: Sequence[Blocker], now: datetime) -> int:
    """To their owner, in one email: those of which nothing was heard for long."""
    key = message_key(
        "blockers-quiet", owner.pk, timezone.localdate(now).isoformat(), min(each.pk for each in blockers)
    )
    rows = [(each, settings.PORTAL_URL + each.get_absolute_url()) for each in blockers]
    context = {"person": owner, "rows": rows, "days": settings.REMIND_OF_BLOCKERS_DAYS, "all_link": _all_of_theirs()}
    return _send("quiet", owner, key, blockers[0], context)


def _of_step(template: str, step: BlockerStep, to: Iterable[User | None], **words) -> int:
    """Nobody is told what they did themselves, and who takes part no more is told nothing."""
    people = {person.pk for person in to if person is not None and person != step.by}
    told = who_may_own(timezone.localdate(step.at)).filter(pk__in=people).order_by("pk") if people else ()
    blocker, new = step.blocker, 0
    link = settings.PORTAL_URL + blocker.get_absolute_url()
    for person in told:
        key = message_key("blocker", blocker.pk, step.pk, template, person.pk)
        context = {"person": person, "step": step, "blocker": blocker, "link": link, **words}
        new += _send(template, person, key, blocker, context)
    return new


def _send(template: str, person: User, key: str, blocker: Blocker, context: dict) -> int:
    subject, text, html = compose(f"blockers/{template}", context)
    draft = Draft(
        key=key, to=person.email, to_name=person.name, subject=subject, text=text, html=html,
        about=message_keys.about("blocker", blocker.pk),
    )  # fmt: skip
    return int(bool(outbox.enqueue_many([draft])))


def _all_of_theirs() -> str:
    return f"{settings.PORTAL_URL}{reverse('blockers')}?whose=mine"
