"""A blocker: raised, taken on, asked of somebody, handed on, brought on, resolved, withdrawn, opened again. Whoever calls has
checked who may; `escalation` holds what has to do with a board."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assemblies.blockers import emails
from assemblies.blockers.actions.steps import (
    LONGEST,
    Kind,
    State,
    lock,
    may_own,
    owned_by,
    refuse_ended,
    refuse_owner,
    refuse_reason,
    refuse_words,
    said_already,
    stepped,
)
from assemblies.blockers.models import Blocker, BlockerStep
from partnership import audit, states
from partnership.accounts.models import User
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.partners.models import Partner
from partnership.partners.rules import refuse_merged
from partnership.refusals import Refusal
from partnership.text import one_line, paragraphs
from places.footprint.models import Place

OWNED = ("owner", "owner_name", "owner_since", "state")
NO_OWNER = {"owner": None, "owner_name": "", "owner_since": None}
WITH_NO_BOARD = {"board": None, "topic": None, "escalated_at": None}
LONGEST_TITLE = 200


@transaction.atomic
def raise_blocker(
    *, by, partner: Partner, theme: str, title: str, text: str, tried: str = "", place: Place | None = None,
    key: UUID | None = None, illustrative: bool = False, now: datetime | None = None,
) -> Blocker:  # fmt: skip
    """Somebody says what stands in the way of a partner; returns the blocker. Sent twice with one `key` it is one.

    Raises Refusal without a title or words, and for a partner that is not listed any more.
    """
    now, title, text, tried = now or timezone.now(), one_line(title), paragraphs(text), paragraphs(tried)
    refuse_merged(partner)  # and who raises it twice waits here
    known = Blocker.objects.with_facts().filter(key=key).first() if key else None
    if known:
        return known
    if not Partner.objects.public().filter(pk=partner.pk).exists():
        raise Refusal(f"{partner} is not listed any more. Choose another organisation", "partner")
    refuse_words(title, "Enter in one line what is blocked", "title", LONGEST_TITLE)
    refuse_words(text, "Enter what is blocked, and what it costs", "text")
    if len(tried) > LONGEST:
        raise Refusal(f"Write it in at most {LONGEST:,} characters", "tried")
    row = Blocker(
        partner=partner, theme=theme, title=title, text=text, tried=tried, place=place, raised_by=by,
        raised_by_name=str(by)[:200], raised_at=now, moved_at=now, illustrative=illustrative,
    )  # fmt: skip
    if key:
        row.key = key
    states.enter(row, State.RAISED)
    row.save()
    audit.record(by=by, verb="blocker.raised", subject=row, theme=theme)
    return row


@transaction.atomic
def take_on(*, blocker: Blocker, by, now: datetime | None = None) -> Blocker:
    """The person owns it from now on; who raised it is told. Returns it; twice changes nothing. Raises Refusal where somebody
    else was quicker, and for who may not own one."""
    now, row = now or timezone.now(), lock(blocker)
    if row.owner_id == by.pk and row.is_open:
        return row
    _refuse_owned(row)
    refuse_owner(by, now)
    step = _give(row, Kind.TAKEN_ON, by=by, to=by, words="", now=now)
    emails.news(step, to=[row.raised_by])
    return row


@transaction.atomic
def ask(
    *, blocker: Blocker, by, to: User | None, words: str = "", revision: int | None = None, now: datetime | None = None
) -> Blocker:
    """Gives one that nobody owns to somebody, who is told and may hand it back. Returns it; the same again changes nothing.

    Raises Refusal where somebody owns it already, and for who may not own one; Stale where somebody changed it meanwhile.
    """
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    if to is not None and row.owner_id == to.pk and row.is_open:
        return row
    _refuse_owned(row)
    refuse_if_stale(row, revision, ["owner"])
    refuse_owner(to, now)
    if len(words) > LONGEST:
        raise Refusal(f"Write it in at most {LONGEST:,} characters", "words")
    step = _give(row, Kind.ASKED, by=by, to=to, words=words, now=now)
    emails.asked(step)
    emails.news(step, to=[row.raised_by], but=[to])
    return row


@transaction.atomic
def hand_on(
    *, blocker: Blocker, by, to: User | None, words: str, revision: int | None = None, now: datetime | None = None
) -> Blocker:
    """Gives it to somebody else, and says why; both are told. Returns it. Where they own it already nothing changes.

    Raises Refusal without an owner, without a reason and once it has ended; Stale where somebody changed it since `revision`.
    """
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    refuse_ended(row)
    if row.owner is None:
        raise Refusal("Nobody owns it now, so it cannot be handed on. Take it on, or ask somebody.")
    if to is not None and row.owner_id == to.pk:
        return row
    refuse_if_stale(row, revision, ["owner"])
    refuse_owner(to, now)
    refuse_reason(words, "Say in a sentence why it is handed on")
    step = _give(row, Kind.HANDED_ON, by=by, to=to, words=words, now=now)
    emails.asked(step)
    emails.news(step, to=[step.old_owner])
    return row


@transaction.atomic
def hand_back(*, blocker: Blocker, by, words: str, now: datetime | None = None) -> Blocker:
    """Who owns it cannot, and says why: nobody owns it from now on, and staff look for somebody. Who raised it and who asked
    them are told. Returns it. Raises Refusal while it waits with a board, and without a reason."""
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    if said_already(row, Kind.HANDED_BACK, by, words):
        return row
    refuse_ended(row)
    if row.is_escalated:
        raise Refusal(
            f"It waits with the {row.board}, which needs somebody to answer to. Hand it on to somebody instead."
        )
    if row.owner is None:
        raise Refusal("Nobody owns it now, so there is nothing to hand back.")
    refuse_reason(words, "Say in a sentence why you hand it back")
    given = row.steps.filter(new_owner=row.owner).select_related("by").order_by("pk").last()
    old = row.owner
    states.move(row, State.RAISED, **NO_OWNER)
    step = stepped(row, Kind.HANDED_BACK, by=by, now=now, changed=OWNED, words=words, old_owner=old)
    emails.news(step, to=[row.raised_by, *([given.by] if given else [])])
    return row


@transaction.atomic
def note(*, blocker: Blocker, by, words: str, now: datetime | None = None) -> BlockerStep:
    """Adds how far it is; returns that step. The same words twice, one after the other, are one note. Also once it has ended:
    what somebody wrote while another resolved it is not lost."""
    row, words = lock(blocker), paragraphs(words)
    refuse_words(words, "Enter how far it is", "words")
    last = row.steps.order_by("pk").last()
    if last and (last.kind, last.words, last.by_id) == (Kind.NOTED, words, by.pk):
        return last
    return stepped(row, Kind.NOTED, by=by, now=now or timezone.now(), words=words)


@transaction.atomic
def resolve(*, blocker: Blocker, by, words: str, now: datetime | None = None) -> Blocker:
    """It stands in the way no more, and this is what unblocked it; who raised it is told, and the chair of a board that has it.
    Returns it. Raises Refusal without words, while nobody owns it, and once it has ended."""
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    if said_already(row, Kind.RESOLVED, by, words):
        return row
    refuse_ended(row)
    if row.owner is None:
        raise Refusal("Nobody owns it yet. Take it on first, then say what unblocked it.")
    refuse_reason(words, "Say in a sentence what unblocked it")
    chairs = row.board.chairs_on(timezone.localdate(now)) if row.board else []
    step = _end(row, State.RESOLVED, by=by, words=words, now=now)
    emails.news(step, to=[row.raised_by, row.owner, *chairs])
    return row


@transaction.atomic
def withdraw(*, blocker: Blocker, by, words: str, now: datetime | None = None) -> Blocker:
    """It is not asked for any more, and this is why; its owner is told, and the chair of a board that has it. Returns it. What is
    on the plan of a board stays there. Raises Refusal without a reason and once it has ended."""
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    if said_already(row, Kind.WITHDRAWN, by, words):
        return row
    refuse_ended(row)
    refuse_reason(words, "Say in a sentence why it is withdrawn")
    chairs = row.board.chairs_on(timezone.localdate(now)) if row.board else []
    step = _end(row, State.WITHDRAWN, by=by, words=words, now=now)
    emails.news(step, to=[row.raised_by, row.owner, *chairs])
    return row


@transaction.atomic
def reopen(*, blocker: Blocker, by, words: str, now: datetime | None = None) -> Blocker:
    """Opens one again that was resolved or withdrawn, and says why. It is its owner's again; where there is none, or they may own
    one no more, nobody's. Returns it; one that is open already stays as it is. What was said at the end stays in its history."""
    now, row, words = now or timezone.now(), lock(blocker), paragraphs(words)
    if row.is_open:
        return row
    refuse_reason(words, "Say in a sentence why it is opened again")
    open_again = {"ended_at": None, "outcome": ""}
    if row.owner and may_own(row.owner, now):
        states.move(row, State.OWNED, **open_again)
    else:
        states.move(row, State.RAISED, **open_again, **NO_OWNER)
    step = stepped(row, Kind.REOPENED, by=by, now=now, changed=OWNED, words=words)
    emails.news(step, to=[row.raised_by, row.owner])
    return row


def _give(row: Blocker, kind: str, *, by, to: User, words: str, now: datetime) -> BlockerStep:
    """Who owns it changes; one that waits with a board goes on waiting there."""
    old, facts = row.owner, owned_by(to, now)
    if row.state == State.RAISED:
        states.move(row, State.OWNED, **facts)
    else:
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
    return stepped(row, kind, by=by, now=now, changed=OWNED, words=words, old_owner=old, new_owner=to)


def _end(row: Blocker, to: str, *, by, words: str, now: datetime) -> BlockerStep:
    states.move(row, to, ended_at=now, outcome=words, **WITH_NO_BOARD)
    return stepped(row, Kind(to), by=by, now=now, changed=["board", "outcome", "state"], words=words)


def _refuse_owned(row: Blocker) -> None:
    refuse_ended(row)
    if row.owner is not None:
        raise Refusal(f"{row.owner_name} has taken it on already. Write a note if you can help.")
