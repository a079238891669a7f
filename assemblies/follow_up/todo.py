"""What actions ask of people: their owners to do them; chairs and staff to hand on what people who left have left behind."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from assemblies.follow_up.models import FollowUp
from assemblies.follow_up.rules import keeps_a_log
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board
from partnership.boards.rules import boards_chaired_by
from partnership.todo import Todo

AHEAD = timedelta(days=14)
LONGEST = 80


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    today = timezone.localdate()
    due = FollowUp.objects.of_person(user).due_by(today + AHEAD)
    yield todo.kind(do, due.order_by("due_on", "pk"), "pk", "due_on", "text", board="board__name")
    if keeps_a_log(user):
        left = Q(follow_ups__in=FollowUp.objects.left_behind(today).values("pk"))
        boards = Board.objects.visible_to(user).filter(left)
        if not is_partnership_staff(user):
            boards = boards.filter(pk__in=[board.pk for board in boards_chaired_by(user, today)])
        yield todo.kind(hand_on, boards.order_by("name"), "slug", board="name", number=Count("follow_ups", filter=left))


def do(row) -> Todo:
    """For its owner, from two weeks before it is due."""
    text = Truncator(" ".join(row.text.split())).chars(LONGEST)
    return Todo(
        title=f"Do what you took on: {text}",
        why=f"{row.board}. Say what shows that it is done, or say that it takes longer.",
        url=reverse("follow_up", args=[row.pk]),
        due=row.due_on,
    )


def hand_on(row) -> Todo:
    """For the chair and staff, where an owner's account is closed or their seat's term has ended."""
    one = row.number == 1
    return Todo(
        title=f"Hand on {row.number} action{'' if one else 's'} of people who have left: {row.board}",
        why="Nobody does what nobody has. Choose who takes it on; they are told." if one
        else "Nobody does what nobody has. Choose who takes them on, in one step; they are told.",
        url=reverse("follow_ups_left", args=[row.slug]),
    )  # fmt: skip
