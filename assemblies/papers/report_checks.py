"""What every report must have before it can be submitted, and what a board may ask for besides."""

from collections.abc import Iterator

from django.utils import timezone

from assemblies.meetings.in_common import names_of
from assemblies.papers.closed_matters import boards_that_take
from assemblies.papers.markdown import appendix_links
from assemblies.papers.models import Report
from assemblies.papers.outside import beyond
from assemblies.papers.report_text import FIELDS
from partnership.dates import day
from partnership.report_checks import check


@check("complete", "No field is empty", always=True)
def complete(report: Report) -> Iterator[str]:
    """Source: DOMAIN §1.3, a report with empty fields cannot be submitted."""
    text = report.working_text
    if not text.title.strip():
        yield "The title is empty"
    for name, label in FIELDS.items():
        if not text.fields.get(name, "").strip():
            yield f"“{label}” is empty"
    if not text.recommendations:
        yield "There is no recommendation"
    if not text.sections:
        yield "There is no numbered section"
    for number, section in enumerate(text.sections, start=1):
        if not section.text.strip():
            yield f"Section {number}, “{section.title}”, is empty"


@check("own_set", "Its words can be shown as they were meant", always=True)
def own_set(report: Report) -> Iterator[str]:
    text = report.working_text
    parts = {FIELDS[name]: words for name, words in text.fields.items() if name in FIELDS}
    parts |= {f"Recommendation {number}": words for number, words in enumerate(text.recommendations, start=1)}
    parts |= {f"Section {number}, “{each.title}”": each.text for number, each in enumerate(text.sections, start=1)}
    for label, words in parts.items():
        for wrong in beyond(words):
            yield f"{label}: {wrong[:1].lower()}{wrong[1:]}"


@check("appendix_links", "Each link to an appendix leads to one", always=True)
def links_lead_somewhere(report: Report) -> Iterator[str]:
    text = report.working_text
    for number in sorted({link.number for link in appendix_links(text)}):
        if not 1 <= number <= len(text.appendices):
            yield f"A link leads to appendix {number}, and there is none"


@check("grounds", "What is closed has a ground of each board that takes it", always=True)
def closed_on_a_ground(report: Report) -> Iterator[str]:
    """Source: DOMAIN §2, an item is closed to the public only on the grounds of its boards."""
    boards = boards_that_take(report.item)
    if report.item.closed_by and (lacking := report.item.closed_by.lacks_ground_of(boards)):
        yield f"It is closed to the public without a ground of {names_of(lacking)}"
    for appendix in report.appendices_in_use:
        if appendix.closed_by and (lacking := appendix.closed_by.lacks_ground_of(boards)):
            yield f"The appendix “{appendix}” is closed to the public without a ground of {names_of(lacking)}"


@check("appendix_files", "Its appendices can be published", always=True)
def appendices_are_checked(report: Report) -> Iterator[str]:
    for appendix in report.appendices_in_use:
        if appendix.is_being_checked:
            yield f"The appendix “{appendix}” is still being checked"


@check("appendix", "It has an appendix")
def has_an_appendix(report: Report) -> Iterator[str]:
    if not report.appendices_in_use:
        yield "It has no appendix, and this board asks for one"


@check("meeting", "It is planned for a meeting")
def is_planned_for_a_meeting(report: Report) -> Iterator[str]:
    if report.item.meeting_id is None:
        yield "Its item is not planned for a meeting yet, and this board asks for that first"


@check("on_time", "It is submitted by the day it is due")
def is_on_time(report: Report) -> Iterator[str]:
    due = report.item.report_due_on
    if due and due < timezone.localdate():
        yield f"It was due on {day(due)}, and this board takes no report after that: ask staff for a later day"
