"""Cover reports by those who work on them: their list, starting one, writing it, what is missing, submitting it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assemblies.meetings.views.managed import posted, row_of
from assemblies.papers import seen_appendices, sign_off
from assemblies.papers.actions import opening, report_appendix
from assemblies.papers.actions import report as actions
from assemblies.papers.forms.report import AppendixForm, ReportForm, StartForm, SubmitForm
from assemblies.papers.models import Report, ReportAppendix, ReportStep, WordFile
from assemblies.papers.report_text import FIELDS
from assemblies.papers.rules import classifies_item, items_to_report_on, items_to_start, writes_report
from assemblies.papers.views.acting import act
from assemblies.papers.views.gone import instead_of_file, instead_of_working_text
from assemblies.papers.views.report import blocks, shown_text
from partnership.accounts.rules import is_partnership_staff
from partnership.files import sending
from partnership.refusals import Refusal
from partnership.ui.access import refuse_without
from partnership.ui.confirm import confirm
from partnership.ui.edit_conflict import Stale
from partnership.ui.pages import page_of

WRITE = "papers.write_report"
ALL = ("item__board", "item__meeting__board", "item__topic", "item__lead", "item__closure", "author")


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports that the person works on, and items of theirs whose report nobody has started."""
    rows = Report.objects.of_person(request.user).select_related(*ALL).prefetch_related("versions__steps__holder")
    page = page_of(rows, request)
    for row in page:
        newest = next(iter(row.versions.all()), None)
        steps = newest.steps.all() if newest else ()
        row.step = next((each for each in steps if each.state == ReportStep.State.OPEN), None)
    return render(request, "papers/reports.html", {"page": page, "to_start": _to_start(request)})


def _to_start(request: HttpRequest):
    rows = items_to_start(request.user, timezone.now())
    return rows.select_related("topic", "board", "meeting").order_by("report_due_on", "pk")[:50]


def report_new(request: HttpRequest, item: int) -> HttpResponse:
    """Starts the report of an item: by who leads it, or by staff. For all others the item has none."""
    rows = items_to_report_on(request.user).select_related("topic", "board", "meeting", "lead")
    found = get_object_or_404(rows, pk=item)
    known = Report.objects.of_person(request.user).filter(item=found).first()
    if known:
        return redirect("report_work", known.pk)
    last = actions.last_texts(item=found, reader=request.user)
    form = StartForm(posted(request), last=last)
    if form.is_valid():
        try:
            report = actions.start(item=found, by=request.user, take=tuple(form.cleaned_data.get("take", ())))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("report_write", report.pk)
    offered = [(FIELDS[name], words) for name, words in last.items()]
    return render(request, "papers/report_new.html", {"form": form, "item": found, "offered": offered})


