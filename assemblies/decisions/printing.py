"""An excerpt of what was decided, printed for the author of the report."""

from django.conf import settings

from assemblies.decisions.models import Decision
from assemblies.decisions.seen_decisions import DecisionPage
from partnership import dates
from partnership.files.pdf import compile_pdf
from partnership.ui.templatetags.portal import plain


def excerpt(decision: Decision, page: DecisionPage) -> bytes:
    """One decision as a PDF, and in a line each what was decided on the other recommendations of its item."""
    meeting = decision.meeting
    where = (
        f"{decision.board}: {meeting.title}, {dates.day(meeting.starts_at)}"
        if meeting
        else str(decision.board or decision.on_behalf_of)
    )
    outcome = decision.get_outcome_display()
    outcome = outcome[0].upper() + outcome[1:]
    asked = "" if page.report_is_withdrawn else decision.recommendation
    said = decision.own_words if page.report_is_withdrawn else decision.decided
    parts = [
        ("Recommendation", plain(asked)),
        ("What was decided", plain(said) or f"{outcome}."),
        ("Reasons", plain(decision.reasons)),
        ("Options considered and rejected", plain(decision.alternatives)),
        ("Authority", decision.authority_text),
        ("Moved and seconded", _moved(decision)),
        ("Votes", page.tally.in_words),
        ("Interests", "\n".join(each.in_words for each in decision.interests.select_related("decision"))),
        ("Why it was decided again", decision.revised_because),
        ("Also decided on this item", "\n".join(_line(each) for each in page.siblings if each.may_read)),
    ]
    facts = {
        "name": str(decision),
        "title": decision.title,
        "where": where,
        "who": f"{decision.officer_name}, {decision.who}" if decision.officer_name else "",
        "day": dates.day(decision.decided_on),
        "outcome": outcome,
        "number": decision.recommendation_number or 0,
        "parts": [{"title": title, "lines": _lines(text)} for title, text in parts if text.strip()],
        "closed": str(decision.closed_by) if decision.closed_by else "",
        "address": settings.PORTAL_URL + decision.get_absolute_url(),
    }
    return compile_pdf("decisions/print/excerpt", facts)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _moved(decision: Decision) -> str:
    moved = f"Moved by {decision.mover}" if decision.mover else ""
    seconded = f"seconded by {decision.seconder}" if decision.seconder else ""
    return ", ".join(each for each in (moved, seconded) if each)


def _line(row) -> str:
    number = row.decision.recommendation_number
    begins = f"Recommendation {number}" if number else row.title
    return f"{begins}: {row.decision.get_outcome_display()} ({row.decision})"
