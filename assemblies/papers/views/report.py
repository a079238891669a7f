"""A report as its readers see it: the published version, any version by those who may, and two versions side by side."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assemblies.forward_plan.models import Topic
from assemblies.papers import report_changes, seen_appendices
from assemblies.papers.actions import opening
from assemblies.papers.models import Report, ReportVersion
from assemblies.papers.report_html import Shown, html
from assemblies.papers.report_html import page_of as page_of_text
from assemblies.papers.report_text import ReportText
from assemblies.papers.seen_appendices import SeenAppendix

ALL = ("item__board", "item__meeting", "item__topic", "item__closure")


@login_not_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is published, under an address that never changes. Those who work on a report of which none is
    published are led to where it stands."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    version = readable_versions(request, found).published().first()
    if version is None:
        return redirect("report_work", pk)
    return _opened(request, found, version)


@login_not_required
@require_safe
def report_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version: any to those who work on the report, published ones to whoever may read it."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    return _opened(request, found, get_object_or_404(readable_versions(request, found), number=number))


@login_not_required
@require_safe
def report_compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version beside the one before it that the person may read."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    versions = readable_versions(request, found)
    new = get_object_or_404(versions, number=number)
    old = versions.filter(number__lt=number).first()
    if old is None:
        raise Http404
    works = _works(request, found)
    was, now = (seen_appendices.text_for(each, request.user, works=works) for each in (old, new))
    for version in (old, new):
        note_opening(request, version)
    context = {"report": found, "old": old, "new": new, "differences": report_changes.between(was, now), "works": works}
    return render(request, "papers/report_compare.html", context)


def readable_versions(request: HttpRequest, found: Report):
    """Versions of a report that the person may read, the newest first."""
    known = ("made_by", "published_by", "meeting__board", "closure", "report__item__closure")
    versions = found.versions.select_related(*known).prefetch_related("closure__grounds__board")
    if _works(request, found):
        return versions
    return versions.readable_by(request.user)


def blocks(content: Mapping[str, Any]) -> list[Shown]:
    """The blocks of other apps, as a version keeps them."""
    return [Shown(each["title"], html(each["text"]), f"part-{each['key']}") for each in content["parts"]]


def shown_version(request: HttpRequest, found: Report, version: ReportVersion) -> dict[str, Any]:
    """What the template of a report shows of a version."""
    seen = seen_appendices.of_version(version, request.user, works=_works(request, found))
    return {
        "report": found,
        "version": version,
        "content": version.content,
        "closure": version.closed_by or version.closure,
        "blocks": blocks(version.content),
    } | shown_text(version.text, seen)


def shown_text(text: ReportText, seen: list[SeenAppendix]) -> dict[str, Any]:
    """A text as a page, with its appendices: links lead into those that can be opened."""
    files = {number: each.address for number, each in enumerate(seen, start=1) if each.address}
    return {"page": page_of_text(seen_appendices.with_titles(text, seen), files), "appendices": seen}


def note_opening(request: HttpRequest, version: ReportVersion) -> None:
    """Writes down that somebody opens a version that is closed to the public."""
    if version.closed_by:
        opening.record(paper=version, by=request.user)


def _opened(request: HttpRequest, found: Report, version: ReportVersion) -> HttpResponse:
    note_opening(request, version)
    return render(request, "papers/report.html", _shown(request, found, version))


def _shown(request: HttpRequest, found: Report, version: ReportVersion) -> dict[str, Any]:
    versions = list(readable_versions(request, found))
    return shown_version(request, found, version) | {
        "works": _works(request, found),
        "is_newest": version == versions[0],
        "older": next((each for each in versions if each.number < version.number), None),
        "newest": versions[0],
        "topic_is_known": Topic.objects.visible_to(request.user).filter(pk=found.item.topic_id).exists(),
    }


def _works(request: HttpRequest, found: Report) -> bool:
    return Report.objects.of_person(request.user).filter(pk=found.pk).exists()
