"""The invitation lists of a meeting, and the page of one list."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assemblies.lists import balance, list_people
from assemblies.lists.actions.invitation_list import leaders_of, plan_chase
from assemblies.lists.forms.list_entry import ListSearchForm
from assemblies.lists.models import InvitationList, ListImport
from assemblies.lists.views.listed import listed, meeting_with_lists
from partnership.accounts.rules import is_partnership_staff
from partnership.ui.pages import page_of
from places.footprint.rules import leads


def manage_lists(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, lists = meeting_with_lists(request, slug)
    rows = list(lists.annotate(people=Count("entries")))
    if len(rows) == 1 and not is_partnership_staff(request.user):
        return redirect("manage_list", meeting.slug, rows[0].place.slug)
    balances, today = balance.for_lists(rows), timezone.localdate()
    leaders = leaders_of(rows)
    for row in rows:
        row.balance, row.leaders = balances[row.pk], leaders.get(row.place_id, [])
        row.overdue = bool(row.state == row.State.OPEN and row.due_on and row.due_on < today)
    outstanding = [row for row in rows if row.state == row.State.OPEN]
    on = list_people.on_how_many(rows)
    context = {
        "meeting": meeting,
        "page": page_of(rows, request),
        "signed_off": len(rows) - len(outstanding),
        "outstanding": outstanding,
        "people": len(on),
        "twice": sum(number > 1 for number in on),
        "chase": plan_chase(outstanding) if is_partnership_staff(request.user) else None,
    }
    return render(request, "lists/overview.html", context)


def manage_list(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    words = ListSearchForm(request.GET).words_asked
    entries = invitation_list.entries.all()
    total = entries.count()
    page = page_of(entries.named_like(words), request)
    page.object_list = list_people.describe(invitation_list, page.object_list)
    context = {
        "meeting": invitation_list.meeting,
        "list": invitation_list,
        "total": total,
        "page": page,
        "words": words,
        "balance": balance.for_lists([invitation_list])[invitation_list.pk],
        "waiting": waiting_imports(invitation_list),
        "open": is_open(invitation_list),
        "on_behalf": invitation_list.signed_off_by and not leads(invitation_list.signed_off_by, invitation_list.place),
        "leaders": leaders_of([invitation_list]).get(invitation_list.place_id, []),
        "later": entries.filter(added_at__gt=invitation_list.signed_off_at).count()
        if invitation_list.signed_off_at
        else 0,
    }
    return render(request, "lists/list.html", context)


def waiting_imports(invitation_list: InvitationList):
    """Files read but neither confirmed nor discarded, with the `people` each would add; and those imported with rows still
    `refused`."""
    would_join, refused = (Count("rows", filter=Q(rows__outcome=outcome)) for outcome in ("add", "refuse"))
    found = invitation_list.imports.annotate(people=would_join, refused=refused)
    return found.filter(Q(state=ListImport.State.PREVIEW) | Q(state=ListImport.State.CONFIRMED, refused__gt=0))


def is_open(invitation_list: InvitationList) -> bool:
    """Whether people can still join: the meeting is to come and not cancelled."""
    meeting = invitation_list.meeting
    return meeting.state in {meeting.State.DRAFT, meeting.State.PUBLISHED} and meeting.starts_at > timezone.now()
