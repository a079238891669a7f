"""What an import of old papers asks of whoever sent it in: to look at what was read, before it is deleted."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.past_papers.models import PaperImport
from assemblies.past_papers.models.paper_import import WAITS_FOR
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    if is_partnership_staff(user):
        theirs = PaperImport.objects.to_check().filter(Q(uploaded_by=user) | Q(uploaded_by=None))  # or from the command
        yield todo.kind(
            check, theirs.order_by("touched_at"), "pk", "touched_at", slug="board__slug", board="board__name",
            number=Count("rows"),
        )  # fmt: skip


def check(row) -> Todo:
    return Todo(
        title=f"Check what we read of {row.number} past paper{'' if row.number == 1 else 's'}",
        why=f"{row.board}: nothing is imported until you say so, and after a day we delete the files.",
        url=reverse("paper_import", args=[row.slug, row.pk]),
        due=timezone.localdate(row.touched_at + WAITS_FOR),
    )