@require_safe
def report_work(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the report stands: what is missing, who holds it since when, its versions, and what may be done now."""
    report = in_hand(request, pk)
    versions = list(
        report.versions.select_related("made_by", "published_by", "meeting").prefetch_related(
            "steps__holder", "steps__handovers__old_holder", "steps__handovers__new_holder"
        )
    )
    newest = versions[0] if versions else None
    steps = list(newest.steps.all()) if newest else []
    writes = writes_report(request.user, report)
    context = {
        "report": report,
        "writes": writes,
        "word_files": word_files_of(report) if writes else [],
        "missing": actions.missing(report) if report.is_open else [],
        "versions": versions,
        "newest": newest,
        "steps": steps,
        "now": next((each for each in steps if each.state == ReportStep.State.OPEN), None),
        "returned": next((each for each in steps if each.state == ReportStep.State.RETURNED), None),
        "unchanged": report.state == Report.State.RETURNED
        and newest is not None
        and newest.text == report.working_text,
        "chain": list(sign_off.usual_holders(report, request.user if writes else None).items())
        if report.is_open
        else [],
        "closes_what_is_out": is_partnership_staff(request.user),
        "appendices": report.appendices_in_use,
        "refused": [each for each in report.appendices.all() if each.is_refused],
        "classifies": classifies_item(request.user, report.item),
        "withdrawal": report.withdrawals.in_force().first(),
        "published": next((each for each in versions if each.published_at), None),
    }
    return render(request, "papers/report_work.html", context)


def report_write(request: HttpRequest, pk: int) -> HttpResponse:
    report = written(request, pk)
    if not report.is_open and request.method != "POST":
        messages.error(request, f"The report is {report.get_state_display()}, so its text stays as it is.")
        return redirect("report_work", pk)
    last = actions.last_texts(item=report.item, reader=request.user)
    if (taken := request.POST.get("take")) in last:
        return _with_last_text(request, report, last, taken)
    form = ReportForm(posted(request), report=report, offered=last)
    differences: list[tuple[str, str, str]] = []
    if form.is_valid():
        try:
            actions.write(report=report, by=request.user, text=form.text, revision=form.cleaned_data["revision"])
        except Stale as stale:
            differences = form.refuse_stale(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "The report is saved.")
            return redirect("report_write" if "more" in request.POST else "report_work", pk)
    return _writing(request, report, form, differences)


def _with_last_text(request: HttpRequest, report: Report, last: dict[str, str], taken: str) -> HttpResponse:
    """The form with all that was typed, and with what the last report said put into one of its answers. Nothing is saved."""
    typed = request.POST.copy()
    typed[taken] = "\n\n".join(filter(None, (typed.get(taken, "").strip(), last[taken])))
    form = ReportForm(typed, report=report, offered=last)
    messages.info(request, f"{FIELDS[taken]} has the text of the last report now. It is not saved yet.")
    return _writing(request, report, form, [])


def _writing(
    request: HttpRequest, report: Report, form: ReportForm, differences: list[tuple[str, str, str]]
) -> HttpResponse:
    context = {
        "form": form, "report": report, "differences": differences, "missing": actions.missing(report),
        "appendices": report.appendices_in_use,
    }  # fmt: skip
    return render(request, "papers/report_write.html", context)


@require_safe
def report_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it is being written, as its readers will see it. Other apps' blocks are as they stand now."""
    report = in_hand(request, pk)
    if answer := instead_of_working_text(request, report):
        return answer
    content = actions.content_of(report)
    context = {"report": report, "content": content, "closure": report.item.closure, "blocks": blocks(content)}
    context |= shown_text(report.working_text, seen_appendices.of_draft(report))
    return render(request, "papers/report_preview.html", context)


def report_submit(request: HttpRequest, pk: int) -> HttpResponse:
    report = written(request, pk)
    if not report.is_open and request.method != "POST":
        messages.error(request, f"The report is already {report.get_state_display()}.")
        return redirect("report_work", pk)
    lacks = actions.missing(report) if report.is_open else []
    form = SubmitForm(posted(request), report=report, by=request.user, is_first=not report.versions.exists())
    if form.is_valid():
        given = {"revision": form.cleaned_data["revision"], "what_changed": form.cleaned_data.get("what_changed", "")}
        try:
            version = actions.submit(report=report, by=request.user, holders=form.holders, **given)
        except Refusal as refusal:
            form.refuse(refusal)
            form.data = form.data.copy()
            form.data["revision"] = report.revision
        else:
            messages.success(request, _said_of_submission(report, version))
            return redirect("report_work", pk)
    chain = list(sign_off.usual_holders(report, request.user).items())
    context = {"form": form, "report": report, "missing": lacks, "chain": chain}
    return render(request, "papers/report_submit.html", context)


def _said_of_submission(report: Report, version) -> str:
    step = sign_off.open_step(report)
    if step is None:
        return f"Version {version.number} is signed off: {report.board} has no chain of people who sign reports off."
    return f"Version {version.number} is with {step.holder} now. We have emailed them."


def report_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    report = written(request, pk)
    if request.method == "POST":
        return _done(request, report, "The report is yours to change again.", actions.take_back, report=report)
    return _confirm(
        request,
        report,
        question="Take the report back?",
        consequence="You can change it then. Those who have signed it signed the text as it was, so all are asked again.",
        label="Take it back",
    )


@require_POST
def report_revise(request: HttpRequest, pk: int) -> HttpResponse:
    report = written(request, pk)
    said = "You can write the next version. What was published stays until it is signed off and published too."
    return _done(request, report, said, actions.revise, report=report)


def report_appendix_add(request: HttpRequest, pk: int) -> HttpResponse:
    report = written(request, pk)
    start = {name: request.GET[name] for name in ("title", "closed") if name in request.GET}
    form = AppendixForm(posted(request), request.FILES or None, initial=start)
    if form.is_valid():
        try:
            added = report_appendix.add(report=report, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if added.closed_by:
                messages.success(
                    request, f"“{added.title}” is an appendix, closed to the public. Say why it is closed."
                )
                return redirect("report_appendix_class", pk, added.pk)
            if added.is_being_checked:
                return redirect("report_appendix_check", pk, added.pk)
            messages.success(request, f"“{added.title}” is an appendix of the report.")
            return redirect("report_work", pk)
    return render(request, "papers/report_appendix.html", {"form": form, "report": report})


def report_appendix_remove(request: HttpRequest, pk: int, appendix: int) -> HttpResponse:
    report = written(request, pk)
    found: ReportAppendix = row_of(report.appendices.in_use(), appendix)
    if request.method == "POST":
        said = f"“{found.title}” is no longer an appendix."
        return _done(request, report, said, report_appendix.remove, appendix=found)
    return _confirm(
        request,
        report,
        question=f"Remove the appendix “{found.title}”?",
        consequence="Appendices after it move up, and links in the text lead to the one that has the number then.",
        label="Remove it",
    )


@require_safe
def report_appendix_file(request: HttpRequest, pk: int, appendix: int) -> HttpResponseBase:
    """The file as those who work on the report open it; everybody else opens it as a document of the meeting. A PDF is opened
    by nobody before it is checked."""
    report = in_hand(request, pk)
    known = ("closure", "pdf_check", "document__meeting__board", "document__closure")
    found: ReportAppendix = row_of(report.appendices.select_related(*known), appendix)
    if found.is_being_checked or found.is_refused:
        raise Http404
    if found.document and (answer := instead_of_file(request, found.document)):
        return answer
    if not found.file:
        raise Http404
    if found.closed_by or report.item.closed_by:
        opening.record(paper=found, by=request.user)
    return sending.stored(found.file, found.title, found.content_type, found.extension)


def in_hand(request: HttpRequest, pk: int) -> Report:
    """A report that the person works on. 404 for everybody else."""
    rows = Report.objects.of_person(request.user).select_related(*ALL)
    report = get_object_or_404(rows.prefetch_related("item__meeting__boards_in_common"), pk=pk)
    report.read_appendices()
    return report


def written(request: HttpRequest, pk: int) -> Report:
    """A report that the person writes: 403 for those who only sign it."""
    report = in_hand(request, pk)
    refuse_without(WRITE, request.user, report)
    return report


def _confirm(request: HttpRequest, report: Report, **words) -> HttpResponse:
    back = reverse("report_work", args=[report.pk])
    return confirm(request, back=back, caption=report.title, trail=trail(report), **words)


def trail(report: Report) -> list[tuple[str, str]]:
    """The pages above one of a report, for those who work on it."""
    return [("Reports", reverse("reports")), (report.title, reverse("report_work", args=[report.pk]))]


def word_files_of(report: Report) -> list[WordFile]:
    """Documents that came back from Word and that nobody has used or left yet."""
    return list(report.word_files.filter(state=WordFile.State.PREVIEW).select_related("uploaded_by"))


def _done(request: HttpRequest, report: Report, said: str, action, /, **given) -> HttpResponse:
    act(request, said, action, **given)
    return redirect("report_work", report.pk)
