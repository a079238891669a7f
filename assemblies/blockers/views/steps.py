"""The steps that somebody takes with a blocker, each with a form of its own."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.blockers.actions import blocker as actions
from assemblies.blockers.actions import escalation
from assemblies.blockers.forms.blocker import AskForm, EscalateForm, HandOnForm, WordsForm
from assemblies.blockers.models import Blocker
from assemblies.blockers.rules import TAKEN_IN
from partnership.ui.access import refuse_without
from partnership.ui.edit_conflict import acted_on
from partnership.ui.forms import PortalForm


def blocker_ask(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk, "ask")

    def act(answers) -> str:
        facts = {name: answers[name] for name in ("to", "words", "revision")}
        actions.ask(blocker=row, by=request.user, **facts)
        return f"{answers['to']} owns it now, and is told."

    form = AskForm(request.POST or None, blocker=row)
    return _asked(request, row, "ask", form, act, heading="Ask somebody to take it on")


def blocker_hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk, "hand_on")

    def act(answers) -> str:
        facts = {name: answers[name] for name in ("to", "words", "revision")}
        actions.hand_on(blocker=row, by=request.user, **facts)
        return f"Handed on to {answers['to']}, who is told."

    form = HandOnForm(request.POST or None, blocker=row)
    return _asked(request, row, "hand_on", form, act, heading="Hand this blocker on")


def blocker_escalate(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk, "escalate")

    def act(answers) -> str:
        escalation.escalate(blocker=row, by=request.user, **form.facts())
        return f"It is on the forward plan of the {answers['board']}, and its chair is told."

    form = EscalateForm(request.POST or None, blocker=row, user=request.user)
    return _asked(request, row, "escalate", form, act, heading="Take it to a board")


def blocker_hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request, pk, "hand_back", actions.hand_back, heading="Hand it back", done="Handed back. Staff look for somebody else.",
        label="Why do you hand it back?", required="Say in a sentence why you hand it back", button="Hand it back",
    )  # fmt: skip


def blocker_note(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request, pk, "note", actions.note, heading="Say how far it is", done="Your note is in its history.",
        label="How far is it?", required="Enter how far it is", button="Add this note",
    )  # fmt: skip


def blocker_bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request, pk, "bring_back", escalation.bring_back, heading="Say what the board said",
        done="It is back from the board, and its owner goes on.",
        label="What did the board say, and what follows?", button="Take it back from the board",
        required="Say in a sentence what the board said, and what follows",
        hint="If that unblocked it, say so afterwards on its page.",
    )  # fmt: skip


def blocker_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request, pk, "resolve", actions.resolve, heading="Say what unblocked it", done="Resolved. Who raised it is told.",
        label="What unblocked it?", required="Say in a sentence what unblocked it", button="It is resolved",
        hint="So that others in the same place know what helped.",
    )  # fmt: skip


def blocker_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request, pk, "withdraw", actions.withdraw, heading="Withdraw this blocker",
        done="Withdrawn. Your reason is in its history.", label="Why is it withdrawn?",
        required="Say in a sentence why it is withdrawn", button="Withdraw it", warning=True,
        hint="It stays in the list of withdrawn ones. What is on the plan of a board stays there, and its chair is told.",
    )  # fmt: skip


def blocker_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _said(
        request, pk, "reopen", actions.reopen, heading="Open it again", done="Open again.",
        label="Why is it opened again?", required="Say in a sentence why it is opened again", button="Open it again",
    )  # fmt: skip


def _found(request: HttpRequest, pk: int, step: str) -> Blocker:
    """Raises Http404 for what they may not read, PermissionDenied for a step that is not theirs to take."""
    row = get_object_or_404(Blocker.objects.visible_to(request.user).with_facts(), pk=pk)
    refuse_without(f"blockers.{step}", request.user, row)
    return row


def _said(
    request: HttpRequest, pk: int, step: str, action: Callable, *, heading: str, done: str, **asks
) -> HttpResponse:  # fmt: skip
    """A step that needs words and nothing else."""
    row = _found(request, pk, step)

    def act(answers) -> str:
        action(blocker=row, by=request.user, words=answers["words"])
        return done

    return _asked(request, row, step, WordsForm(request.POST or None, **asks), act, heading=heading)


def _asked(
    request: HttpRequest, row: Blocker, step: str, form: PortalForm, act: Callable[[dict], str], *, heading: str
) -> HttpResponse:
    """The page with the form, or what follows once `act` has done what it asks for. Answers stay where a rule says no."""
    if request.method != "POST" and row.state not in TAKEN_IN[step]:
        messages.info(request, f"This blocker is {row.get_state_display()} already.")
        return redirect(row)
    said, differences = acted_on(form, act)
    if said:
        messages.success(request, said)
        return redirect(row)
    context = {
        "blocker": row, "form": form, "heading": heading, "differences": differences, "section": "boards",
        "step": step, "trail": [("Blockers", reverse("blockers")), (str(row), row.get_absolute_url())],
    }  # fmt: skip
    return render(request, "blockers/form.html", context)
