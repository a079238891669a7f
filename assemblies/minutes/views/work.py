"""Minutes in hand: drafted, written, circulated, agreed, confirmed, reopened, by staff and the chair."""

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import posted
from assemblies.minutes.actions import key_messages as key_message_actions
from assemblies.minutes.actions import minutes as actions
from assemblies.minutes.forms.minutes import AgreeForm, ConfirmForm, MinutesForm, ReopenForm
from assemblies.minutes.key_points import points_of
from assemblies.minutes.models import Minutes, MinutesVersion
from assemblies.minutes.on_agenda import meetings_that_confirm
from assemblies.minutes.seen_minutes import seen_items
from assemblies.minutes.standing import newest_agreed, standing_of
from assemblies.minutes.views.found import OF_VERSION, meeting_and_board, worked_on
from assemblies.papers.report_html import html
from partnership import dates
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale


def minutes_draft(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    """Asks, then drafts the minutes; those that are there already are shown."""
    meeting, of = meeting_and_board(request, slug, board)
    known = Minutes.objects.editable_by(request.user).filter(meeting=meeting, board=of).first()
    if known:
        return redirect(known.work_url)
    if request.method == "POST":
        try:
            made = actions.draft(meeting=meeting, board=of, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(meeting.get_absolute_url())
        messages.success(request, "The minutes are drafted. Read them, write what is missing, then circulate them.")
        return redirect(made.work_url)
    recorded = hasattr(meeting, "sitting")
    record = "from the record of the meeting: who was there, interests, what was decided, actions and notes"
    return confirm(
        request,
        question="Draft the minutes?",
        consequence=f"They are drafted {record}."
        if recorded
        else "Nobody recorded this meeting in the portal, so they are drafted from its agenda, and say so. Write in who was "
        "there and what was decided.",
        about=str(of),
        label="Draft the minutes",
        back=meeting.get_absolute_url(),
        caption=caption(meeting),
        trail=manage_trail(meeting),
        warning=False,
    )


@require_safe
def minutes_work(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    """How far the minutes are, what waits, and what can be done now."""
    minutes = worked_on(request, slug, board)
    versions = list(minutes.versions.select_related(*OF_VERSION))
    newest = versions[0]
    agreed = newest_agreed(versions)
    corrections = list(newest.corrections.select_related("by", "item", "answered_by"))
    waiting = [each for each in corrections if each.answered_at is None]
    chairs = rules.has_perm("minutes.agree", request.user, minutes)
    started = list(meetings_that_confirm(minutes, timezone.now()))
    context = {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "version": newest,
        "early": newest.is_open_to_corrections,
        "standing": standing_of(newest),
        "versions": [(each, standing_of(each, agreed)) for each in versions],
        "corrections": corrections,
        "waiting": waiting,
        "chairs": chairs,
        "agrees_next": chairs and not waiting and not newest.is_open_to_corrections,
        "chair": minutes.board.chair_on(timezone.localdate()),
        "started": started,
        "present": minutes.present.filter(is_active=True).count(),
        "published": minutes.published_key_messages.select_related("published_by").first(),
        "empty": [item for item in newest.items.all() if not item.text and not item.facts.get("outcomes")],
    }
    return render(request, "minutes/work.html", context)


def minutes_edit(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    minutes = worked_on(request, slug, board)
    if not minutes.is_open and request.method != "POST":
        messages.error(request, f"These minutes are {minutes.get_state_display()}. Reopen them to change them.")
        return redirect(minutes.work_url)
    version = minutes.newest
    form = MinutesForm(posted(request), version=version)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        try:
            actions.write(
                version=version, by=request.user, content=form.content, texts=form.texts, key_messages=form.key_messages,
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The minutes are saved.")
            return redirect("minutes_edit" if "more" in request.POST else "minutes_work", slug, board)
    context = {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "version": version,
        "form": form,
        "differences": differences,
        "items": seen_items(version, request.user),
        "corrections": version.corrections.select_related("by", "item"),
        "trail": _trail(minutes),
    }
    return render(request, "minutes/edit.html", context)


def minutes_circulate(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    minutes = worked_on(request, slug, board)
    people = minutes.present.filter(is_active=True).count()
    who = "1 person" if people == 1 else f"{people} people"
    return _step(
        request,
        minutes,
        lambda: actions.circulate(minutes=minutes, by=request.user),
        done="The minutes are circulated.",
        question="Circulate the minutes?",
        consequence=f"{who} who were there, and have an account, get an email. They can propose corrections, and everybody who "
        "sits on the board can read the minutes. You can still change the text.",
        label="Circulate the minutes",
    )


def minutes_agree(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    minutes = worked_on(request, slug, board, "minutes.agree")
    version = minutes.newest
    form = AgreeForm(posted(request), initial={"revision": version.revision})
    seen = form.cleaned_data["revision"] if form.is_valid() else None
    until = version.corrections_by if version.is_open_to_corrections else None
    early = (
        f"Corrections are open until {dates.day(until)}. Agreeing the minutes before that ends them. " if until else ""
    )
    return _step(
        request,
        minutes,
        (lambda: actions.agree(minutes=minutes, by=request.user, revision=seen)) if seen is not None else None,
        done="You have agreed the minutes.",
        question="Agree these minutes?",
        consequence=early
        + "They are published at once, marked as not yet confirmed, and cannot be changed any more: only reopened, with a "
        "reason. The board confirms them at its next meeting. The key messages come out with them.",
        form=AgreeForm(initial={"revision": version.revision}),
        version=version,
    )


def minutes_confirm(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    """Enters at which later meeting the board confirmed them."""
    minutes = worked_on(request, slug, board)
    version = minutes.newest
    started = meetings_that_confirm(minutes, timezone.now())
    if request.method != "POST" and (minutes.state != Minutes.State.AGREED or not started):
        messages.error(
            request,
            "Minutes are confirmed after the chair has agreed them, at a later meeting of the board that has started.",
        )
        return redirect(minutes.work_url)
    first = {"number": version.number, "meeting": next((str(each.pk) for each in started), "")}
    form = ConfirmForm(posted(request), meetings=started, initial=first)
    if form.is_valid():
        try:
            actions.confirm(minutes=minutes, number=form.cleaned_data["number"], meeting=form.chosen, by=request.user)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "It is entered that they were confirmed.")
            return redirect(minutes.work_url)
    return _asked(
        request, minutes, question="Confirm the minutes?",
        consequence="Enter this when the board has confirmed them as a true record. It stands with them from then on.",
        form=form, warning=False,
    )  # fmt: skip


def minutes_reopen(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    minutes = worked_on(request, slug, board)
    form = ReopenForm(posted(request))
    if form.is_valid():
        try:
            actions.reopen(minutes=minutes, by=request.user, because=form.cleaned_data["because"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The minutes are reopened: a new version is there to change.")
            return redirect(minutes.work_url)
    return _asked(
        request, minutes, question="Reopen the minutes?",
        consequence="A new version begins with the words of this one. It is circulated, agreed and confirmed again. This version "
        "stays public, and will be marked as replaced.",
        form=form,
    )  # fmt: skip


def minutes_publish_key_messages(request: HttpRequest, slug: str, board: str) -> HttpResponse:
    minutes = worked_on(request, slug, board)
    told = (
        ""
        if minutes.published_key_messages.exists()
        else " Those on the board and followers of the meeting get one email."
    )
    return _step(
        request,
        minutes,
        lambda: key_message_actions.publish(minutes=minutes, by=request.user),
        done="The key messages are published.",
        question="Publish the key messages?",
        consequence=f"Everybody who may know of the meeting can read them, before the minutes are agreed.{told}",
        label="Publish the key messages",
        version=minutes.newest,
    )


def _step(
    request: HttpRequest, minutes: Minutes, act: Callable | None, *, done: str, question: str, consequence: str, label: str = "",
    form=None, version: MinutesVersion | None = None,
) -> HttpResponse:  # fmt: skip
    """Asks, then takes one step; comes back to where the minutes stand. A `version` whose key messages come out shows them."""
    if request.method == "POST" and act:
        try:
            act()
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
        return redirect(minutes.work_url)
    shown: dict[str, Any] = {"template": "minutes/confirm_key_messages.html", "shown": _out(version)} if version else {}
    return _asked(
        request, minutes, question=question, consequence=consequence, label=label, form=form, warning=False, **shown
    )


def _out(version: MinutesVersion) -> dict[str, Any]:
    """The key messages of a version as everybody would read them."""
    words = version.key_messages.strip()
    return {"words": html(words) if words else "", "points": points_of(version.minutes, None)}


def _asked(request: HttpRequest, minutes: Minutes, **words) -> HttpResponse:
    return confirm(
        request,
        back=minutes.work_url,
        about=str(minutes.board),
        caption=caption(minutes.meeting),
        trail=_trail(minutes),
        **words,
    )


def _trail(minutes: Minutes) -> list[tuple[str, str]]:
    return [*manage_trail(minutes.meeting), ("Minutes", minutes.work_url)]
