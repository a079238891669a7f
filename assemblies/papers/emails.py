"""Emails about an agenda: to its chair, that a file waits or that a reason was entered for them; to all, that papers are out."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from assemblies.meetings.in_common import boards_of, is_in_common
from assemblies.meetings.models import Meeting, MeetingMove
from assemblies.papers import takers
from assemblies.papers.models import AgendaItem, AgendaVersion, Document, MeetingPack
from assemblies.registrations.recipients import Recipient
from assemblies.registrations.telling import tell
from partnership import outbox
from partnership.accounts.models import User
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import about, message_key

WAITS = ("paper_waits", "new_paper_waits")


def waits_for_chair(
    *, draft: AgendaVersion, out: Document, new: Document, by, chair: User | None, places: list[str], late: bool
) -> int:
    """Tells the chair that a newer file waits on the draft; returns how many emails are new."""
    context = {"draft": draft, "out": out, "new": new, "by": by, "places": " and ".join(places), "late": late}
    address = reverse("manage_agenda_publish", args=[draft.meeting.slug])
    return _about_paper("paper_waits", context, chair, by, paper=new, address=address, meeting=draft.meeting)


def new_paper_waits(*, draft: AgendaVersion, paper: Document, by, chair: User | None, place: int, late: bool) -> int:
    """Tells the chair that a paper was added to the draft for them to publish; returns how many emails are new."""
    context = {"draft": draft, "paper": paper, "by": by, "place": place, "late": late}
    address = reverse("manage_agenda_publish", args=[draft.meeting.slug])
    return _about_paper("new_paper_waits", context, chair, by, paper=paper, address=address, meeting=draft.meeting)


def reason_entered(*, move: MeetingMove, by, chair: User | None) -> int:
    """Shows the chair the reason that staff entered as theirs, for a day the agenda came too late for; returns as above."""
    meeting = move.meeting
    context = {"move": move, "by": by}
    key, topic = message_key("meeting", meeting.pk, "reason", move.pk), about("meeting", meeting.pk)
    return _to_chair(
        "reason_entered", context, chair, by, key=key, topic=topic, address=meeting.get_absolute_url(), meeting=meeting
    )


def take_back_from_chair(papers: Iterable[Document], *, because: str) -> None:
    """Withdraws emails that ask the chair to publish these files and have not left."""
    outbox.withdraw(keys=[_key(waits, paper) for paper in papers for waits in WAITS], because=because)


def _about_paper(
    template: str, context: dict, chair: User | None, by, *, paper: Document, address: str, meeting
) -> int:
    key, topic = _key(template, paper), about("document", paper.pk)
    return _to_chair(template, context, chair, by, key=key, topic=topic, address=address, meeting=meeting)


def _to_chair(
    template: str, context: dict, chair: User | None, by, *, key: str, topic: str, address: str, meeting: Meeting
) -> int:
    """Nothing while the seat is vacant, nor to a chair who did it themselves."""
    if chair is None or chair == by:
        return 0
    whole = context | {"meeting": meeting, "chair": chair, "link": f"{settings.PORTAL_URL}{address}"}
    not_after = meeting.starts_at if template in WAITS else None
    draft = to_person(f"papers/{template}", chair, whole, key=key, about=topic, not_after=not_after)
    return len(outbox.enqueue_many([draft]))


def _key(template: str, paper: Document) -> str:
    return message_key("document", paper.pk, template)


def papers_are_out(*, version: AgendaVersion, pack: MeetingPack | None, people: Iterable[Recipient]) -> int:
    """Tells those on the board and followers that papers are out, once for a version of the agenda, and once for a supplement
    of papers that were released; returns how many emails are new. What is closed is named by its safe title and ground."""
    meeting, released = version.meeting, pack if pack and pack.is_released else None
    key = message_key("pack", released.pk, "published") if released else message_key("agenda", version.pk, "published")
    context = {
        "meeting": meeting,
        "version": version,
        "pack": pack,
        "is_released": released is not None,
        "released": [part.title for part in released.parts.all() if not part.is_item] if released else [],
        "address": f"{settings.PORTAL_URL}{meeting.get_absolute_url()}",
        "packs": f"{settings.PORTAL_URL}{reverse('packs', args=[meeting.slug])}",
        "items": _items(version),
        "in_common": is_in_common(meeting),
    }
    return tell("papers/papers_are_out", context, people, key=key, not_after=meeting.ends_at, method="")


def _items(version: AgendaVersion) -> list[AgendaItem]:
    """The items, each with `taken_by`: in words which boards of a meeting in common took it, as its page says it."""
    items, boards = list(version.items.with_closures().prefetch_related("taking__board")), boards_of(version.meeting)
    for item in items:
        item.taken_by = takers.said_in_public(item, boards)
    return items
