"""The pack of a meeting and its supplements: what is in them, how far they are, and their files."""

from dataclasses import dataclass

import rules
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assemblies.meetings.models import Meeting
from assemblies.meetings.named import caption, on_its_day
from assemblies.meetings.reading import readable
from assemblies.meetings.rules import may_manage
from assemblies.meetings.views.managed import managed, row_of
from assemblies.papers.actions import meeting_pack, opening
from assemblies.papers.models import MeetingPack, PackFile, PackPart
from assemblies.papers.models.meeting_pack import meetings_withheld_from
from assemblies.papers.pack.layout import STEPS
from assemblies.papers.views.acting import act
from assemblies.papers.withdrawn import withdrawn_parts
from partnership.files import sending
from partnership.files.kinds import PDF
from partnership.page_cache.middleware import cache_page_until_changed, fresh_until
from partnership.ui.confirm import confirm

EDIT, PUBLISH = "papers.edit_agenda", "papers.publish_agenda"


@dataclass(frozen=True)
class Shown:
    """A pack as its page shows it: the items with their papers, and the files that the person may have."""

    pack: MeetingPack
    items: list[tuple[PackPart, list[PackPart]]]
    closed_items: list[tuple[PackPart, list[PackPart]]]
    public: PackFile | None
    members: PackFile | None
    replaced: list[tuple[PackFile, list[str]]]
    not_for_them: bool = (
        False  # a closed paper of the meeting is withheld from the person, and this pack has closed papers
    )

    @property
    def of_steps(self) -> int:
        return len(STEPS) * (2 if any(part.is_closed for part in self.pack.parts.all()) else 1)


@login_not_required
@require_safe
@cache_page_until_changed
def packs(request: HttpRequest, slug: str) -> HttpResponse:
    """All that came out in packs, page by page. For people who may not read closed matter it is not there."""
    meeting = get_object_or_404(readable(request).select_related("board"), slug=slug)
    if not meeting.agenda_versions.published().exists():
        raise Http404
    found = _shown(request, meeting)
    context = {
        "meeting": meeting,
        "packs": found,
        "waiting": [each for each in found if each.pack.state == MeetingPack.State.WAITING],
        "section": "meetings",
        "heading": "Packs of papers",
    }
    if request.GET.get("part") == "progress":
        return render(request, "papers/_packs_progress.html", context)
    if request.user.is_authenticated and may_manage(request.user, meeting):
        context["manages"] = rules.has_perm(EDIT, request.user, meeting)
        context["publishes"] = rules.has_perm(PUBLISH, request.user, meeting)
        context["released"] = meeting_pack.released_parts(meeting)
    return fresh_until(render(request, "papers/packs.html", context), [])


@login_not_required
@require_safe
def pack(request: HttpRequest, slug: str, pack: str) -> HttpResponseBase:
    """The file that anybody may have, under an address that never changes. Until it is made, the page that says so; and from
    when a paper in it is closed to the public, for everybody who may not read that."""
    found = _pack(request, slug, pack)
    file = found.file_for(members=False)
    if file is None or (found.is_withheld and not _reads_closed(request, found)):
        return redirect("packs", slug)
    if found.is_withheld:
        _note_openings(request, found, is_closed=False)
    return _sent(found, file)


@login_not_required
@require_safe
def pack_members(request: HttpRequest, slug: str, pack: str) -> HttpResponseBase:
    """All of it, for those who may read its closed part; each opening is logged. For everybody else there is none; a member who
    may not read one of its papers is told so."""
    found = _pack(request, slug, pack)
    file = found.file_for(members=True)
    if not found.parts.filter(is_closed=True).exists():
        raise Http404
    if not _reads_closed(request, found):
        if found.meeting.packs.not_for(request.user).filter(pk=found.pk).exists():
            return redirect("packs", slug)  # which says so
        raise Http404
    if file is None:
        return redirect("packs", slug)
    _note_openings(request, found, is_closed=True)
    return _sent(found, file)


@require_POST
def manage_pack_make(request: HttpRequest, slug: str) -> HttpResponse:
    """The pack of an agenda that was published before there were packs."""
    meeting = managed(request, slug, EDIT)
    act(request, "The pack is being made. You can leave this page.", meeting_pack.order_all, meeting=meeting)
    return redirect("packs", slug)


@require_POST
def manage_pack_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    meeting = managed(request, slug, EDIT)
    found = row_of(meeting.packs, pk)
    act(request, "We are trying again. You can leave this page.", meeting_pack.try_again, pack=found)
    return redirect("packs", slug)


