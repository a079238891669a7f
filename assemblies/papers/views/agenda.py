"""Drafting and publishing an agenda."""

from typing import NamedTuple

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assemblies.meetings import in_common
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.rules import boards_in_common_chaired_by, chairs
from assemblies.meetings.views.managed import managed, row_of
from assemblies.papers import (
    agenda_reports,
    before_publishing,
    changes,
    closed_matters,
    deadline,
    from_plan,
    readings,
    takers,
)
from assemblies.papers.actions import agenda, agenda_publication, agenda_reading, key_decision
from assemblies.papers.agenda_reports import ComingOut
from assemblies.papers.forms.agenda import AgendaItemForm, AgendaPublishForm
from assemblies.papers.models import AgendaItem, AgendaVersion
from assemblies.papers.views.acting import act
from assemblies.registrations import recipients
from partnership.page_cache import stamp
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale

READ, EDIT, PUBLISH = "papers.read_draft_agenda", "papers.edit_agenda", "papers.publish_agenda"


def manage_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft and what is published; the chairs of other boards of a meeting in common read it, and change nothing."""
    with stamp.read_once():
        try:
            meeting = managed(request, slug, READ)
        except (Http404, PermissionDenied):
            return _of_another_chair(request, slug)
        draft = _draft_of(meeting)
        context = _shown(request, meeting, draft)
        if draft.version and not context["may_edit"]:
            context["to_come"] = before_publishing.reports_to_come(draft.version, draft.items)
        return render(request, "papers/agenda.html", context)


@require_POST
def manage_agenda_read(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair of another board of a meeting in common has read the draft."""
    meeting = managed(request, slug, "papers.confirm_reading")
    for board in boards_in_common_chaired_by(request.user, meeting):
        act(request, f"The chair of the {meeting.board} sees that you have read this draft.", agenda_reading.confirm,
            meeting=meeting, board=board, seen=request.POST.get("seen", ""))  # fmt: skip
    return redirect("manage_agenda", meeting.slug)


def manage_agenda_item_add(request: HttpRequest, slug: str) -> HttpResponse:
    return _item(request, managed(request, slug, EDIT), None)


def manage_agenda_item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    return _item(request, meeting, _own(meeting, pk))


def manage_agenda_item_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    item = _own(meeting, pk)
    if request.method == "POST":
        return _done(
            request, meeting, f"“{item.title}” has been removed from the agenda.", agenda.remove_item, item=item
        )
    return _confirm(
        request,
        meeting,
        question=f"Remove “{item.title}” from the agenda?",
        consequence="The items after it move up. Its papers stay with the meeting.",
        label="Remove it",
    )


