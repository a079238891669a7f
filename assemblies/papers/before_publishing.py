"""What the chair should know before they publish an agenda: it does not stop them. What does is said by the action."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.urls import reverse

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.in_common import boards_of
from assemblies.meetings.models import Meeting
from assemblies.papers.agenda_reports import host_first
from assemblies.papers.models import AgendaItem, AgendaVersion, Report, ReportStep
from assemblies.registrations.recipients import Recipient, Tie
from partnership import dates


class Point(NamedTuple):
    """Something to know, in words, and where it can be put right; no address where nothing can be done."""

    words: str
    url: str = ""
    link: str = ""


def reports_to_come(draft: AgendaVersion, items: Iterable[AgendaItem]) -> list[Point]:
    """Those of its items, read with their papers, that need a report without one, and reports that are not signed off: where each
    stands, and at a meeting in common for which board it is. They come out later."""
    boards = boards_of(draft.meeting)
    planned = PlannedItem.objects.for_meeting(draft.meeting).filter(needs_report=True)
    plans = sorted(
        planned.select_related("report__author", "topic", "board"),
        key=lambda each: host_first(each.board, draft.meeting),
    )
    reports = [each.report.pk for each in plans if hasattr(each, "report")]
    steps = ReportStep.objects.filter(version__report__in=reports, state=ReportStep.State.OPEN)
    holding = {step.version.report_id: step for step in steps.select_related("holder", "version")}
    return [
        point
        for item in items
        for each in plans
        if item.planned and item.planned.topic_id == each.topic_id
        for point in _of_item(item, each, holding, f" for the {each.board}" if len(boards) > 1 else "")
    ]


def _of_item(item: AgendaItem, planned: PlannedItem, holding: dict[int, ReportStep], whose: str) -> Iterator[Point]:
    name = f"Item {item.position}, “{item.title}”"
    report: Report | None = getattr(planned, "report", None)
    if report is None:
        if planned.report_received_at is None and not item.documents.all():
            yield Point(
                f"{name}, needs a report{whose}, and nobody has started it.",
                planned.topic.get_absolute_url(),
                "See the item",
            )
        return
    url, link = reverse("report_work", args=[report.pk]), "See the report"
    step = holding.get(report.pk)
    if step and step.opened_at:
        yield Point(
            f"{name}: {step.holder} has had the report{whose} since {dates.short_day(step.opened_at)} ({step.name}).",
            url,
            link,
        )
    elif report.state == Report.State.RETURNED:
        yield Point(
            f"{name}: the report{whose} was returned to its author, {report.author or 'who has left'}.", url, link
        )
    elif report.state == Report.State.DRAFT:
        yield Point(f"{name}: the report{whose} is still being written.", url, link)


def plan_and_agenda(meeting: Meeting, items: Iterable[AgendaItem], gone: dict[int, str], lacking: int) -> list[Point]:
    """Where the items of the draft and the forward plan differ. `gone`: those that are no longer planned, by their number,
    and why; `lacking`: how many standing and planned items the draft does not hold."""
    url = reverse("manage_agenda", args=[meeting.slug])
    points = [
        Point(f"Item {item.position}, “{item.title}”, is no longer planned. {gone[item.pk]}", url, "Change the draft")
        for item in items
        if item.pk in gone
    ]
    if lacking:
        are = "item is planned or standing and is" if lacking == 1 else "items are planned or standing and are"
        points.append(Point(f"{lacking} {are} not on the draft.", url, "Change the draft"))
    return points


def who_is_told(people: Iterable[Recipient], *, in_common: bool = False) -> str:
    """How many people get the email, in words; `in_common`: whether several boards meet."""
    board = "boards" if in_common else "board"
    ties = Counter(person.tie for person in people)
    members, followers = ties[Tie.MEMBER], ties[Tie.FOLLOWING]
    if not members and not followers:
        return f"Nobody else sits on the {board} and nobody follows this meeting, so nobody is emailed."
    said = []
    if members:
        said.append(f"{members} {'person' if members == 1 else 'people'} on the {board}")
    if followers:
        said.append(f"{followers} {'person who follows' if followers == 1 else 'people who follow'} this meeting")
    return f"We email {' and '.join(said)}: one email, “papers are out”."
