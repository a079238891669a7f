"""One action: its page, and what may become of it."""

from collections.abc import Callable

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assemblies.decisions.models import Decision
from assemblies.follow_up.actions import follow_up as actions
from assemblies.follow_up.forms.follow_up import DoneForm, DropForm, HandOnForm, NoteForm, PostponeForm, ReopenForm
from assemblies.follow_up.models import FollowUp, FollowUpChange
from assemblies.meetings.models import Meeting
from partnership.files import sending
from partnership.ui.access import refuse_without
from partnership.ui.edit_conflict import acted_on
from partnership.ui.forms import PortalForm

WORK, HISTORY, KEEP = "follow_up.work_on", "follow_up.read_history", "follow_up.add_to_log"


@login_not_required
@require_safe
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be done, who does it and when; its history for those who work with it."""
    row = get_object_or_404(FollowUp.objects.visible_to(request.user).with_facts(), pk=pk)
    reads = rules.has_perm(HISTORY, request.user, row)
    context = {
        "follow_up": row,
        "works": rules.has_perm(WORK, request.user, row),
        "is_own": row.owner == request.user,
        "reads": reads,
        "changes": FollowUpChange.objects.visible_to(request.user).filter(follow_up=row).in_order() if reads else (),
        "section": "boards",
        **_beside(row, request.user),
    }
    return render(request, "follow_up/follow_up.html", context)


def follow_up_done(request: HttpRequest, pk: int) -> HttpResponse:
    row = _worked_on(request, pk)
    form = DoneForm(request.POST or None, request.FILES or None)

    def act(answers) -> str:
        evidence = {"evidence": answers["words"], "link": answers["link"], "file": answers["file"]}
        actions.complete(follow_up=row, by=request.user, **evidence)
        return "Closed as done. Thank you."

    return _asked(request, row, form, act, heading="Close this action as done")


def follow_up_note(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; also once it is closed, for what somebody wrote while another closed it."""
    row = _worked_on(request, pk)
    form = NoteForm(request.POST or None)

    def act(answers) -> str:
        actions.note(follow_up=row, by=request.user, words=answers["words"])
        return "Your note is in its history."

    return _asked(request, row, form, act, heading="Say how far it is", also_closed=True)


def follow_up_hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    row = _worked_on(request, pk)
    keeps = rules.has_perm(KEEP, request.user, row.board)
    form = HandOnForm(request.POST or None, follow_up=row, keeps_log=keeps)

    def act(answers) -> str:
        actions.hand_on(
            follow_up=row, by=request.user, to=answers["to"], because=answers["words"], revision=answers["revision"]
        )
        return f"Handed on to {answers['to']}, who is told."

    return _asked(request, row, form, act, heading="Hand this action on")


def follow_up_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    row = _worked_on(request, pk)
    form = PostponeForm(request.POST or None, follow_up=row)

    def act(answers) -> str:
        actions.postpone(
            follow_up=row, by=request.user, due_on=answers["due_on"], because=answers["words"], revision=answers["revision"]
        )  # fmt: skip
        return "The new day is saved."

    return _asked(request, row, form, act, heading="Give this action another day")


def follow_up_drop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _worked_on(request, pk)

    def act(answers) -> str:
        actions.drop(follow_up=row, by=request.user, because=answers["words"])
        return "Dropped. Your reason is in its history."

    return _asked(request, row, DropForm(request.POST or None), act, heading="Drop this action")


def follow_up_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = _worked_on(request, pk)
    if row.is_open:
        messages.info(request, "This action is open already.")
        return redirect(row)
    form = ReopenForm(request.POST or None, follow_up=row)

    def act(answers) -> str:
        actions.reopen(follow_up=row, by=request.user, because=answers["words"], due_on=answers["due_on"])
        return "Open again."

    return _asked(request, row, form, act, heading="Open this action again", also_closed=True)


@require_safe
def follow_up_file(request: HttpRequest, pk: int, change: int) -> FileResponse:
    """The file that shows that it was done, for those who read its history."""
    rows = FollowUpChange.objects.visible_to(request.user).exclude(file="")
    shown = get_object_or_404(rows, follow_up=pk, pk=change)
    return sending.stored(shown.file, f"action {pk} evidence {change}", shown.file_type)


def _worked_on(request: HttpRequest, pk: int) -> FollowUp:
    """Raises Http404 for what they may not read, PermissionDenied for what is not theirs to change."""
    row = get_object_or_404(FollowUp.objects.visible_to(request.user).with_facts(), pk=pk)
    refuse_without(WORK, request.user, row)
    return row


def _asked(
    request: HttpRequest, row: FollowUp, form: PortalForm, act: Callable[[dict], str], *, heading: str,
    also_closed: bool = False,
) -> HttpResponse:  # fmt: skip
    """The page with the form, or what follows once `act` has done what it asks for. Answers stay where a rule says no."""
    if request.method != "POST" and not row.is_open and not also_closed:
        messages.info(request, f"This action is {row.get_state_display()} already.")
        return redirect(row)
    said, differences = acted_on(form, act)
    if said:
        messages.success(request, said)
        return redirect(row)
    row.refresh_from_db(fields=["state"])
    typed = form.cleaned_data.get("words", "") if form.is_bound and not form.is_valid() else ""
    context = {
        "follow_up": row, "form": form, "heading": heading, "differences": differences, "section": "boards",
        "note_instead": typed if typed and not row.is_open and not also_closed else "",
        "trail": [*trail(row), (str(row), row.get_absolute_url())],
    }  # fmt: skip
    return render(request, "follow_up/form.html", context)


def trail(row: FollowUp) -> list[tuple[str, str]]:
    """The pages above that of an action."""
    return [
        ("Boards", reverse("boards")),
        (str(row.board), row.board.get_absolute_url()),
        ("Actions", reverse("board_follow_ups", args=[row.board.slug])),
    ]


def _beside(row: FollowUp, user) -> dict:
    """Where it was agreed and what it carries out, as far as the person may know of that; and the pages above it."""
    meetings = Meeting.objects.visible_to(user).published()
    decision = row.decision
    knows = decision and Decision.objects.visible_to(user).filter(pk=decision.pk).exists()
    return {
        "opens_meeting": row.meeting_id and meetings.filter(pk=row.meeting_id).exists(),
        "item_title": row.item_title_for(user),
        "decision": decision if knows else None,
        "trail": trail(row),
    }
