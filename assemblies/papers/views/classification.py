"""Who may read an item, a report, a document or an appendix: one page for all of them, reached from each."""

from collections.abc import Collection

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assemblies.closures.actions.closure import fingerprint
from assemblies.closures.forms.closure import ClosureForm
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed, posted, row_of
from assemblies.papers import withheld
from assemblies.papers.actions import agenda, classification
from assemblies.papers.closed_matters import boards_that_take
from assemblies.papers.models import AgendaItem, Document, ReportAppendix, WithheldPapers
from assemblies.papers.views.agenda import EDIT
from assemblies.papers.views.reports import in_hand
from assemblies.papers.views.reports import trail as report_trail
from partnership.boards.models import Board
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without

BOTH = "If you close it, its cover report and all its papers are closed too."


def planned_item_class(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rows = (
        PlannedItem.objects.visible_to(request.user).live().select_related("board", "meeting__board", "topic", "lead")
    )
    item = get_object_or_404(rows, board__slug=slug, pk=pk)
    refuse_without("papers.classify_item", request.user, item)
    plan = reverse("forward_plan", args=[slug])
    above = [("Boards", reverse("boards")), (item.board.name, item.board.get_absolute_url()), ("Forward plan", plan)]
    return _page(
        request, item, boards_that_take(item), back=item.topic.get_absolute_url(),
        trail=[*above, (item.title, item.topic.get_absolute_url())], says=BOTH,
    )  # fmt: skip


def report_class(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as its authors reach it: the class of the report is that of its item."""
    report = in_hand(request, pk)
    item = report.item
    refuse_without("papers.classify_item", request.user, item)
    return _page(
        request,
        item,
        boards_that_take(item),
        back=reverse("report_work", args=[pk]),
        trail=report_trail(report),
        says=BOTH,
    )


def report_appendix_class(request: HttpRequest, pk: int, appendix: int) -> HttpResponse:
    report = in_hand(request, pk)
    found: ReportAppendix = row_of(report.appendices.in_use().select_related("report__item__meeting"), appendix)
    refuse_without("papers.classify_appendix", request.user, found)
    back = reverse("report_work", args=[pk])
    says = "If you close it, the report stays open: its readers see that it has this appendix, and why they cannot open it."
    return _page(request, found, boards_that_take(found), back=back, trail=report_trail(report), says=says)


def manage_agenda_item_class(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    draft = agenda.draft_of(meeting)
    if draft is None:
        raise Http404
    item: AgendaItem = row_of(draft.items.select_related("version__meeting", "planned__topic"), pk)
    back = reverse("manage_agenda", args=[slug])
    return _page(
        request, item, boards_that_take(item), back=back, trail=[*manage_trail(meeting), ("Agenda", back)], says=BOTH,
        meeting=meeting, withheld_from=withheld.from_item(item),
    )  # fmt: skip


def manage_document_class(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, "papers.classify_document")
    document: Document = row_of(meeting.documents.readable_by(request.user).filter(withdrawn_at=None), pk)
    organises = rules.has_perm("meetings.organise", request.user, meeting)  # the chair comes from the agenda
    back = reverse("manage_documents" if organises else "manage_agenda", args=[slug])
    trail = [*manage_trail(meeting), ("Documents" if organises else "Agenda", back)]
    return _page(
        request, document, boards_that_take(document), back=back, trail=trail,
        says="If you close it, people who read the item it goes with see that there is this paper, and why they cannot open it. "
        "Older files in whose place it came, on older agendas, are closed with it.",
        meeting=meeting,
    )  # fmt: skip


def _page(
    request: HttpRequest,
    thing: PlannedItem | AgendaItem | Document | ReportAppendix,
    boards: Collection[Board],
    *,
    back: str,
    trail: list[tuple[str, str]],
    says: str,
    meeting: Meeting | None = None,
    withheld_from: list[WithheldPapers] | None = None,
) -> HttpResponse:
    """The form, and what it changes. `meeting`: the one whose management the page belongs to; `withheld_from`: for an item of its
    agenda, the members who may not read it."""
    form = ClosureForm(posted(request), boards=boards, title=thing.title, closure=thing.closure)
    if form.is_valid():
        try:
            closure = classification.classify(
                thing=thing, by=request.user, said=form.said, seen=form.cleaned_data["seen"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
            thing.refresh_from_db()
            form.data = form.data.copy()
            form.data["seen"] = fingerprint(thing.closure)
        else:
            closed = closure and closure.in_force
            messages.success(request, f"“{thing.title}” is {'closed to the public' if closed else 'open'}.")
            return redirect(back)
    context = {
        "form": form, "thing": thing, "back": back, "trail": trail, "says": says,
        "caption": caption(meeting) if meeting else "", "section": "meetings" if meeting else "boards",
        "meeting": meeting, "withheld_from": withheld_from, "may_withhold": withheld_from is not None,
    }  # fmt: skip
    return render(request, "papers/classification.html", context)