@require_POST
def manage_agenda_item_shift(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    up = request.POST.get("direction") == "up"
    return _done(request, meeting, "", agenda.shift_item, item=_own(meeting, pk), up=up)


@require_POST
def manage_agenda_revise(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    return _done(
        request, meeting, "You have started a new draft from the published version.", agenda.revise, meeting=meeting
    )


@require_POST
def manage_agenda_fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds standing and planned items that the draft lacks, and says what is no longer planned."""
    meeting = managed(request, slug, EDIT)
    try:
        added = agenda.fill_from_plan(meeting=meeting, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        items = f"{len(added)} item{'' if len(added) == 1 else 's'}"
        messages.success(request, f"{items} added from the forward plan." if added else "Nothing was missing.")
    return redirect("manage_agenda", slug)


def manage_agenda_discard(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    if request.method == "POST":
        return _done(request, meeting, "The draft is deleted.", agenda.discard, meeting=meeting)
    return _confirm(
        request,
        meeting,
        question="Delete the draft of the agenda?",
        consequence=f"The published agenda stays as it is. You cannot get the draft back. {_going_with(meeting)}",
        label="Delete the draft",
    )


def manage_agenda_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """For the chair of the host board alone: staff, and chairs of other boards, are refused."""
    try:
        meeting = managed(request, slug, PUBLISH)
    except (Http404, PermissionDenied):
        return _of_another_chair(request, slug)
    draft = _draft_of(meeting)
    version = draft.version
    if version is None and request.method != "POST":
        return redirect("manage_agenda", slug)
    found = changes.all_of_agenda(version, draft.items, draft.coming) if version else []
    late, later = bool(version and deadline.needs_urgency(version, found=found)), bool(version and version.number > 1)
    told = before_publishing.who_is_told(
        recipients.of_papers(meeting, but=request.user), in_common=in_common.is_in_common(meeting)
    )
    start = {"seen": draft.seen()}
    form = AgendaPublishForm(request.POST or None, initial=start, late=late, later=later)
    if form.is_valid():
        try:
            made = agenda_publication.publish(meeting=meeting, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["seen"] = start["seen"]
        else:
            messages.success(request, f"Version {made.number} of the agenda is published. {told}")
            return redirect("manage_agenda", slug)
    context = _shown(request, meeting, draft)
    context |= {"form": form, "late": late, "changes": [each.words for each in found], "told": told}
    if version:
        context |= _before_publishing(meeting, version, context)
    return render(request, "papers/agenda_publish.html", context)


def _before_publishing(meeting: Meeting, draft: AgendaVersion, shown: dict) -> dict:
    """What stops the chair, and what they should know."""
    items = shown["items"]
    warnings = before_publishing.reports_to_come(draft, items)
    warnings += before_publishing.plan_and_agenda(meeting, items, shown["off_the_plan"], shown["to_fill"])
    return {
        "stops": list(agenda_publication.stops(meeting, draft, found=shown["changes"], items=items)),
        "warnings": warnings,
    }


class _Draft(NamedTuple):
    """The draft of an agenda, where there is one, with its items and papers, and the reports that come out with it."""

    version: AgendaVersion | None
    items: list[AgendaItem]
    coming: dict[int, list[ComingOut]]

    def seen(self) -> str:
        """The fingerprint of the draft, "" where there is none."""
        return agenda_publication.fingerprint(self.version, self.items, self.coming) if self.version else ""


def _draft_of(meeting: Meeting) -> _Draft:
    version = agenda.draft_of(meeting)
    if version is None:
        return _Draft(None, [], {})
    items = closed_matters.items_with_papers(version)
    return _Draft(version, items, agenda_reports.coming_out_with(version, items))


def _of_another_chair(request: HttpRequest, slug: str) -> HttpResponse:
    """Says who publishes the agenda to somebody who may not. Raises Http404 where they may not know of the meeting."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("board"), slug=slug)
    context = {"meeting": meeting, "chair": agenda.chair_of(meeting)}
    return render(request, "papers/agenda_of_another_chair.html", context, status=403)


def _confirm(request: HttpRequest, meeting: Meeting, **words) -> HttpResponse:
    back = reverse("manage_agenda", args=[meeting.slug])
    trail = [*manage_trail(meeting), ("Agenda", back)]
    return confirm(request, back=back, caption=caption(meeting), trail=trail, section="meetings", **words)


def _going_with(meeting: Meeting) -> str:
    """Which changed papers go with the draft, in words."""
    draft = agenda.draft_of(meeting)
    titles = [f"“{paper.title}”" for paper in agenda.waiting_on(draft)] if draft else []
    if not titles:
        return ""
    what = f"paper {titles[0]} goes" if len(titles) == 1 else f"papers {' and '.join(titles)} go"
    return f"The changed {what} with it: people keep what they can read now."


def _item(request: HttpRequest, meeting: Meeting, item: AgendaItem | None) -> HttpResponse:
    form = AgendaItemForm(request.POST or None, meeting=meeting, item=item)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            saved = agenda.write_item(meeting=meeting, by=request.user, item=item, revision=revision, **form.facts())
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"“{saved.title}” is on the draft.")
            return redirect("manage_agenda", meeting.slug)
    context = {"form": form, "meeting": meeting, "item": item, "differences": differences}
    return render(request, "papers/agenda_item.html", context)


def _own(meeting: Meeting, pk: int) -> AgendaItem:
    """An item of the meeting's draft. Items of published versions cannot be reached from here."""
    draft = agenda.draft_of(meeting)
    return (
        row_of(draft.items.select_related("version__meeting"), pk) if draft else row_of(AgendaItem.objects.none(), pk)
    )


def _done(request: HttpRequest, meeting: Meeting, said: str, action, /, **given) -> HttpResponse:
    act(request, said, action, **given)
    return redirect("manage_agenda", meeting.slug)


def _shown(request: HttpRequest, meeting: Meeting, shown: _Draft) -> dict:
    """What both pages of the agenda show. Each item gets `taken_by`, in words which boards take it, "" where the meeting is of
    one; and `coming`, the reports that come out with it."""
    boards, draft, items = in_common.boards_of(meeting), shown.version, shown.items
    for item in items:
        item.taken_by = takers.in_words(takers.takers_of(item, boards), item.purpose) if len(boards) > 1 else ""
        item.coming = [each.report for each in shown.coming.get(item.pk, [])]
    versions = list(meeting.agenda_versions.published().select_related("published_by"))
    waiting = agenda.waiting_on(draft).select_related("uploaded_by", "replaces__meeting") if draft else []
    may_edit = rules.has_perm(EDIT, request.user, meeting)
    return {
        "meeting": meeting,
        "draft": draft,
        "waiting": {paper.pk: paper for paper in waiting},
        "items": items,
        "versions": versions,
        "packs": list(meeting.packs.all()) if versions else [],
        "off_the_plan": from_plan.off_the_plan(draft, items) if draft else {},
        "to_fill": agenda.still_to_fill(meeting, items if draft else None),
        "deadline": deadline.of(meeting),
        "boards": boards,
        "notices": key_decision.notices_of(draft) if draft else [],
        "may_edit": may_edit,
        "readings": readings.of(draft, boards) if draft and len(boards) > 1 else [],
        "reads_for": boards_in_common_chaired_by(request.user, meeting),
        "seen": shown.seen() if len(boards) > 1 else "",
        "is_chair": may_edit and chairs(request.user, meeting),
        "chair": agenda.chair_of(meeting),
        "is_open": meeting.state in (Meeting.State.DRAFT, Meeting.State.PUBLISHED),
    }
