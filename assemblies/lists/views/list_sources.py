"""People join a list from the directory, and from last time."""

from crispy_forms_gds.choices import Choice
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assemblies.lists import list_sources
from assemblies.lists.actions import list_entry
from assemblies.lists.forms.list_sources import ChooseForm, DirectorySearch
from assemblies.lists.models import ListEntry
from assemblies.lists.views.listed import listed, posted
from partnership.refusals import Refusal
from partnership.ui.pages import page_of
from partnership.ui.templatetags.portal import plural

ON_A_PAGE = 50


def manage_list_directory(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    search = DirectorySearch(request.GET or {"place": place})
    page = page_of(list_sources.directory_people(**search.asked), request, ON_A_PAGE)
    members = {str(member.pk): member for member in page}
    there = _there(invitation_list, [member.user.email for member in page])
    choices = [_choice(key, list_sources.member_as_person(member), "", there) for key, member in members.items()]
    form = ChooseForm(posted(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        people = [list_sources.member_as_person(members[key]) for key in form.cleaned_data["people"]]
        if _add(request, invitation_list, people, ListEntry.Source.DIRECTORY, form):
            return redirect("manage_list", slug, place)
    context = {
        "list": invitation_list,
        "meeting": invitation_list.meeting,
        "search": search,
        "page": page,
        "form": form,
        "asked": bool(request.GET),
    }
    return render(request, "lists/directory.html", context)


def manage_list_last_time(request: HttpRequest, slug: str, place: str) -> HttpResponse:
    invitation_list = listed(request, slug, place)
    earlier = list(list_sources.earlier_meetings(invitation_list)[:6])
    asked = request.GET.get("meeting")
    last = next((meeting for meeting in earlier if meeting.slug == asked), earlier[0] if earlier else None)
    found = list_sources.people_of(last, invitation_list) if last else []
    page = page_of(found, request, ON_A_PAGE)
    people = {former.person.email: former for former in page}
    there = _there(invitation_list, list(people))
    choices = [_choice(email, former.person, former.part, there) for email, former in people.items()]
    form = ChooseForm(posted(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        chosen = [people[email].person for email in form.cleaned_data["people"]]
        if _add(request, invitation_list, chosen, ListEntry.Source.LAST_TIME, form):
            return redirect("manage_list", slug, place)
    context = {
        "list": invitation_list,
        "meeting": invitation_list.meeting,
        "last": last,
        "others": [meeting for meeting in earlier if meeting != last],
        "page": page,
        "form": form,
    }
    return render(request, "lists/last_time.html", context)


def _there(invitation_list, emails: list[str]) -> set[str]:
    return set(invitation_list.entries.filter(email__in=emails).values_list("email", flat=True))


def _choice(key: str, person, part: str, there: set[str]) -> Choice:
    hint = [person.organisation, person.role, part, "already on the list" if person.email in there else ""]
    return Choice(key, person.name, hint=" · ".join(filter(None, hint)))


def _add(request: HttpRequest, invitation_list, people: list, source: str, form) -> bool:
    """Adds the people and says so; a refusal is shown on the form."""
    try:
        added = list_entry.add_many(invitation_list=invitation_list, by=request.user, people=people, source=source)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    already = len(people) - added
    words = f"Added {plural(added, 'person,people')} to the list." if added else "Nobody new was added."
    if already:
        words += f" {plural(already, 'person was,people were')} on it already."
    messages.success(request, words)
    return True
