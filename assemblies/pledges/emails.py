"""What we write about pledges and asks: to who made them, and to the members of partners that are asked."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from assemblies.meetings.emails.letter import Letter
from assemblies.pledges.models import Ask, Pledge
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox import Draft
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key
from partnership.partners.models import Membership

TOPIC, NAME = "asks", "what assemblies ask of your organisations"
GAPS = ("name", "unsubscribe_link")


def how_it_goes(pledge: Pledge) -> bool:
    """Asks the owner how it goes, with a link that answers without a password. Returns whether it is new."""
    context = {"pledge": pledge, "meeting": pledge.meeting, "link": f"{settings.PORTAL_URL}{pledge.own_url}"}
    subject, text, html = compose("pledges/how_it_goes", context)
    draft = Draft(
        key=message_key("pledge", pledge.pk, "asked", pledge.asked), to=pledge.email, to_name=pledge.name, subject=subject,
        text=text, html=html, about=about("pledge", pledge.pk), sensitive=True,
    )  # fmt: skip
    return bool(outbox.enqueue_many([draft]))


def asked(asks: Sequence[Ask]) -> int:
    """Tells the members of the partner what it is asked; all of these ask the same one. Returns how many emails are new."""
    partner = asks[0].partner
    assert partner is not None
    members = Membership.objects.accepted().filter(partner=partner, user__is_active=True).select_related("user")
    people: list[User] = [each.user for each in members]
    rows = [(each, f"{settings.PORTAL_URL}{each.get_absolute_url()}") for each in asks]
    page = f"{settings.PORTAL_URL}{reverse('partner_pledges', args=[partner.slug])}"
    letter = Letter("pledges/asked", {"partner": partner, "rows": rows, "link": page}, GAPS)
    stop = outbox.unsubscribe_links(topic=TOPIC, name=NAME, emails=[person.email for person in people])
    drafts = []
    for person in people:
        if person.email not in stop:
            continue
        words = letter.to(name=person.name or "colleague", unsubscribe_link=stop[person.email])
        drafts.append(
            Draft(
                key=message_key("asks", asks[-1].pk, "member", person.pk), to=person.email, to_name=person.name,
                subject=words.subject, text=words.text, html=words.html, about=about("asks", asks[-1].pk),
                unsubscribe=stop[person.email],
            )
        )  # fmt: skip
    return len(outbox.enqueue_many(drafts))


def answered(ask: Ask, *, words: str) -> bool:
    """Tells who asked what the partner said. Returns whether it is new; nothing once their address is deleted."""
    if not ask.email:
        return False
    context = {"ask": ask, "words": words, "link": f"{settings.PORTAL_URL}{ask.own_url}"}
    subject, text, html = compose("pledges/answered", context)
    draft = Draft(
        key=message_key("ask", ask.pk, ask.state, ask.revision), to=ask.email, to_name=ask.name, subject=subject, text=text,
        html=html, about=about("ask", ask.pk), sensitive=True,
    )  # fmt: skip
    return bool(outbox.enqueue_many([draft]))
