"""What a round asks of the chair: read its result, ask again, write the next version."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from assemblies.purpose.models import Round
from partnership import todo
from partnership.boards.rules import boards_chaired_by
from partnership.todo import Todo


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    boards = boards_chaired_by(user, timezone.localdate())
    if boards:
        rows = Round.objects.unfollowed().filter(board__in=[board.pk for board in boards])
        yield todo.kind(
            after_the_round, rows, "pk", "answered", "asked", board_name="board__name", slug="board__slug",
            starts_at="planned__meeting__starts_at", ends_at="planned__meeting__ends_at",
        )  # fmt: skip


def after_the_round(row) -> Todo:
    """For a closed round after which nothing was written."""
    page = reverse("purpose_round", args=[row.slug, row.pk])
    if not row.answered:
        return Todo(
            title=f"Ask again which lines of our purpose still stand: {row.board_name}",
            why=f"None of the {row.asked} member organisations answered. Ask again, or let the board decide.",
            url=page,
        )
    if row.ends_at is None:  # its meeting was cancelled, and its item waits on the forward plan
        return Todo(
            title=f"Find a meeting for what members say of our purpose: {row.board_name}",
            why=f"{row.answered} of {row.asked} answered, but the item is at no meeting. Plan it for one, or ask again.",
            url=page,
        )
    if row.ends_at > timezone.now():
        return Todo(
            title=f"Read what members say of our purpose: {row.board_name}",
            why=f"{row.answered} of {row.asked} answered. The result stands with the item of the meeting.",
            url=page,
            due=timezone.localdate(row.starts_at),
        )
    return Todo(
        title=f"Write the next version of our purpose: {row.board_name}",
        why="Members have said which lines stand. Once the board has decided, write that down, also where nothing changes.",
        url=page,
    )
