"""A cover report is started, written, submitted, taken back and revised here. What was submitted is a version, and stays."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assemblies.closures.actions import closure as closures
from assemblies.closures.models import Closure
from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem, Topic
from assemblies.papers import report_emails, sign_off
from assemblies.papers.models import BoardStep, Recommendation, Report, ReportStep, ReportVersion
from assemblies.papers.report_text import FIELDS, REPEATED, ReportText, as_data, new_text
from partnership import audit, report_checks, report_parts, states
from partnership.accounts.models import User
from partnership.audit.edit_conflict import refuse_if_stale
from partnership.refusals import Refusal

State, StepState = Report.State, ReportStep.State
FACTS = ("title", *FIELDS, "recommendations", "sections")


@transaction.atomic
def start(*, item: PlannedItem, by, author: User | None = None, take: tuple[str, ...] = ()) -> Report:
    """Starts the report of an item, or returns the one it has. `take`: repeated sections that begin with the words of
    the board's last report of this title. Its author is `author`, else who leads the item, else `by`."""
    locked = PlannedItem.objects.select_for_update(no_key=True, of=("self",)).select_related("topic").get(pk=item.pk)
    known = Report.objects.filter(item=locked).first()
    if known:
        return known
    if locked.withdrawn_at:
        raise Refusal("This item was taken off the plan, so it needs no report.")
    if not locked.needs_report:
        raise Refusal("This item needs no report.")
    writer = author or locked.lead or by
    text = new_text(locked.topic.title, str(writer))
    last = last_texts(item=locked, reader=by)
    text = replace(text, fields=text.fields | {name: last[name] for name in take if name in last})
    report = Report.objects.create(item=locked, author=writer, title=text.title, text=_kept(text), started_by=by)
    audit.record(by=by, verb="report.started", subject=report, lead=str(writer))
    return report


def last_texts(*, item: PlannedItem, reader) -> dict[str, str]:
    """The words of the sections that repeat, from the newest version of this board's last report of the same title that
    the reader may see; empty where there is none. An item in public is not offered the words of a closed report."""
    title = item.report.title if hasattr(item, "report") else item.topic.title
    own, read = Report.objects.of_person(reader).values("pk"), ReportVersion.objects.readable_by(reader).values("pk")
    versions = (
        ReportVersion.objects.not_withdrawn()
        .filter(Q(report__in=own) | Q(pk__in=read), report__item__board=item.board_id, report__title__iexact=title)
        .exclude(report__item=item.pk)
    )
    if item.closed_by is None:
        versions = versions.exclude(pk__in=ReportVersion.objects.closed().values("pk"))
    last = versions.order_by("-made_at", "-number").first()
    if last is None:
        return {}
    return {name: words for name in REPEATED if (words := last.text.fields.get(name, "").strip())}


@transaction.atomic
def write(*, report: Report, by, text: ReportText, revision: int | None = None) -> Report:
    """Saves what the report says, and returns it. Where nothing changes there is no new revision.

    Raises Stale when somebody else changed it since `revision`, and Refusal while it is being signed off or is.
    """
    locked = _lock(report)
    refuse_unless_open(locked)
    before = locked.working_text
    changed = _changed(before, text)
    if not changed:
        return locked
    refuse_if_stale(locked, revision, FACTS)
    locked.title, locked.text = text.title, _kept(text)
    locked.revision += 1
    locked.save(update_fields=["title", "text", "revision"])
    audit.record(by=by, verb="report.written", subject=locked, revision=locked.revision, fields=changed)
    return locked


def missing(report: Report) -> list[str]:
    """Why the report cannot be submitted yet, by the checks of every report and those its board asks for."""
    report.read_appendices()
    return report_checks.missing(report, report.board.report_checks.values_list("key", flat=True))


@transaction.atomic
def submit(
    *,
    report: Report,
    by,
    revision: int | None = None,
    what_changed: str = "",
    holders: dict[BoardStep, User] | None = None,
    now: datetime | None = None,
) -> ReportVersion:
    """Freezes the text as the next version and begins the board's chain with it; returns the version.

    `holders`: who takes steps for which the board names nobody. Submitted twice, the second time it returns the same
    version. Where the board has no chain, the report is signed off with that. Raises Refusal where something is missing,
    where somebody would take two steps, and where a later version does not say what changed.
    """
    topics.lock(Topic(pk=report.item.topic_id))  # before the report, as where its item is closed to the public
    locked, now = _lock(report), now or timezone.now()
    if locked.state == State.SUBMITTED and revision == locked.revision:
        return locked.versions.first()
    refuse_unless_open(locked)
    if revision is not None and revision != locked.revision:
        raise Refusal("Somebody changed the report after you opened this page. Read it again below, then submit it.")
    if lacks := missing(locked):
        raise Refusal(f"The report is not complete: {'; '.join(lacks)}.")
    chain = sign_off.usual_holders(locked, by) | (holders or {})
    if wrong := sign_off.named_twice(chain, locked, by):
        step, why = next(iter(wrong.items()))
        raise Refusal(f"{step.name}: {why}", f"holder_{step.pk}")
    version = _frozen(locked, by=by, what_changed=what_changed.strip(), now=now)
    steps = [
        ReportStep(
            version=version,
            position=place,
            name=step.name,
            holder=person,
            by_chair=step.by_chair,
            working_days=step.working_days,
        )
        for place, (step, person) in enumerate(chain.items(), start=1)
    ]
    ReportStep.objects.bulk_create(steps)
    audit.record(by=by, verb="report.submitted", subject=locked, number=version.number)
    planned_item.receive_report(item=locked.item, by=by, now=now)
    if open_next(version, now=now):
        states.move(locked, State.SUBMITTED)
    else:
        states.move(locked, State.SIGNED)
    return version


