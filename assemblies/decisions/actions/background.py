"""What an officer relied on is published with the decision."""

from typing import Any

from django.db import transaction

from assemblies.decisions.models import BackgroundPaper, Decision
from partnership import audit
from partnership.files import storing
from partnership.refusals import Refusal


@transaction.atomic
def add(*, decision: Decision, by, title: str, url: str = "", file: Any = None) -> BackgroundPaper:
    """Publishes a background paper with its decision, a web address or a PDF that was checked; returns it. The same one sent
    twice is one.

    The caller has checked that `by` may. Raises Refusal for both or neither. Source: 2014 Regulations, reg. 8(1).
    """
    Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    title, url = title.strip(), url.strip()
    if bool(url) == bool(file):
        raise Refusal("Give a web address or a file, one of them", "url")
    digest = storing.digest_of(file) if file else ""
    known = decision.background.filter(title=title, url=url, sha256=digest).first()
    if known:
        return known
    row = BackgroundPaper(decision=decision, title=title, url=url, sha256=digest)
    if file:
        row.size = file.size
        storing.keep(row.file, file)
    row.save()
    audit.record(by=by, verb="decision.background_added", subject=decision, title=title)
    return row
