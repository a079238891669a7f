"""Mails to the members of partners a seat speaks for: a question, a reminder, what was brought back. Each person once."""

from collections.abc import Iterable

from django.conf import settings

from assemblies.emails.letter import Letter
from assemblies.models import CallForViews, ReportBack
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox.models import Message
from partnership.partners.models import Membership, Partner


def asked(*, call: CallForViews, partners: Iterable[Partner]) -> int:
    """Asks the members of the partners; returns how many mails are new."""
    return _to_members("views_asked", call, partners, key=f"call:{call.pk}:asked")


def reminded(*, call: CallForViews, partners: Iterable[Partner]) -> int:
    """Reminds the members of partners that have not answered; returns how many mails are new."""
    return _to_members("views_reminder", call, partners, key=f"call:{call.pk}:reminder")


def reported(*, report: ReportBack, partners: Iterable[Partner]) -> int:
    """Tells the members of the partners what their representative brought back; returns how many mails are new."""
    address = f"{settings.PORTAL_URL}{report.get_absolute_url()}"
    context = {"report": report, "seat": report.seat, "writer": report.made_by, "link": address}
    key = f"report-back:{report.pk}"
    return _send(
        Letter("report_back", context, ("name", "partners")), partners, key=key, about=key, except_for=report.made_by
    )


def _to_members(template: str, call: CallForViews, partners: Iterable[Partner], *, key: str) -> int:
    address = f"{settings.PORTAL_URL}{call.get_absolute_url()}"
    topics = list(call.topics.select_related("item"))
    context = {"call": call, "seat": call.seat, "asker": call.opened_by, "topics": topics, "link": address}
    letter = Letter(template, context, ("name", "partners"))
    return _send(letter, partners, key=key, about=f"call:{call.pk}", except_for=call.opened_by, not_after=call.closes)


def _send(
    letter: Letter, partners: Iterable[Partner], *, key: str, about: str, except_for: User | None, not_after=None
):
    """One mail for each person, which names their organisations; nothing to who asks, nor twice to anybody."""
    belongs: dict[User, list[str]] = {}
    rows = Membership.objects.accepted().filter(partner__in=[each.pk for each in partners], user__is_active=True)
    for row in rows.select_related("user", "partner").order_by("partner__name"):
        belongs.setdefault(row.user, []).append(row.partner.name)
    belongs.pop(except_for, None)
    had = set(Message.objects.filter(key__startswith=f"{key}:").values_list("key", flat=True))
    drafts = []
    for person, names in belongs.items():
        own_key = f"{key}:{person.pk}"
        if own_key in had:
            continue
        words = letter.to(name=person.name or "colleague", partners=_list(names))
        drafts.append(
            outbox.Draft(
                key=own_key,
                to=person.email,
                to_name=person.name,
                subject=words.subject,
                text=words.text,
                html=words.html,
                not_after=not_after,
                about=about,
            )
        )
    return len(outbox.enqueue_many(drafts))


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
