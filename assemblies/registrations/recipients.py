"""Who should know when a meeting changes: each person once, by the closest tie they have to it."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q, TextChoices
from django.utils import timezone

from assemblies.invitations.emails.invitation import personal_link
from assemblies.invitations.models import Invitation
from assemblies.meetings import calendar, guests
from assemblies.meetings.emails.following import link_of, stop_link
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.registrations import emails as registration_mail
from assemblies.registrations.models import Registration
from partnership.accounts.models import User
from partnership.boards.models import ActingChair, Appointment
from partnership.outbox.message_keys import about
from partnership.outbox.models import Message


class Tie(TextChoices):
    """What ties a person to a meeting, the closest first."""

    COMING = "coming", "with a place"
    WAITING = "waiting", "on the waiting list"
    INVITED = "invited", "invited"
    UNCONFIRMED = "unconfirmed", "yet to confirm their address"
    FOLLOWING = "following", "following the meeting"
    MEMBER = "member", "on the board"  # of papers alone


class Recipient(NamedTuple):
    """A person who should know. `link` is their own; it needs no password. `until` is when their hour to confirm ends.

    Somebody whose address is not confirmed has no name here: a stranger may have typed it. Followers can `unsubscribe`.
    `attends` is the way into a hybrid meeting that is theirs (a `Registration.Attendance`), where they hold a place;
    `entry` what their own entry in a calendar says.
    """

    email: str
    name: str
    tie: Tie
    link: str
    about: str
    holds_place: bool = False
    joins_online: bool = False
    attends: str = ""
    entry: calendar.Own = calendar.NOBODY
    until: datetime | None = None
    unsubscribe: str = ""


def of(meeting: Meeting) -> list[Recipient]:
    """Everybody who should know. Nobody who declined or cancelled is among them, unless they follow the meeting; nor
    somebody whose invitation has not left yet, or never arrived, or whose hour to confirm their address is over."""
    found: dict[str, Recipient] = {}
    gone, hybrid = set(), meeting.has_room and meeting.has_link
    for person in meeting.registrations.answering().select_related("meeting").order_by("pk"):
        if person.state == Registration.State.CANCELLED:
            gone.add(person.email)
            continue
        if person.confirmed_at is None and person.confirm_by:
            continue
        tie = Tie.WAITING if person.state == Registration.State.WAITING else Tie.COMING
        link = registration_mail.link(person)
        found[person.email] = Recipient(
            person.email,
            person.name,
            tie,
            link,
            about("registration", person.pk),
            holds_place=person.holds_place,
            joins_online=bool(person.joining_link),
            attends=person.attendance if hybrid and person.holds_place else "",
            entry=person.own_entry,
        )
    for person in _invited(meeting):
        if person.email not in found and person.email not in gone:
            link = personal_link(person.key)
            mails = about("meeting", meeting.pk, "change", person.pk)
            found[person.email] = Recipient(person.email, person.name, Tie.INVITED, link, mails)
    for person in meeting.registrations.unconfirmed(timezone.now()).order_by("pk"):
        link, mails = registration_mail.address(person.key, "registration_confirm"), registration_mail.about(person)
        new = Recipient(person.email, "", Tie.UNCONFIRMED, link, mails, until=person.confirm_by)
        found.setdefault(person.email, new)
    for person in meeting.followers.filter(confirmed_at__isnull=False).order_by("pk"):
        found.setdefault(person.email.lower(), _follower(person))
    return list(found.values())


def registered(meeting: Meeting) -> list[Recipient]:
    """Those who have a place or wait for one, by a confirmed address."""
    return [each for each in of(meeting) if each.tie in (Tie.COMING, Tie.WAITING)]


def counts(meeting: Meeting) -> list[tuple[str, int]]:
    """How many people of each tie should know, in words; ties nobody has are left out."""
    people = Counter(person.tie for person in of(meeting))
    return [(tie.label, people[tie]) for tie in Tie if people[tie]]


def followers(meeting: Meeting) -> list[Recipient]:
    """Those who asked to be told of changes, whether or not they are also invited or registered."""
    rows = meeting.followers.filter(confirmed_at__isnull=False).order_by("pk")
    return [_follower(row) for row in rows]


def of_papers(meeting: Meeting, *, but) -> list[Recipient]:
    """Who is told that papers are out, each once: those who sit on a board of the meeting today, deputise there or act for its
    chair, and confirmed followers who may know of the meeting; `but` publishes them, and is told nothing."""
    found: dict[str, Recipient] = {}
    link = f"{settings.PORTAL_URL}{meeting.get_absolute_url()}"
    for person in _on_the_boards(meeting):
        mails = about("meeting", meeting.pk, "papers", person.pk)
        found[person.email.lower()] = Recipient(person.email, person.name, Tie.MEMBER, link, mails)
    for follower in followers(meeting):
        if follower.email.lower() not in found and _may_know(meeting, follower.email):
            found[follower.email.lower()] = follower
    found.pop(but.email.lower(), None)
    return list(found.values())


def _on_the_boards(meeting: Meeting) -> list[User]:
    today, boards = timezone.localdate(), boards_of(meeting)
    terms = Appointment.objects.current(today).filter(seat__board__in=boards)
    acts = ActingChair.objects.current(today).filter(board__in=boards)
    theirs = Q(pk__in=terms.values("holder")) | Q(pk__in=terms.values("deputy")) | Q(pk__in=acts.values("person"))
    return list(User.objects.filter(theirs, is_active=True).order_by("pk"))


def _may_know(meeting: Meeting, email: str) -> bool:
    """Whether whoever reads the address may know of the meeting: of one by invitation its guests, and who sees it signed in."""
    if not meeting.by_invitation or Meeting.objects.filter(guests.has_part(email), pk=meeting.pk).exists():
        return True
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    return person is not None and Meeting.objects.visible_to(person).filter(pk=meeting.pk).exists()


def _follower(row) -> Recipient:
    mails = about("follower", row.pk)
    return Recipient(row.email, "", Tie.FOLLOWING, link_of(row), mails, unsubscribe=stop_link(row))


def _invited(meeting: Meeting):
    unread = [Message.State.QUEUED, Message.State.WITHDRAWN, Message.State.FAILED]
    sent = Invitation.objects.sent().filter(meeting=meeting, declined_at__isnull=True)
    return sent.exclude(message__state__in=unread).order_by("pk")
