"""What is answered in the place of a paper that was withdrawn: 410, with its title, since when, and why."""

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assemblies.papers.models import Document, Report, ReportVersion, Withdrawal
from assemblies.papers.withdrawn import withdrawal_of


def gone(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    """The page of a paper that is out of view, for everybody who could know of it."""
    context = {
        "meeting": withdrawal.meeting,
        "withdrawal": withdrawal,
        "title": withdrawal.public_title,
        "since": withdrawal.asked_at,
        "because": withdrawal.because,
        "manages": rules.has_perm("papers.withdraw", request.user, withdrawal.meeting),
    }
    return render(request, "papers/withdrawn.html", context, status=410)


def instead_of_version(request: HttpRequest, version: ReportVersion | None) -> HttpResponse | None:
    """That page for a version of a report which is withdrawn; None where the person may read it."""
    found = version.withdrawal if version else None
    if found is None or rules.has_perm("papers.open_withdrawn", request.user, found):
        return None
    return gone(request, found)


def instead_of_working_text(request: HttpRequest, report: Report) -> HttpResponse | None:
    """That page for what is being written of a report, until a corrected version is submitted: who only signs it does not
    read it on the way."""
    return instead_of_version(request, report.versions.select_related("report").first())


def instead_of_file(request: HttpRequest, document: Document) -> HttpResponse | None:
    """That page for a file which was withdrawn from view; None where the person may open it."""
    if not document.withdrawn_because:
        return None
    found = withdrawal_of(document)
    if found is None:  # by one of the staff, before it took two
        if rules.has_perm("papers.withdraw", request.user, document.meeting) and document.file:
            return None
        context = {"meeting": document.meeting, "title": document.public_title, "since": document.withdrawn_at}
        return render(request, "papers/withdrawn.html", context | {"because": document.withdrawn_because}, status=410)
    if rules.has_perm("papers.open_withdrawn", request.user, found):
        return None
    return gone(request, found)
