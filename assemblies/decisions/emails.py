"""What we write about decisions: to the author of a report, that the board decided on it."""

from django.conf import settings
from django.urls import reverse

from assemblies.decisions.models import Decision
from partnership import outbox
from partnership.outbox.compose import compose
from partnership.outbox.message_keys import about, message_key


def tell_author(*, decision: Decision) -> int:
    """One email to the author for each report and meeting, however many recommendations it made, and one for each decision that
    is taken again; returns how many are new. Of a closed one it says the safe title."""
    version = decision.report_version
    author = version.report.author if version else None
    if version is None or author is None or not author.is_active:
        return 0
    key = message_key("decision", decision.pk, "revised")
    if decision.revises_id is None:
        key = message_key("report", version.report_id, "decided", decision.meeting_id or decision.pk)
    context = {
        "decision": decision, "person": author, "title": _title(decision),
        "link": settings.PORTAL_URL + decision.get_absolute_url(),
        "excerpt": settings.PORTAL_URL + reverse("decision_excerpt", args=[decision.pk]),
    }  # fmt: skip
    subject, text, html = compose("decisions/decided", context)
    draft = outbox.Draft(
        key=key, to=author.email, to_name=author.name, subject=subject, text=text, html=html,
        about=about("decision", decision.pk),
    )  # fmt: skip
    return len(outbox.enqueue_many([draft]))


def _title(decision: Decision) -> str:
    """The title of the report, as emails may say it."""
    assert decision.report_version, "it is about a report"
    closure, report = decision.closed_by, decision.report_version.report
    return closure.title_for_public(report.title) if closure else report.public_title