def manage_pack_released(request: HttpRequest, slug: str) -> HttpResponse:
    """The chair publishes papers that were closed, and have been released, as a supplement."""
    meeting = managed(request, slug, PUBLISH)
    back = reverse("packs", args=[slug])
    if request.method == "POST":
        act(request, "The released papers are published as a supplement.", meeting_pack.order_released, meeting=meeting)
        return redirect("packs", slug)
    titles = [f"“{part.title}”" for part in meeting_pack.released_parts(meeting) if not part.is_item]
    if not titles:
        raise Http404
    return confirm(
        request,
        question="Publish the released papers as a supplement?",
        consequence=f"{' and '.join(titles)}: the public can read this now, and finds it in the supplement.",
        label="Publish the supplement",
        back=back,
        caption=caption(meeting),
        trail=[("Meetings", reverse("meetings")), (on_its_day(meeting.title, meeting.starts_at), meeting.get_absolute_url()),
               ("Packs of papers", back)],
        section="meetings",
    )  # fmt: skip


def _reads_closed(request: HttpRequest, found: MeetingPack) -> bool:
    return found.meeting.packs.readable_by(request.user).filter(pk=found.pk).exists()


def _note_openings(request: HttpRequest, found: MeetingPack, *, is_closed: bool) -> None:
    """Writes down that somebody opens each paper of that part of the pack that is closed to the public."""
    for part in found.parts.filter(is_closed=is_closed).select_related("report__report__item", "document"):
        paper = part.report or part.document
        if paper is not None and (is_closed or paper.closed_by):
            opening.record(paper=paper, by=request.user)


def _pack(request: HttpRequest, slug: str, name: str) -> MeetingPack:
    meeting = get_object_or_404(readable(request).published(), slug=slug)
    rows = meeting.packs.with_withheld().select_related("meeting").prefetch_related("files")
    found = next((each for each in rows if each.file_name == name), None)
    if found is None:
        raise Http404
    return found


def _sent(found: MeetingPack, file: PackFile) -> HttpResponseBase:
    closed = " with closed papers" if file.for_members else ""
    name = f"{on_its_day(found.meeting.title, found.meeting.starts_at)} {found.name}{closed}"
    return sending.stored(file.file, name, PDF.content_type, PDF.extension)


def _shown(request: HttpRequest, meeting: Meeting) -> list[Shown]:
    """The packs, the newest first, as the person may see them. The same number of queries whatever there is in them."""
    rows = meeting.packs.with_withheld().with_parts().order_by("-number")
    reads = set(meeting.packs.readable_by(request.user).values_list("pk", flat=True))
    gone, found = withdrawn_parts(part for row in rows for part in row.parts.all()), []
    not_for = meeting.pk in meetings_withheld_from(request.user)
    for row in rows:
        row.meeting = meeting
        for part in row.parts.all():
            part.gone = gone.get(part.pk, "")
        closed = row.pk in reads
        found.append(
            Shown(
                row,
                _grouped(row, is_closed=False, reads=closed),
                _grouped(row, is_closed=True, reads=closed) if closed else [],
                row.file_for(members=False) if closed or not row.is_withheld else None,
                row.file_for(members=True) if closed else None,
                _replaced(row, closed=closed),
                not_for and any(part.is_closed for part in row.parts.all()),
            )
        )
    return found


def _replaced(pack: MeetingPack, *, closed: bool) -> list[tuple[PackFile, list[str]]]:
    """Files that are given out no more, each with what was withdrawn of it; those with closed papers for their readers."""
    now = {file.sha256 for file in pack.files.all() if file.edition == pack.edition}
    found = []
    for file in pack.files.all():
        if file.sha256 in now or (file.for_members and not closed):
            continue
        parts = (part for part in pack.parts.all() if part.gone and file.has(part))
        if words := [f"“{part.title}” {part.gone}" for part in parts if closed or not part.is_shut_now]:
            found.append((file, words))
    return found


def _grouped(pack: MeetingPack, *, is_closed: bool, reads: bool) -> list[tuple[PackPart, list[PackPart]]]:
    """Each item with its papers below it; without those that were closed since, for people who may not read them."""
    groups: list[tuple[PackPart, list[PackPart]]] = []
    for part in pack.parts.all():
        if part.is_closed is not is_closed:
            continue
        if part.is_item:
            groups.append((part, []))
            part.title = part.title if reads else part.public_title
        elif reads or not part.is_shut_now:
            groups[-1][1].append(part)
    return groups
