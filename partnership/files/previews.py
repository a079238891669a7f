"""A file that was read waits as a preview: it is confirmed once, or discarded, or deleted after some time.

An importer's own action reads the file, keeps its rows and writes what they change; it asks these what it may do. `record`
writes the audit entry, in the same transaction.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from partnership import states
from partnership.files.models import Preview
from partnership.one_by_one import one_by_one
from partnership.refusals import Refusal
from partnership.ui.pages import page_of

READ_AGAIN = "We have read the file again. Nothing is saved yet: check what we read."
CANNOT_READ_AGAIN = "This file cannot be read again. Upload it again."
State = Preview.State
APreview = TypeVar("APreview", bound=Preview)


def lock(preview: APreview) -> APreview:
    """Returns the preview as it is now, locked until the transaction ends."""
    return type(preview)._default_manager.select_for_update(of=("self",)).get(pk=preview.pk)  # noqa: SLF001 - documented


def to_read_again(preview: APreview) -> tuple[APreview, Any]:
    """Returns the preview, locked, and its file. Raises Refusal where it is imported, discarded or no longer kept."""
    preview = lock(preview)
    if not preview.keeps_file:
        raise Refusal(CANNOT_READ_AGAIN)
    return preview, preview.file


def reading(preview: Preview) -> str:
    """Which reading of the file its rows are: another after it was read again, in another sheet or with other columns."""
    return str(preview.rows.aggregate(last=Max("pk"))["last"] or "")


def to_confirm(preview: APreview, seen: str | None = None) -> APreview | None:
    """Returns the preview, locked; None when it is confirmed already. `seen`: the reading that the person looked at.

    Raises Refusal when it is discarded, and when somebody has read the file again since."""
    preview = lock(preview)
    if preview.state == State.DISCARDED:
        raise Refusal("This file has already been discarded. Upload it again.")
    if preview.state == State.PREVIEW and seen is not None and seen != reading(preview):
        raise Refusal("Somebody has just read this file again. Look at what it holds now, then confirm it.")
    return preview if preview.state == State.PREVIEW else None


def confirm(preview: Preview) -> None:
    """Marks a locked preview as confirmed: its rows stay, to be looked at, and the file goes."""
    preview.forget_file()
    states.move(preview, State.CONFIRMED, confirmed_at=timezone.now())


@transaction.atomic
def discard(preview: APreview, record: Callable[[APreview], object]) -> APreview:
    """Deletes the rows of a preview and returns it; discarded already, nothing happens. Raises Refusal when it is
    confirmed."""
    preview = lock(preview)
    if preview.state == State.CONFIRMED:
        raise Refusal("This file has already been imported.")
    if preview.state == State.PREVIEW:
        _discard(preview)
        record(preview)
    return preview


def expire(previews: QuerySet[APreview], before: datetime, record: Callable[[APreview, int], object]) -> int:
    """Deletes previews read before then that nobody confirmed; returns how many rows. Safe at any time, and twice."""
    old = previews.filter(state=State.PREVIEW, uploaded_at__lt=before).order_by("pk").values_list("pk", flat=True)
    return one_by_one(list(old), lambda pk: _expire(previews, pk, record), previews.model.__name__)


@transaction.atomic
def _expire(previews: QuerySet[APreview], pk: int, record: Callable[[APreview, int], object]) -> int:
    """One that is being confirmed or discarded at this moment is left to whoever does it."""
    locked = previews.select_for_update(of=("self",), skip_locked=True)
    preview = locked.filter(pk=pk, state=State.PREVIEW).first()
    if preview is None:
        return 0
    count = _discard(preview)
    record(preview, count)
    return count


def _discard(preview: Preview) -> int:
    count = preview.forget()
    states.move(preview, State.DISCARDED)
    return count


def rows_shown(
    preview: Preview, request: HttpRequest, words: dict[str, str], *, first: str = "", related: tuple[str, ...] = ()
) -> dict:
    """Returns what the page of a preview shows: how many rows of each outcome, and one page of those that are asked for.

    `words` calls each outcome by its name on the page. Without ?show= `first` is shown, or the first of which there are any.
    """
    read = reading(preview)  # first: what is read again while the page is made, is not what it shows
    found = dict(preview.rows.order_by().values_list("outcome").annotate(Count("pk")))
    shown = request.GET.get("show")
    if shown not in words:
        shown = next((outcome for outcome in (first, *words) if found.get(outcome)), next(iter(words)))
    rows = preview.rows.filter(outcome=shown)
    return {
        "batch": preview,
        "counts": [(outcome, words[outcome], found.get(outcome, 0)) for outcome in words],
        "count_of": {outcome: found.get(outcome, 0) for outcome in words},
        "reading": read,
        "shown": shown,
        "shown_words": words[shown],
        "page": page_of(rows.select_related(*related) if related else rows, request),
    }
