"""The purpose of a board: the version in force, older ones, and writing the next."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assemblies.decisions.models import Decision
from assemblies.meetings.views.managed import posted
from assemblies.purpose import results
from assemblies.purpose.actions import purpose_version as actions
from assemblies.purpose.forms.purpose import FirstForm, NextForm
from assemblies.purpose.models import PurposeVersion, Round
from assemblies.purpose.results import SeenLine
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without

WRITE, ASK, READ = "purpose.write", "purpose.ask", "purpose.read_answers"


@login_not_required
@require_safe
def purpose(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, each line with what members said of it last."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    version = _versions(request).filter(board=board).first()
    return render(request, "purpose/purpose.html", _page(request, board, version))


@login_not_required
@require_safe
def purpose_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version: what changed in it, line by line."""
    version = get_object_or_404(_versions(request), board__slug=slug, number=number)
    return render(request, "purpose/version.html", _page(request, version.board, version, with_said=False))


def purpose_write(request: HttpRequest, slug: str) -> HttpResponse:
    """The first version, or the next."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    refuse_without(WRITE, request.user, board)
    version = _versions(request).filter(board=board).first()
    if version is None:
        return _asked(request, board, FirstForm(posted(request)), "Enter the purpose", actions.enter_first)
    last = Round.objects.visible_to(request.user).with_facts().unfollowed().filter(board=board).first()
    follows = last if last and last.answered else None
    decisions = actions.decisions_since(board, version, follows)
    decisions = decisions & Decision.objects.visible_to(request.user)
    answers = results.answers_of(follows) if follows else {}
    said = {line.line.pk: _in_words(line, answers) for line in results.lines_of(version, follows)}
    form = NextForm(posted(request), version=version, follows=follows, said=said, decisions=decisions)
    shown = {"last": last, "version": version, "open_round": open_round_of(request, board)}
    return _asked(request, board, form, "Write the next version", actions.write_next, **shown)


def _asked(request: HttpRequest, board: Board, form, heading: str, act, **shown) -> HttpResponse:
    if form.is_valid():
        try:
            act(board=board, by=request.user, **form.facts())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The purpose is written down, and everybody can read it.")
            return redirect("purpose", board.slug)
    context = {"form": form, "board": board, "heading": heading, "section": "boards", **shown}
    return render(request, "purpose/write.html", context)


def _in_words(line: SeenLine, answers) -> str:
    """What members said of a line, as the form shows it beside the line."""
    if line.asked is None:
        return ""
    said = [
        f"{each.who} ({each.stance}): “{each.words}”." for each in answers.get(line.asked.topic_id, ()) if each.words
    ]
    return " ".join([f"Members: {line.asked.counts}.", *said, "Delete the text to drop the line."])


def open_round_of(request: HttpRequest, board: Board) -> Round | None:
    """The round in which members are asked just now: while it is open nobody opens another or writes the next version."""
    return Round.objects.visible_to(request.user).with_facts().open().filter(board=board).first()


def _versions(request: HttpRequest):
    return PurposeVersion.objects.visible_to(request.user).with_facts()


def _page(request: HttpRequest, board: Board, version: PurposeVersion | None, *, with_said: bool = True) -> dict:
    """What a page of the purpose shows: the same number of queries however many lines and versions there are."""
    versions = list(board.purpose_versions.select_related("made_by"))
    is_newest = version is not None and version.number == len(versions)
    last = results.last_closed(board) if version and with_said else None
    rounds = list(Round.objects.visible_to(request.user).with_facts().filter(board=board))
    decision = version.decision if version else None
    return {
        "board": board,
        "version": version,
        "versions": versions,
        "is_newest": is_newest,
        "lines": results.lines_of(version, last) if version else [],
        "dropped": list(results.dropped_from(version)) if version and version.number > 1 else [],
        "last": last,
        "rounds": rounds,
        "open_round": next((each for each in rounds if each.is_open), None),
        "decision": decision if decision and _may_see(request, decision) else None,
        "writes": rules.has_perm(WRITE, request.user, board),
        "asks": rules.has_perm(ASK, request.user, board),
        "section": "boards",
    }


def _may_see(request: HttpRequest, decision: Decision) -> bool:
    return Decision.objects.visible_to(request.user).filter(pk=decision.pk).exists()