def open_next(version: ReportVersion, *, now: datetime) -> ReportStep | None:
    """Hands the version to who takes its next step, and tells them; None where all steps are done."""
    step = version.steps.filter(state=StepState.WAITING).select_related("holder").first()
    if step is None:
        return None
    due = sign_off.due_after(timezone.localdate(now), step.working_days)
    states.move(step, StepState.OPEN, opened_at=now, due_on=due)
    report_emails.step_is_yours(step=step)
    return step


@transaction.atomic
def take_back(*, report: Report, by) -> Report:
    """Its author stops the chain to change the text; returns the report. Those who signed have signed that version."""
    locked = _lock(report)
    if locked.state == State.DRAFT:
        return locked
    states.move(locked, State.DRAFT)
    stop_steps(locked.versions.first(), because="The report was taken back.")
    audit.record(by=by, verb="report.taken_back", subject=locked)
    return locked


def stop_steps(version: ReportVersion, *, because: str) -> None:
    """Stops the steps of a version that nobody has taken, and emails about them that have not left."""
    left = version.steps.filter(state__in=[StepState.OPEN, StepState.WAITING])
    report_emails.take_back(left, because=because)
    states.move_all(left, StepState.STOPPED)


def _frozen(report: Report, *, by, what_changed: str, now: datetime) -> ReportVersion:
    before = report.versions.first()
    content = content_of(report)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    if before and before.sha256 == digest:
        raise Refusal("Nothing has changed since the version before, so there is nothing new to submit.")
    if before and not what_changed:
        raise Refusal("Say what changed since the version before", "what_changed")
    version = ReportVersion.objects.create(
        report=report,
        number=before.number + 1 if before else 1,
        content=content,
        sha256=digest,
        what_changed=what_changed if before else "",
        closure=report.item.closed_by,
        made_by=by,
        made_at=now,
    )
    Recommendation.objects.bulk_create(
        Recommendation(version=version, number=number, text=words)
        for number, words in enumerate(content["text"]["recommendations"], start=1)
    )
    closures.record([version.closure_id, *report.appendices.in_use().values_list("closure", flat=True)], now)
    return version


def content_of(report: Report) -> dict[str, Any]:
    """All that is frozen with a version: text, appendices, blocks of other apps, and what it was written for."""
    item, meeting = report.item, report.item.meeting
    files = report.appendices.in_use().select_related("closure").prefetch_related("closure__grounds")
    return {
        "text": as_data(report.working_text),
        "appendices": [
            {"pk": each.pk, "title": each.title, "sha256": each.sha256} | _class_of(each.closed_by) for each in files
        ],
        "parts": [{"key": each.key, "title": each.title, "text": each.text} for each in report_parts.of(report)],
        "board": str(report.board),
        "meeting": str(meeting) if meeting else "",
        "day": timezone.localdate(meeting.starts_at).isoformat() if meeting else "",
        "purpose": item.get_purpose_display(),
    } | _class_of(item.closed_by)


def _class_of(closure: Closure | None) -> dict[str, Any]:
    """Why it is closed, as it is frozen with what is signed; nothing where it is open."""
    return {"closed": closure.facts()} if closure else {}


def _kept(text: ReportText) -> dict[str, Any]:
    """A text without its title and appendices, which are kept beside it."""
    data = as_data(text)
    return {name: data[name] for name in ("fields", "recommendations", "sections")}


def _changed(before: ReportText, after: ReportText) -> list[str]:
    changed = [name for name in FIELDS if before.fields.get(name, "") != after.fields.get(name, "")]
    return changed + [
        name for name in ("title", "recommendations", "sections") if getattr(before, name) != getattr(after, name)
    ]


def _lock(report: Report) -> Report:
    return Report.objects.locked().get(pk=report.pk)


def refuse_unless_open(report: Report) -> None:
    """Raises Refusal, with what to do, where the text of the report stays as it is."""
    if report.state == State.SUBMITTED:
        raise Refusal("The report is being signed off. Take it back first, if it must change.")
    if not report.is_open:
        raise Refusal(f"The report is {report.get_state_display()}. Start a new version to change it.")


@transaction.atomic
def revise(*, report: Report, by) -> Report:
    """Starts the next version of a report that is signed off or published; what people read stays until then."""
    locked = _lock(report)
    if not locked.is_open:
        if locked.state == State.SUBMITTED:
            refuse_unless_open(locked)
        states.move(locked, State.DRAFT)
        audit.record(by=by, verb="report.revised", subject=locked)
    return locked
