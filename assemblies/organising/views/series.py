"""Making a series of meetings, after its dates were shown, and changing those to come."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from assemblies.meetings.models import Meeting
from assemblies.meetings.views.managed import managed
from assemblies.organising import series_dates
from assemblies.organising.actions import series as actions
from assemblies.organising.forms.series import SeriesChangeForm, SeriesDeleteForm, SeriesForm
from assemblies.organising.models import MeetingSeries, SeriesMeeting
from partnership import dates
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.ui.access import needs_permission

State = Meeting.State


@needs_permission("organising.create_meeting")
def series_new(request: HttpRequest, slug: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    form = SeriesForm(request.POST or None, board=board)
    if form.is_valid() and "change" not in request.POST:
        if "seen" not in request.POST:
            return _ask(request, board, form)
        try:
            made = actions.make(
                board=board, by=request.user, uid=form.cleaned_data["uid"], seen=request.POST["seen"],
                facts_of_each=form.facts_of_each(), **form.rule(),
            )  # fmt: skip
        except Refusal as refusal:
            return _ask(request, board, form, refusal.message)
        messages.success(request, "The meetings are drafts. Nobody else sees them until you publish each of them.")
        return redirect("series", board.slug, made.pk)
    return render(request, "organising/series_new.html", {"form": form, "board": board})


def _ask(request: HttpRequest, board: Board, form: SeriesForm, why: str = "") -> HttpResponse:
    """Shows each date the rule means, what is left out and what is moved, and asks whether to make the meetings. Where the
    words for it mean other dates as well, it shows these too."""
    series = form.series()
    rows, other = _rows(series), series_dates.other_reading(series)
    context = {
        "asked": form, "board": board, "series": series, "rows": rows, "why": why,
        "meetings": sum(1 for row in rows if row["when"]), "seen": series_dates.fingerprint(series),
    }  # fmt: skip
    if other and not actions.problem(other):
        answers = request.POST.copy()
        answers["unit"], answers["every"], answers["which"] = other.unit, str(other.every), str(other.which or "")
        context |= {"other": other, "other_rows": _rows(other), "other_asked": SeriesForm(answers, board=board)}
        context["ambiguous"] = (
            f"every {series_dates.AMBIGUOUS[other.which or other.every]} {other.get_weekday_display()}"
        )
    return render(request, "organising/series_dates.html", context)


def _rows(series: MeetingSeries) -> list[dict[str, Any]]:
    return [
        {
            "meant_on": each.meant_on,
            "when": series_dates.in_words(series, each.day) if each.day else "",
            "is_moved": each.is_moved,
        }
        for each in series_dates.occasions(series)
    ]


@needs_permission("organising.create_meeting")
def series(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The meetings of one series, each with how it stands."""
    board = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    shown = board.meeting_series.filter(pk=pk).first()
    if shown is None:
        raise Http404
    made = shown.made.select_related("meeting").order_by("meeting__starts_at")
    days = {row.meeting: timezone.localdate(row.meeting.starts_at) for row in made}
    holidays = series_dates.bank_holidays_among(days.values())
    rows = [(meeting, day in holidays) for meeting, day in days.items()]
    return render(request, "organising/series.html", {"board": board, "series": shown, "rows": rows})


def manage_series(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes this meeting, it and later ones, or all of its series to come; published ones are left, and said."""
    meeting, made = _in_series(request, slug)
    form = SeriesChangeForm(request.POST or None, meeting=meeting, scopes=_scopes(meeting))
    if form.is_valid():
        try:
            done = actions.change(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            _say(request, done)
            return redirect("series", meeting.board.slug, made.series_id)
    return _ask_which(request, "organising/series_change.html", form, meeting, made)


def manage_series_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Deletes the draft of this meeting, or of it and others of its series; published ones are left, and said."""
    meeting, made = _in_series(request, slug)
    form = SeriesDeleteForm(request.POST or None, scopes=_scopes(meeting))
    if form.is_valid():
        try:
            done = actions.delete_drafts(meeting=meeting, by=request.user, scope=form.cleaned_data["scope"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            count = len(done.changed)
            messages.success(request, f"{count} {'draft is' if count == 1 else 'drafts are'} deleted.")
            _say_left(
                request, done, "Published, so not deleted: {}. Cancel each of them by itself: people are told then."
            )
            return redirect("series", meeting.board.slug, made.series_id)
    return _ask_which(request, "organising/series_delete.html", form, meeting, made)


def _ask_which(request: HttpRequest, template: str, form, meeting: Meeting, made: SeriesMeeting) -> HttpResponse:
    """Shows the form, where there is a draft that it could be for."""
    asked = form if form.fields["scope"].choices else None
    return render(request, template, {"form": asked, "meeting": meeting, "series": made.series})


def _in_series(request: HttpRequest, slug: str) -> tuple[Meeting, SeriesMeeting]:
    """The meeting and its place in a series; 404 for one that was made by itself."""
    meeting = managed(request, slug)
    made = getattr(meeting, "in_series", None)
    if made is None:
        raise Http404
    return meeting, made


def _scopes(meeting: Meeting) -> list[tuple[str, str]]:
    """The choices, each with how many meetings it is for; none without a draft."""
    found = []
    for scope in actions.Scope:
        rows = actions.in_scope(meeting, scope, timezone.now())
        published = sum(row.state == State.PUBLISHED for row in rows)
        if len(rows) == published:
            continue
        left = f", {published} of them published and left as they are" if published else ""
        words = scope.label if scope == actions.Scope.THIS else f"{scope.label} ({len(rows)}{left})"
        found.append((scope.value, words))
    return found


def _say(request: HttpRequest, done: actions.Changed) -> None:
    count = len(done.changed)
    messages.success(request, f"{count} {'meeting is' if count == 1 else 'meetings are'} changed.")
    _say_left(
        request, done, "Published, so not changed: {}. Move or change each of them by itself: people are told then."
    )


def _say_left(request: HttpRequest, done: actions.Changed, words: str) -> None:
    if done.left:
        messages.info(request, words.format(", ".join(dates.short_day(each.starts_at) for each in done.left)))
