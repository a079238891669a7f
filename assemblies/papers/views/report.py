"""A report as its readers see it: the published version, any version by those who may, and two versions side by side."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assemblies.forward_plan.models import Topic
from assemblies.papers import report_changes
from assemblies.papers.models import Report, ReportVersion
from assemblies.papers.report_html import Shown, html
from assemblies.papers.report_html import page_of as page_of_text

ALL = ("item__board", "item__meeting", "item__topic")


@login_not_required
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that is published, under an address that never changes. Those who work on a report of which none is
    published are led to where it stands."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    version = readable_versions(request, found).published().first()
    if version is None:
        return redirect("report_work", pk)
    return render(request, "papers/report.html", _shown(request, found, version))


@login_not_required
@require_safe
def report_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version: any to those who work on the report, published ones to whoever may read it."""
    found = get_object_or_404(Report.objects.visible_to(request.user).select_related(*ALL), pk=pk)
    version = get_object_or_404(readable_versions(request, found), number=number)
    return render(request, "papers/report.html", _shown(request, found, version))


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
    context = {"report": found, "old": old, "new": new, "differences": report_changes.between(old.text, new.text)}
    return render(request, "papers/report_compare.html", context | {"works": _works(request, found)})


def readable_versions(request: HttpRequest, found: Report):
    """Versions of a report that the person may read, the newest first."""
    versions = found.versions.select_related("made_by", "published_by", "meeting__board")
    if _works(request, found):
        return versions
    return versions.readable_by(request.user)


def file_addresses(found: Report, appendices: Iterable[int]) -> dict[int, str]:
    """The address of each appendix by its number in the text: for those who work on the report, and once it is out for all."""
    return {
        number: reverse("report_appendix_file", args=[found.pk, pk]) for number, pk in enumerate(appendices, start=1)
    }


def blocks(content: Mapping[str, Any]) -> list[Shown]:
    """The blocks of other apps, as a version keeps them."""
    return [Shown(each["title"], html(each["text"]), f"part-{each['key']}") for each in content["parts"]]


def shown_version(request: HttpRequest, found: Report, version: ReportVersion) -> dict[str, Any]:
    """What the template of a report shows of a version."""
    numbers = [each["pk"] for each in version.content["appendices"]]
    documents = found.appendices.filter(pk__in=numbers).select_related("document__meeting").in_bulk()
    own = file_addresses(found, numbers)
    files = {}
    for number, pk in enumerate(numbers, start=1):
        document = documents[pk].document
        files[number] = reverse("document", args=[document.meeting.slug, document.pk]) if document else own[number]
    return {
        "report": found,
        "version": version,
        "content": version.content,
        "page": page_of_text(version.text, files),
        "blocks": blocks(version.content),
        "files": files,
    }


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
