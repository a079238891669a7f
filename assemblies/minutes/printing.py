"""Minutes as a tagged PDF: what the person who asks may read, and no more."""

from typing import Any

from django.conf import settings

from assemblies.minutes.models import MinutesVersion
from assemblies.minutes.seen_minutes import SeenItem, SeenOutcome
from assemblies.minutes.standing import standing_of
from assemblies.papers.pack.blocks import blocks
from partnership import dates
from partnership.files.pdf import compile_pdf


def minutes_pdf(version: MinutesVersion, items: list[SeenItem]) -> bytes:
    """The version as a PDF with these items."""
    minutes, meeting = version.minutes, version.minutes.meeting
    presided = version.content.get("presided", "")
    people = [*version.people, *([("In the chair", [presided])] if presided else [])]
    return compile_pdf(
        "minutes/print/minutes",
        {
            "board": str(minutes.board),
            "meeting": meeting.title,
            "day": dates.day(meeting.starts_at),
            "when": dates.span(meeting.starts_at, meeting.ends_at),
            "where": meeting.venue,
            "standing": standing_of(version).words,
            "because": version.because,
            "unrecorded": not minutes.is_recorded,
            "people": [{"label": label, "lines": lines} for label, lines in people],
            "items": [_item(each) for each in items],
            "address": settings.PORTAL_URL + version.get_absolute_url(),
            "sha256": version.sha256,
        },
    )


def _item(item: SeenItem) -> dict[str, Any]:
    closed = item.closure is not None and item.closure.in_force
    return {
        "number": str(item.number),
        "title": item.title,
        "closed": f"{item.closure.class_name}. {item.closure.after_tag}" if closed and item.closure else "",
        "lines": [line for line in (item.session, f"Put off: {item.put_off}" if item.put_off else "") if line],
        "blocks": blocks(item.text, {}),
        "speakers": ", ".join(item.speakers),
        "interests": item.interests,
        "outcomes": [_outcome(each) for each in item.outcomes],
        "actions": [f"{each.text} ({each.owner}, by {each.due})" for each in item.actions],
    }


def _outcome(outcome: SeenOutcome) -> dict[str, Any]:
    reasons = f"Reasons: {outcome.reasons}" if outcome.reasons else ""
    more = (outcome.words, reasons, outcome.moved.capitalize(), outcome.tally)
    return {
        "label": f"Recommendation {outcome.number}" if outcome.number else "Decision",
        "asked": outcome.asked,
        "outcome": outcome.outcome.capitalize(),
        "words": " ".join(f"{each.rstrip('.')}." for each in more if each),
        "votes": ", ".join(f"{name} {vote}" for name, vote in outcome.votes),
        "decision": str(outcome.decision) if outcome.decision else "",
    }
