"""Emails to the members of partners a seat speaks for: a question, a reminder, what was brought back. Each person once."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from assemblies.meetings.emails.letter import Letter
from assemblies.voice.models import CallForViews, ReportBack, ReportCorrection
from assemblies.voice.models.report_back import versions_of
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox.message_keys import about, message_key
from partnership.outbox.models import Message
from partnership.partners.models import Membership, Partner

TOPIC, NAME = "calls", "questions and reports from the people who speak for your organisations on boards"
GAPS = ("name", "partners", "unsubscribe_link")


def members_of(partners: QuerySet[Partner], *, but: User | None = None) -> QuerySet[Membership]:
    """The memberships of the people to write to about these partners; not those of `but`, who writes to them."""
    rows = Membership.objects.accepted().filter(partner__in=partners.order_by().values("pk"), user__is_active=True)
    return rows.exclude(user=but) if but else rows


def asked(*, call: CallForViews, members: QuerySet[Membership]) -> int:
    """Asks these members; returns how many emails are new."""
    return _about_call(f"voice/{call.kind}_asked", call, members, what="asked")


def reminded(*, call: CallForViews, members: QuerySet[Membership]) -> int:
    """Reminds these members, whose partners have not answered; returns how many emails are new."""
    return _about_call(f"voice/{call.kind}_reminder", call, members, what="reminder")


def reported(*, report: ReportBack, members: QuerySet[Membership]) -> int:
    """Tells these members what their representative brought back; returns how many emails are new."""
    address = f"{settings.PORTAL_URL}{report.get_absolute_url()}"
    context: dict[str, Any] = {"report": report, "seat": report.seat, "writer": report.made_by, "link": address}
    context["lines"] = versions_of(report)[0].lines
    mails = about("report-back", report.pk)
    return _send(Letter("voice/report_back", context, GAPS), members, key=mails, about=mails)


def corrected(*, correction: ReportCorrection, members: QuerySet[Membership]) -> int:
    """Tells these members what was wrong in the report, and how it reads now; returns how many emails are new."""
    report = correction.report
    context = {
        "correction": correction,
        "report": report,
        "seat": report.seat,
        "writer": correction.made_by,
        "lines": list(correction.lines.select_related("item__closure")),
        "link": f"{settings.PORTAL_URL}{report.get_absolute_url()}",
    }
    key = message_key("report-back", report.pk, "correction", correction.number)
    letter = Letter("voice/report_corrected", context, GAPS)
    return _send(letter, members, key=key, about=about("report-back", report.pk))


def _about_call(template: str, call: CallForViews, members: QuerySet[Membership], *, what: str) -> int:
    address = f"{settings.PORTAL_URL}{call.get_absolute_url()}"
    topics = list(call.topics.select_related("item__closure"))
    key = message_key("call", call.pk, what)
    context = {"call": call, "seat": call.seat, "asker": call.opened_by, "topics": topics, "link": address}
    return _send(Letter(template, context, GAPS), members, key=key, about=about("call", call.pk), not_after=call.closes)


def _send(letter: Letter, members: QuerySet[Membership], *, key: str, about: str, not_after=None) -> int:
    """One email for each person, which names their organisations; nothing to somebody who has had it."""
    belongs: dict[User, list[str]] = {}
    for row in members.select_related("user", "partner").order_by("partner__name"):
        belongs.setdefault(row.user, []).append(row.partner.name)
    keys = {person: message_key(key, person.pk) for person in belongs}
    had = set(Message.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    stop = outbox.unsubscribe_links(topic=TOPIC, name=NAME, emails=[person.email for person in belongs])
    drafts = []
    for person, names in belongs.items():
        if keys[person] in had or person.email not in stop:
            continue
        link = stop[person.email]
        words = letter.to(name=person.name or "colleague", partners=_list(names), unsubscribe_link=link)
        drafts.append(
            outbox.Draft(
                key=keys[person],
                to=person.email,
                to_name=person.name,
                subject=words.subject,
                text=words.text,
                html=words.html,
                not_after=not_after,
                about=about,
                unsubscribe=link,
            )
        )
    return len(outbox.enqueue_many(drafts))


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
