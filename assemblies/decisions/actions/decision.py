"""A decision goes on record: a board's, an officer's, or a later one that revises it. Decided again, both stay."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.models import Closure
from assemblies.decisions import emails
from assemblies.decisions.actions import checks
from assemblies.decisions.actions.results import say_result
from assemblies.decisions.models import BackgroundPaper, Decision, DecisionInterest, DecisionVote
from assemblies.decisions.report_of_item import report_of_item
from assemblies.forward_plan.models import Topic
from assemblies.meetings.models import Meeting
from assemblies.papers.models import AgendaItem, ReportVersion
from partnership import audit
from partnership.accounts.models import User
from partnership.boards.models import Board, Seat
from partnership.files import storing
from partnership.partners.models import Partner
from partnership.refusals import Refusal

Vote = tuple[
    Seat, str, str, bool
]  # the seat, who voted, for, against or abstained, and whether it was the casting vote


@dataclass(frozen=True)
class Background:
    """What a decision relied on, as somebody gave it: a web address, or a PDF that was checked."""

    title: str
    url: str = ""
    file: Any = None
    closure: Closure | None = None


@transaction.atomic
def record(
    *, by, board: Board, meeting: Meeting | None, item: AgendaItem | None, outcome: str, text: str, title: str,
    recommendation_number: int | None = None, recommendation: str = "", reasons: str = "", alternatives: str = "",
    mover: str = "", seconder: str = "", votes: Iterable[Vote] = (), interests: Iterable[dict[str, Any]] = (),
    key: UUID | None = None, now: datetime | None = None, report_version: ReportVersion | None = None,
    closure: Closure | None = None, topic: Topic | None = None, decided_on: date | None = None,
    places: Collection | None = None,
) -> Decision:  # fmt: skip
    """Records what a board decided; returns it. Recorded twice under one key, it is one decision.

    It is out at once. Report, topic, places and what closes it are those of the item and the board unless
    given. `interests`: dicts with the fields of `DecisionInterest`. The caller has checked that `by` may. The author of its
    report gets one email. Raises Refusal for a decision of a consultative forum, an amendment without its text, a recommendation
    that is decided already, a meeting that has not started, is cancelled or was not published, and votes that cannot be.
    """
    now, votes, interests = now or timezone.now(), list(votes), list(interests)
    meeting = _hold(meeting)
    if known := _known(key):
        return known
    checks.refuse_meeting(board, meeting, item, now)
    checks.refuse_outcome(board, outcome, text, recommendation)
    checks.refuse_votes(board, votes, interests)
    checks.refuse_twice(item, board, recommendation_number)
    if report_version is None and item and meeting:
        report_version = report_of_item(item, board, meeting)
    day = decided_on or timezone.localdate(meeting.starts_at if meeting else now)
    checks.refuse_day(day, now)
    decision = _save(
        by, now, key=key, kind=Decision.Kind.BOARD, board=board, meeting=meeting, item=item, outcome=outcome,
        topic=topic or (item.planned.topic if item and item.planned else None), title=title, text=text,
        report_version=report_version, recommendation_number=recommendation_number, recommendation=recommendation,
        reasons=reasons, alternatives=alternatives, mover=mover, seconder=seconder, decided_on=day,
        closure=closure or _closure_of(item, report_version),
    )  # fmt: skip
    decision.places.set(board.places.all() if places is None else places)
    _take_part(decision, votes, interests)
    audit.record(by=by, verb="decision.recorded", subject=decision, outcome=outcome)
    say_result(decision, by=by, now=now)
    emails.tell_author(decision=decision)
    return decision


@transaction.atomic
def record_by_officer(
    *, by, officer: User, officer_post: str, on_behalf_of: Partner, title: str, text: str, reasons: str,
    alternatives: str, authority: str, decided_on: date, authority_text: str = "", delegated_by: Decision | None = None,
    effect: str = "", places: Collection = (), topic: Topic | None = None, interests: Iterable[dict[str, Any]] = (),
    background: Sequence[Background] = (), closure: Closure | None = None, is_closed: bool = False,
    key: UUID | None = None, now: datetime | None = None,
) -> Decision:  # fmt: skip
    """Records what an officer decided; returns it. It is out at once. Recorded twice under one key, it is one decision.

    With `is_closed` it is closed to the public from the start, and its ground is still to be given.

    The caller has checked that `by` is that officer, or staff, and the page then says that they entered it. Raises Refusal for a
    day to come, without reasons or without the options that were rejected, for a specific authority that names neither text nor
    decision, and for a general one without its effect. Source: Openness of Local Government Bodies Regulations 2014, regs. 7, 8.
    """
    now, interests = now or timezone.now(), list(interests)
    User.objects.select_for_update().get(pk=officer.pk)
    if known := _known(key):
        return known
    checks.refuse_day(decided_on, now)
    checks.refuse_officer_facts(officer_post, title, text, reasons, alternatives)
    checks.refuse_authority(authority, authority_text, delegated_by, effect)
    checks.refuse_interests(interests)
    if is_closed and closure is None:
        closure = closures.begin(by=by)
    specific = authority == Decision.Authority.SPECIFIC
    decision = _save(
        by, now, key=key, kind=Decision.Kind.OFFICER, officer=officer, officer_name=officer.name, officer_post=officer_post,
        on_behalf_of=on_behalf_of, title=title, text=text, outcome=Decision.Outcome.AGREED, reasons=reasons,
        alternatives=alternatives, authority=authority, authority_text=authority_text,
        delegated_by=delegated_by if specific else None, effect="" if specific else effect, topic=topic, closure=closure,
        decided_on=decided_on,
    )  # fmt: skip
    decision.places.set(places)
    _take_part(decision, [], interests)
    _keep_background(decision, background)
    audit.record(by=by, verb="decision.recorded_by_officer", subject=decision)
    return decision


@transaction.atomic
def revise(
    *, decision: Decision, by, because: str, key: UUID | None = None, now: datetime | None = None, **facts: Any
) -> Decision:
    """Records that it was decided again, and why; returns the new decision, which points at the old one. Both are shown.

    `facts`: what is different, by the names that `record` and `record_by_officer` have; all else is as it was. It is of the
    old one's meeting unless another is given. The caller has checked that `by` may. Raises Refusal without a reason, where it
    was decided again already, for a day before it was decided, and as `record` and `record_by_officer`.
    """
    now = now or timezone.now()
    old = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if known := _known(key):
        return known
    later = Decision.objects.filter(revises=old).first()
    if later:
        raise Refusal(f"It was decided again already. Reopen {later} instead.")
    checks.refuse_reason(because)
    votes, interests = list(facts.pop("votes", ())), list(facts.pop("interests", ()))
    background, places = facts.pop("background", ()), facts.pop("places", None)
    new = {name: getattr(old, name) for name in CARRIED} | {"decided_on": timezone.localdate(now)} | facts
    new["meeting"] = _hold(new["meeting"])
    checks.refuse_day(new["decided_on"], now, not_before=old.decided_on)
    if old.kind == Decision.Kind.BOARD:
        checks.refuse_meeting(old.board, new["meeting"], new["item"], now)
        checks.refuse_outcome(old.board, new["outcome"], new["text"], new["recommendation"])
        checks.refuse_votes(old.board, votes, interests)
    else:
        checks.refuse_officer_facts(new["officer_post"], new["title"], new["text"], new["reasons"], new["alternatives"])
        checks.refuse_authority(new["authority"], new["authority_text"], new["delegated_by"], new["effect"])
        checks.refuse_interests(interests)
    made = _save(by, now, key=key, revises=old, revised_because=because, **new)
    made.places.set(old.places.all() if places is None else places)
    _take_part(made, votes, interests)
    _keep_background(made, background)
    audit.record(by=by, verb="decision.revised", subject=made, revises=old.pk, outcome=made.outcome)
    say_result(made, by=by, now=now)
    emails.tell_author(decision=made)
    return made


CARRIED = (
    "kind", "board", "meeting", "item", "topic", "report_version", "recommendation_number", "recommendation", "title", "text",
    "outcome", "reasons", "alternatives", "mover", "seconder", "closure", "officer", "officer_name", "officer_post",
    "on_behalf_of", "authority", "authority_text", "delegated_by", "effect",
)  # fmt: skip
WORDS = (
    "title", "text", "recommendation", "reasons", "alternatives", "mover", "seconder", "officer_post", "authority_text",
    "revised_because",
)  # fmt: skip


def _known(key: UUID | None) -> Decision | None:
    """What was recorded under the key already."""
    return Decision.objects.filter(key=key).first() if key else None


def _hold(meeting: Meeting | None) -> Meeting | None:
    """The meeting as it stands, locked: whoever records something of it waits here."""
    return Meeting.objects.locked().select_related("board").get(pk=meeting.pk) if meeting else None


def _closure_of(item: AgendaItem | None, report: ReportVersion | None) -> Closure | None:
    found = (item.closed_by if item else None, report.closed_by if report else None)
    return next((each for each in found if each), None)


def _save(by, now: datetime, *, key: UUID | None, **facts: Any) -> Decision:
    facts |= {name: facts[name].strip() for name in WORDS if name in facts}
    if facts.get("text") == facts.get("recommendation"):
        facts["text"] = ""
    if key:
        facts["key"] = key
    made = Decision.objects.create(recorded_at=now, recorded_by=by, **facts)
    if made.closure and made.closure.grounds.exists():
        closures.record([made.closure_id], now)  # else the ground is still to be given
    return made


def _take_part(decision: Decision, votes: Iterable[Vote], interests: Iterable[dict[str, Any]]) -> None:
    DecisionVote.objects.bulk_create(
        DecisionVote(decision=decision, seat=seat, name=name, vote=vote, is_casting=is_casting)
        for seat, name, vote, is_casting in votes
    )
    DecisionInterest.objects.bulk_create(DecisionInterest(decision=decision, **each) for each in interests)


def _keep_background(decision: Decision, background: Iterable[Background]) -> None:
    for each in background:
        row = BackgroundPaper(decision=decision, title=each.title, url=each.url, closure=each.closure)
        if each.file:
            row.size, row.sha256 = each.file.size, storing.digest_of(each.file)
            storing.keep(row.file, each.file)
        row.save()
        if each.closure:
            closures.record([each.closure.pk])
