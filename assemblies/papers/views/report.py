"""A report as its readers see it: the published version, any version by those who may, and two versions side by side."""

from collections.abc import Mapping
from typing import Any

import rules
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assemblies.forward_plan.models import Topic
from assemblies.meetings.in_common import is_in_common
from assemblies.papers import report_changes, seen_appendices
from assemblies.papers.actions import opening
from assemblies.papers.closed_matters import in_words
from assemblies.papers.models import Report, ReportVersion
from assemblies.papers.report_html import Shown, html
from assemblies.papers.report_html import page_of as page_of_text
from assemblies.papers.report_text import ReportText
from assemblies.papers.seen_appendices import SeenAppendix
from assemblies.papers.views.gone import instead_of_version

OF_WITHDRAWAL = ("meeting__board", "report__item__closure")
ALL = ("item__board", "item__meeting", "item__topic", "item__closure")


@login_not_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is published, under an address that never changes. Those who work on a report of which none is
    published are led to where it stands."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    version = readable_versions(request, found).published().first()
    if version is None:
        out = known_versions(request, found).published().first()
        return instead_of_version(request, out) or redirect("report_work", pk)
    return _opened(request, found, version)


@login_not_required
@require_safe
def report_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version: any to those who work on the report, published ones to whoever may read it."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    version = get_object_or_404(known_versions(request, found), number=number)
    return instead_of_version(request, version) or _opened(request, found, version)


@login_not_required
@require_safe
def report_compare(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A version beside the one before it that the person may read."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    versions = known_versions(request, found)
    new = get_object_or_404(versions, number=number)
    old = versions.filter(number__lt=number).first()
    if old is None:
        raise Http404
    for version in (new, old):
        if answer := instead_of_version(request, version):
            return answer
    works = _works(request, found)
    was, now = (seen_appendices.text_for(each, request.user, works=works) for each in (old, new))
    for version in (old, new):
        note_opening(request, version)
    classes = (in_words(old.closure), in_words(new.closure))
    found_between = report_changes.between(was, now, classes)
    context = {"report": found, "old": old, "new": new, "differences": found_between, "works": works}
    return render(request, "papers/report_compare.html", context)


def readable_versions(request: HttpRequest, found: Report):
    """Versions of a report that the person may read, the newest first."""
    versions = known_versions(request, found)
    newest = found.withdrawals.in_force().select_related(*OF_WITHDRAWAL).first()
    if newest is None or rules.has_perm("papers.open_withdrawn", request.user, newest):
        return versions
    return versions.not_withdrawn()


def known_versions(request: HttpRequest, found: Report):
    """Versions of which the person may know, those that were withdrawn too, the newest first."""
    known = ("made_by", "published_by", "meeting__board", "closure", "report__item__closure")
    versions = found.versions.select_related(*known).prefetch_related("closure__grounds__board")
    if _works(request, found):
        return versions
    return versions.known_to(request.user)


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
    closed = any(each.closure and each.closure.in_force for each in seen)
    files = {number: each.address for number, each in enumerate(seen, start=1) if each.address}
    untagged = any(each.is_untagged and each.address for each in seen)
    return {
        "page": page_of_text(seen_appendices.with_titles(text, seen), files),
        "appendices": seen,
        "part_closed": closed,
        "ask_for_appendices": settings.CONTACT_EMAIL if untagged else "",
    }


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
        "withdrawal": version.withdrawal,
        "may_withdraw": version.meeting and rules.has_perm("papers.withdraw", request.user, version.meeting),
        "is_in_common": version.meeting and is_in_common(version.meeting),
        "works": _works(request, found),
        "is_newest": version == versions[0],
        "older": next((each for each in versions if each.number < version.number), None),
        "newest": versions[0],
        "topic_is_known": Topic.objects.visible_to(request.user).filter(pk=found.item.topic_id).exists(),
    }


def _works(request: HttpRequest, found: Report) -> bool:
    return Report.objects.of_person(request.user).filter(pk=found.pk).exists()
