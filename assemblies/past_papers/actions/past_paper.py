"""One old paper: what it is called, who may read it, and the end of its file."""

from django.db import transaction

from assemblies.past_papers.models import PastPaper
from assemblies.past_papers.models.paper_import import forget_files
from partnership import audit
from partnership.refusals import Refusal


@transaction.atomic
def describe(*, paper: PastPaper, by, kind: str, title: str, members_only: bool) -> PastPaper:
    """Changes the kind and title of a paper and who may read it, at once; returns it. Its day and its file stay.

    Raises Refusal for one that was withdrawn.
    """
    row = _lock(paper)
    if row.withdrawn_at:
        raise Refusal("This paper was withdrawn, so it can no longer be changed.")
    new = {"kind": kind, "title": title, "members_only": members_only}
    changed = [name for name, value in new.items() if getattr(row, name) != value]
    if not changed:
        return row
    before = row.title
    for name in changed:
        setattr(row, name, new[name])
    row.save(update_fields=changed)
    said = {"before": before} if "title" in changed else {}
    readers = {"readers": "members" if members_only else "everybody"} if "members_only" in changed else {}
    audit.record(by=by, verb="past_paper.changed", subject=row, **said, **readers)
    return row


@transaction.atomic
def erase(*, paper: PastPaper, by) -> PastPaper:
    """Deletes the file of a paper that is withdrawn for good; its title, day and reason stay. Returns the paper.

    It takes a second person, because nothing brings the file back. The caller has checked that `by` may withdraw it. Raises
    Refusal for one that is in view or waits for a second person, and for who took it out of view.
    """
    row = _lock(paper)
    if row.withdrawn_at is None or row.withdrawals.held().exists():
        raise Refusal("Only the file of a paper that is withdrawn for good can be deleted.")
    if row.file and row.withdrawn_by_id == by.pk:
        raise Refusal("You withdrew this paper yourself. The chair, or another member of staff, deletes its file.")
    if row.file:
        forget_files(PastPaper.objects.filter(pk=row.pk))
        audit.record(by=by, verb="past_paper.erased", subject=row)
    row.refresh_from_db()
    return row


def _lock(paper: PastPaper) -> PastPaper:
    rows = PastPaper.objects.select_for_update(of=("self",)).select_related("meeting__board")
    return rows.get(pk=paper.pk)
