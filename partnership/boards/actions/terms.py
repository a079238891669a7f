"""Terms of reference are added, version after version; none is ever changed."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from partnership import audit
from partnership.boards.models import Board, TermsVersion
from partnership.dates import short_day
from partnership.files import storing
from partnership.refusals import Refusal


@transaction.atomic
def add(
    *, board: Board, by, adopted_on: date, text: str = "", file: UploadedFile | None = None, what_changed: str = ""
) -> TermsVersion:
    """Returns the new version. The same version sent twice is added once.

    Raises Refusal for a day before the last version was adopted.
    """
    Board.objects.select_for_update().get(pk=board.pk)
    last = board.terms.first()
    size = file.size if file else 0
    if last and (last.adopted_on, last.text, last.size, last.what_changed) == (adopted_on, text, size, what_changed):
        return last
    if last and adopted_on < last.adopted_on:
        raise Refusal(
            f"Version {last.number} was adopted on {short_day(last.adopted_on)}: enter that day or a later one",
            "adopted_on",
        )
    version = TermsVersion(
        board=board, number=last.number + 1 if last else 1, text=text, size=size, adopted_on=adopted_on,
        what_changed=what_changed, added_by=by,
    )  # fmt: skip
    if file:
        storing.keep(version.file, file)
    version.save()
    audit.record(by=by, verb="terms.added", subject=board, version=version.number, adopted_on=adopted_on.isoformat())
    return version
