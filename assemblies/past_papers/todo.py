"""What an import of old papers asks of whoever sent it in: to look at what was read, before it is deleted. And what a paper that
somebody took out of view asks of the chair and of other staff."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.papers.todo.decisions import withdrawal_to_decide
from assemblies.past_papers.models import PaperImport, PastPaperWithdrawal
from assemblies.past_papers.models.paper_import import WAITS_FOR
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if is_partnership_staff(user):
        theirs = PaperImport.objects.to_check().filter(Q(uploaded_by=user) | Q(uploaded_by=None))  # or from the command
        yield todo.kind(
            check, theirs.order_by("touched_at"), "pk", "touched_at", slug="board__slug", board="board__name",
            number=Count("rows"),
        )  # fmt: skip
    if is_partnership_staff(user) or _chairs_one_with_papers_to_decide(user):
        held = PastPaperWithdrawal.objects.visible_to(user).to_confirm_by(user)
        yield todo.kind(
            decide, held, "asked_at", title="paper__title", by="asked_by__name", paper="paper",
            slug="paper__meeting__board__slug",
        )  # fmt: skip


def _chairs_one_with_papers_to_decide(user) -> bool:
    waiting = cached_until_changed("boards with past papers to decide on", _boards_to_decide)
    return bool(waiting) and any(board.pk in waiting for board in boards_chaired_by(user, timezone.localdate()))


def _boards_to_decide() -> set[int]:
    return set(PastPaperWithdrawal.objects.held().values_list("paper__meeting__board", flat=True))


def decide(row) -> Todo:
    """For the chair and the staff, but not for who took the paper out of view."""
    return withdrawal_to_decide(row, reverse("past_paper_withdrawal", args=[row.slug, row.paper]))


def check(row) -> Todo:
    return Todo(
        title=f"Check what we read of {row.number} past paper{'' if row.number == 1 else 's'}",
        why=f"{row.board}: nothing is imported until you say so, and after a day we delete the files.",
        url=reverse("paper_import", args=[row.slug, row.pk]),
        due=timezone.localdate(row.touched_at + WAITS_FOR),
    )
