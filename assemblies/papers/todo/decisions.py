"""What asks for a decision: what is closed to the public, and papers that somebody took out of view."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from assemblies.papers import closed_matters
from assemblies.papers.models import Erasure, Withdrawal
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.memo import cached_until_changed
from partnership.todo import Todo


def closures(user, chaired: set[int]) -> Iterator[todo.Kind]:
    """What is closed to the public and has to be looked at again: for the chairs of its boards, and for staff."""
    today = timezone.localdate()
    to_look = cached_until_changed(("to look at again", today), lambda: closed_matters.boards_to_look_again(today))
    theirs = to_look if is_partnership_staff(user) else chaired & to_look
    if theirs:
        due = closed_matters.not_withheld(closed_matters.of_boards(theirs), user).due_for_review(today)
        yield todo.kind(look_again, due.order_by("review_on"), "pk", "review_on", title=closed_matters.title_of())


def withdrawals(user, chaired: set[int]) -> Iterator[todo.Kind]:
    """Papers that somebody else took out of view, or wants to be erased: for the chair, and for staff."""
    if not is_partnership_staff(user) and not chaired & cached_until_changed(
        "boards with papers to decide on", _boards_to_decide
    ):
        return
    theirs = Q() if is_partnership_staff(user) else Q(meeting__board__in=chaired)
    rows = Withdrawal.objects.to_confirm_by(user).filter(theirs)
    yield todo.kind(decide_withdrawal, rows, "pk", "title", "asked_at", by="asked_by__name")
    asked = Withdrawal.objects.filter(
        theirs, Exists(Erasure.objects.to_confirm_by(user).filter(withdrawal=OuterRef("pk")))
    )
    yield todo.kind(decide_erasure, asked, "pk", "title", "because")


def _boards_to_decide() -> set[int]:
    """The ids of the boards that have a paper which waits for a second person."""
    held = Withdrawal.objects.held().order_by().values_list("meeting__board", flat=True)
    erased = Withdrawal.objects.filter(erasures__state=Erasure.State.ASKED).order_by()
    return set(held.union(erased.values_list("meeting__board", flat=True)))


def look_again(row) -> Todo:
    return Todo(
        title=f"Look again at “{row.title}”, which is closed to the public",
        why="The day for that has come. Make it public, or say why and until when it stays closed.",
        url=reverse("closure_review", args=[row.pk]),
        due=row.review_on,
    )


def decide_withdrawal(row) -> Todo:
    """For the chair and the staff, but not for who took the paper out of view."""
    return withdrawal_to_decide(row, reverse("withdrawal", args=[row.pk]))


def withdrawal_to_decide(row, url: str) -> Todo:
    """The same words of any paper that one of the staff took out of view: `row` has its title, by who and when."""
    return Todo(
        title=f"Decide whether “{row.title}” is withdrawn",
        why=f"{row.by} took it out of view. Nobody can read it until you confirm it, or put it back.",
        url=url,
        due=timezone.localdate(row.asked_at),
    )


def decide_erasure(row) -> Todo:
    return Todo(
        title=f"Confirm that “{row.title}” is erased",
        why="It is withdrawn. Somebody asked for its file and words to be deleted, which takes two people.",
        url=reverse("withdrawal", args=[row.pk]),
    )
