"""The notices of a council's executive: read by everybody, published and withdrawn by its chair and staff."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.executive_notices import asked as asking
from assemblies.executive_notices.actions import notice as actions
from assemblies.executive_notices.asked import Asked
from assemblies.executive_notices.forms.notice import NoticeForm, WithdrawForm
from assemblies.executive_notices.models import ExecutiveNotice
from assemblies.executive_notices.notice_kinds import ABOUT, OF_KEY_DECISIONS, OF_PRIVATE_MEETINGS, REGULATIONS, Kind
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from partnership.boards.models import Board
from partnership.page_cache.middleware import cache_page_until_changed
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm
from partnership.ui.pages import page_of

PUBLISH = "executive_notices.publish"


@login_not_required
@require_safe
@cache_page_until_changed
def executive_notices(request: HttpRequest, slug: str) -> HttpResponse:
    """Key decisions and private meetings to come; with `?when=past` those that are over."""
    board = _executive(request, slug)
    past, today = request.GET.get("when") == "past", timezone.localdate()
    rows = ExecutiveNotice.objects.public().filter(board=board).select_related("board")
    rows = rows.past(today) if past else rows.ahead(today)
    context = {
        "section": "boards", "board": board, "past": past, "page": page_of(rows, request),
        "publishes": rules.has_perm(PUBLISH, request.user, board), "regulations": REGULATIONS,
    }  # fmt: skip
    return render(request, "executive_notices/notices.html", context)


@login_not_required
@require_safe
@cache_page_until_changed
def executive_notice(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One notice; of one that was withdrawn its kind, its days, and why. Its address never changes."""
    notice = _notice(request, slug, pk)
    known = Meeting.objects.visible_to(request.user).published()
    meeting = notice.meeting or (notice.item.meeting if notice.item else None)
    context = {
        "section": "boards", "notice": notice, "board": notice.board, "about": ABOUT[Kind(notice.kind)],
        "regulations": REGULATIONS, "of_key_decision": notice.kind in OF_KEY_DECISIONS,
        "meeting": known.filter(pk=meeting.pk).first() if meeting else None,
        "publishes": rules.has_perm(PUBLISH, request.user, notice.board),
    }  # fmt: skip
    return render(request, "executive_notices/notice.html", context)


def executive_notices_due(request: HttpRequest, slug: str) -> HttpResponse:
    """What the board has to give notice of, how each stands, and what to publish next."""
    board = _publishing(request, slug)
    context = {"section": "boards", "board": board, "rows": asking.of_board(board), "trail": _trail(board)}
    return render(request, "executive_notices/due.html", context)


def key_notice_new(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    board = _publishing(request, slug)
    if kind not in OF_KEY_DECISIONS:
        raise Http404
    rows = PlannedItem.objects.visible_to(request.user).live().filter(board=board, is_key=True, meeting__isnull=False)
    item = get_object_or_404(rows.select_related("topic", "meeting", "board"), pk=pk)
    return _publish(request, asking.key_decision(item, timezone.now()), Kind(kind))


def private_notice_new(request: HttpRequest, slug: str, meeting: str, kind: str) -> HttpResponse:
    board = _publishing(request, slug)
    if kind not in OF_PRIVATE_MEETINGS:
        raise Http404
    found = get_object_or_404(Meeting.objects.editable_by(request.user).of_boards([board]), slug=meeting)
    return _publish(request, asking.private_meeting(found, board, timezone.now()), Kind(kind))


def executive_notice_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    notice = _notice(request, slug, pk)
    refuse_without(PUBLISH, request.user, notice.board)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw(notice=notice, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The notice is withdrawn. Its title, its days and your reason stay.")
            return redirect(notice)
    return confirm(
        request, form=form, section="boards", back=notice.get_absolute_url(), trail=_trail(notice.board),
        question="Withdraw this notice?", about=str(notice),
        consequence="It gives notice of nothing from now on: where it was needed, another one is, or the scrutiny chair’s "
        "agreement. The public sees its title, its days and why.",
    )  # fmt: skip


def _publish(request: HttpRequest, asked: Asked, kind: Kind) -> HttpResponse:
    form = NoticeForm(request.POST or None, asked=asked, kind=kind)
    if form.is_valid():
        try:
            notice = actions.publish(
                board=asked.board,
                kind=kind,
                by=request.user,
                item=asked.item,
                meeting=asked.meeting,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The notice is published.")
            return redirect(notice)
    context = {
        "section": "boards", "form": form, "board": asked.board, "asked": asked, "kind": kind, "about": ABOUT[kind],
        "regulations": REGULATIONS, "trail": _trail(asked.board),
    }  # fmt: skip
    return render(request, "executive_notices/publish.html", context)


def _executive(request: HttpRequest, slug: str) -> Board:
    """The board, where it is an executive, or was one when it published a notice. Raises Http404."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    if not board.is_executive and not ExecutiveNotice.objects.public().filter(board=board).exists():
        raise Http404
    return board


def _publishing(request: HttpRequest, slug: str) -> Board:
    """The executive whose notices the person publishes. Raises Http404, and PermissionDenied for everybody else."""
    board = _executive(request, slug)
    refuse_without(PUBLISH, request.user, board)
    return board


def _notice(request: HttpRequest, slug: str, pk: int) -> ExecutiveNotice:
    rows = ExecutiveNotice.objects.public().select_related("board", "meeting", "item__meeting", "published_by")
    return get_object_or_404(rows, board__slug=slug, pk=pk)


def _trail(board: Board) -> list[tuple[str, str]]:
    """The pages above one about a notice."""
    return [
        ("Boards", reverse("boards")),
        (board.name, board.get_absolute_url()),
        ("Key decisions and private meetings", reverse("executive_notices", args=[board.slug])),
    ]
