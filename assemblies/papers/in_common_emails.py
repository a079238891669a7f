"""Emails to the chairs of the boards that meet in common with the host, and to who acts for them: what happens to the meeting.

The host's chair publishes the agenda; the others read its draft, and are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assemblies.meetings import in_common
from assemblies.meetings.models import Meeting, MeetingMove
from partnership import dates, outbox
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.outbox.compose import to_person
from partnership.outbox.message_keys import about, message_key


@dataclass(frozen=True)
class News:
    """What happened: a headline, what the board does at the meeting in the words after its name, and what else is said."""

    key: tuple[object, ...]
    headline: str
    does: str
    says: list[str]
    link: str
    button: str


def joined(*, meeting: Meeting, boards: Iterable[Board], by) -> int:
    """Tells each chair that their board meets in common, who publishes the agenda, and by when; returns how many are new."""
    until = in_common.publish_until(meeting)
    host = (
        f"The chair of the {meeting.board}, the host, publishes the one agenda for all boards, by {dates.clock(until)} on "
        f"{dates.day(until)}: the earliest day of their rules."
    )
    own = (
        "You can read the draft, and say on its page that you have read it. Your board keeps its own quorum, interests, "
        "votes and decisions."
    )
    link = f"{settings.PORTAL_URL}{reverse('manage_agenda', args=[meeting.slug])}"
    key, headline = ("joined", meeting.revision), "Your board meets in common"
    return _tell(
        meeting, boards, by, News(key, headline, "meets in common with others at", [host, own], link, "Read the draft")
    )


def left(*, meeting: Meeting, boards: Iterable[Board], by) -> int:
    """Tells each chair that their board does not take part any more; returns as above."""
    says = ["What was planned for your board at this meeting is back on its forward plan."]
    headline, does = "Your board no longer meets in common", "no longer takes part in"
    news = News(("left", meeting.revision), headline, does, says, settings.PORTAL_URL, "Open the portal")
    return _tell(meeting, boards, by, news)


def moved(*, meeting: Meeting, move: MeetingMove, by) -> int:
    """Tells them the new time, and the agenda's last day for it; returns as above."""
    until = in_common.publish_until(meeting)
    says = [
        f"It was to be on {dates.span(move.old_starts_at, move.old_ends_at)}. {move.reason}".strip(),
        f"The agenda is due by {dates.clock(until)} on {dates.day(until)}.",
    ]
    news = _news(meeting, ("moved", move.pk), "Your meeting in common has moved", "has a new time for", says)
    return _tell(meeting, in_common.boards_of(meeting)[1:], by, news)


def called_off(*, meeting: Meeting, reason: str, by) -> int:
    """Tells them that it does not take place; returns as above. The draft of one may be gone by the time they read it."""
    headline, does = "Your meeting in common is cancelled", "does not meet at"
    news = News(("off",), headline, does, [reason], settings.PORTAL_URL, "Open the portal")
    return _tell(meeting, in_common.boards_of(meeting)[1:], by, news)


def _news(meeting: Meeting, key: tuple[object, ...], headline: str, does: str, says: list[str]) -> News:
    """News that leads to the page of the meeting."""
    return News(key, headline, does, says, f"{settings.PORTAL_URL}{meeting.get_absolute_url()}", "See the meeting")


def _tell(meeting: Meeting, boards: Iterable[Board], by, news: News) -> int:
    today = timezone.localdate()
    told = [(board, person) for board in boards for person in board.chairs_on(today) if person != by]
    drafts = [_draft(meeting, board, person, news) for board, person in told]
    return len(outbox.enqueue_many(drafts))


def _draft(meeting: Meeting, board: Board, person: User, news: News) -> outbox.Draft:
    context = {"meeting": meeting, "board": board, "news": news, "link": news.link}
    key = message_key("meeting", meeting.pk, "in-common", *news.key, board.pk, person.pk)
    return to_person("papers/in_common", person, context, key=key, about=about("meeting", meeting.pk, "in-common"))
