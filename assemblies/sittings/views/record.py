"""The screen of a meeting: who records it enters what happens; who sits on its boards reads along."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, manage_trail
from assemblies.meetings.views.managed import managed
from assemblies.papers.models.agenda import withheld_from
from assemblies.questions.listed import accepted_for, with_items
from assemblies.sittings import acting, latest_entries, on_screen, order_of_business, pace, picture
from assemblies.sittings.actions import entry as entries
from assemblies.sittings.actions import sitting as sittings
from assemblies.sittings.entry_kinds import DOES, Attends, Sits, Vote, choices_of
from assemblies.sittings.forms.entry import FORMS, EntryForm, standing_interests
from assemblies.sittings.models import Entry, Sitting
from assemblies.sittings.order_of_business import OrderOfBusiness
from partnership.refusals import Refusal
from partnership.ui.confirm import confirm

RECORD, END = "sittings.record", "sittings.end"
NEWEST = 10  # entries that the list below the screen shows


@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen. `?after=` the number of an entry: nothing (204) where none came since. Before the meeting: a way to open it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).published().with_boards(), slug=slug)
    records = rules.has_perm(RECORD, request.user, meeting)
    sitting = Sitting.objects.visible_to(request.user).filter(meeting=meeting).first()
    if sitting is None:
        if not records:
            raise Http404
        return render(request, "sittings/start.html", {"meeting": meeting, "trail": _trail(meeting, records=True)})
    if request.GET.get("after") == str(sitting.newest) and sitting.is_open:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "sittings/record.html", _screen(request, meeting, sitting, records=records))


@require_safe
def record_screen(request: HttpRequest, slug: str) -> HttpResponse:
    """For a projector in the room: the item, what is asked, what was said. It shows nothing that is not for everybody there."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).published().with_boards(), slug=slug)
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user), meeting=meeting)
    if request.GET.get("after") == str(sitting.newest) and sitting.is_open:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "sittings/screen.html", _screen(request, meeting, sitting, records=False))


@require_POST
def record_start(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = managed(request, slug, RECORD)
    try:
        sittings.start(meeting=meeting, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("record", slug=slug)


@require_POST
def record_enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes one entry. Scripts are answered in JSON: its number, or why not; everybody else comes back to the screen."""
    meeting = managed(request, slug, RECORD)
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user), meeting=meeting)
    kind = request.POST.get("kind", "")
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST, order=order_of_business.read(meeting), people=acting.people_of(meeting))
    if form.is_valid():
        try:
            made = _enter(request, sitting, kind, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _entered(request, meeting, made)
    if _wants_json(request):
        problems = [str(words) for field in form.errors.values() for words in field]
        return JsonResponse({"problems": problems}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context = {
        "meeting": meeting,
        "form": form,
        "kind": kind,
        "name": Entry.Kind(kind).label,
        "trail": _trail(meeting, records=True, below=True),
    }
    return render(request, "sittings/entry.html", context)


def record_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks, then ends the meeting: names what is still open."""
    meeting = managed(request, slug, END)
    sitting = get_object_or_404(Sitting.objects.visible_to(request.user), meeting=meeting)
    back = reverse("record", args=[slug])
    stands = picture.fold(order_of_business.read(meeting), sitting.entries.select_related("by"))
    if request.method == "POST":
        try:
            sittings.end(sitting=sitting, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "The meeting has ended. What was decided stands in the register of decisions.")
        return redirect(back)
    if meeting.state != Meeting.State.CANCELLED and (left := stands.open_items()):
        return render(
            request,
            "sittings/still_open.html",
            {"meeting": meeting, "left": left, "trail": _trail(meeting, records=True, below=True)},
        )
    decided = len(stands.outcomes)
    return confirm(
        request,
        question="End the meeting?",
        consequence=f"{decided} outcome{' goes' if decided == 1 else 's go'} to the register of decisions, and who took on an "
        "action is emailed. "
        "After this nothing more is entered: what is wrong is corrected in the minutes.",
        label="End the meeting",
        back=back,
        caption=caption(meeting),
        trail=_trail(meeting, records=True, below=True),
        section="meetings",
        warning=False,
    )


def _enter(request: HttpRequest, sitting: Sitting, kind: str, form: EntryForm) -> Entry:
    pk = form.cleaned_data.get("item")
    business = (
        form.order.item(form.order.place_of(pk)) if pk else None
    )  # also by its row in an older version of the agenda
    if pk and business is None:
        raise Refusal("This item is not on the agenda that is published. Open the page again.")
    item = business.row if business else None
    return entries.enter(
        sitting=sitting, by=request.user, kind=kind, key=form.cleaned_data["key"], item=item, seat=form.chosen_seat,
        board=form.chosen_board, facts=form.facts(), said_at=form.cleaned_data.get("said_at"),
    )  # fmt: skip


def _entered(request: HttpRequest, meeting: Meeting, made: Entry) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"number": made.number})
    anchor = f"#item-{made.item_id}" if made.item_id else "#attendance"
    return redirect(reverse("record", args=[meeting.slug]) + anchor)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _screen(request: HttpRequest, meeting: Meeting, sitting: Sitting, *, records: bool) -> dict[str, Any]:
    order: OrderOfBusiness = order_of_business.read(meeting)
    hidden = order.closed_among(withheld_from(request.user).items)
    stands = picture.fold(order, sitting.entries.select_related("by"))
    shown = [each for each in stands.entries if order.place_of(each.item_id) not in hidden]
    screen, now = on_screen.screen_of(meeting, stands), timezone.now()
    return {
        "meeting": meeting,
        "sitting": sitting,
        "screen": screen,
        "now": now,
        "pace": pace.pace_of(stands, meeting.starts_at, meeting.ends_at, now),
        "records": records and sitting.is_open,
        "may_end": rules.has_perm(END, request.user, meeting),
        "questions": with_items(accepted_for(meeting), meeting, request.user),
        "log": latest_entries.log_of(shown, stands)[:NEWEST],
        "hidden": hidden,
        "owners": list(acting.people_of(meeting)) if records and sitting.is_open else [],
        "standing": list(standing_interests(order)) if records and sitting.is_open else [],
        "kinds": on_screen.kinds_for(order.boards),
        "mitigations": list(DOES.items()),
        "attends": Attends.choices,
        "sits": Sits.choices[1:],
        "votes": choices_of(Vote),
        "key": uuid4(),
        "trail": _trail(meeting, records=records),
    }


def _trail(meeting: Meeting, *, records: bool, below: bool = False) -> list[tuple[str, str]]:
    above = manage_trail(meeting) if records else manage_trail(meeting)[:-1]
    return [*above, ("The meeting", reverse("record", args=[meeting.slug]))] if below else above
