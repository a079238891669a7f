"""The chain by which a report is signed off: who takes each step, and until when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils import timezone

from assemblies.papers.models import BoardStep, Report, ReportStep
from partnership.accounts.models import User
from partnership.boards.clear_days import is_working_day
from partnership.boards.models import Board, bank_holiday


def due_after(day: date, working_days: int) -> date:
    """The day that many working days after the day; bank holidays that staff added are none."""
    added = bank_holiday.added()
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= is_working_day(day, also=added)
    return day


def chair_of(board: Board, on: date | None = None) -> User | None:
    """Who chairs the board on the day (today unless given): who acts for the chair, or else who holds the seat; None while
    it is vacant."""
    day = on or timezone.localdate()
    acting = board.acting_chairs.current(day).select_related("person").first()
    return acting.person if acting else board.chair_on(day)


def usual_holders(report: Report, by=None) -> dict[BoardStep, User | None]:
    """Each step of the chain of the report's board, with who would take it: nobody where the board names none, where the
    person wrote the report, or submits it (`by`), or where they take an earlier step of it."""
    taken = {report.author_id, by.pk if by else None}
    found: dict[BoardStep, User | None] = {}
    chair = None
    for step in report.board.report_chain.select_related("holder"):
        if step.by_chair:
            chair = chair or chair_of(report.board)
        person = chair if step.by_chair else step.holder
        found[step] = None if person is None or person.pk in taken or not person.is_active else person
        taken.add(person.pk if person else None)
    return found


def open_step(report: Report) -> ReportStep | None:
    """The step at which the report stands now; None where it is with its author, or signed off."""
    steps = ReportStep.objects.filter(version__report=report, state=ReportStep.State.OPEN)
    return steps.select_related("holder", "version").first()


def why_not(person: User | None, report: Report, others: Iterable[int], by: User | None) -> str:
    """Why the person cannot take a step of this report's chain, in words; "" where they can. `others`: the numbers of
    those who take its other steps. `by`: who submits it for its author, which is the author's step."""
    if person is None:
        return "Say who takes this step"
    if person.pk == report.author_id:
        return f"{person} wrote the report, so somebody else must take this step"
    if person == by:
        return f"{person} submitted the report, so somebody else must take this step"
    if person.pk in set(others):
        return f"{person} takes another step of this report: nobody takes two"
    return ""


def named_twice(holders: Mapping[BoardStep, User | None], report: Report, by: User | None) -> dict[BoardStep, str]:
    """What is wrong with each of these holders, by step, where `by` submits it; empty where the chain can begin."""
    wrong: dict[BoardStep, str] = {}
    seen: list[int] = []
    for step, person in holders.items():
        words = why_not(person, report, seen, by)
        if words:
            wrong[step] = words
        elif person:
            seen.append(person.pk)
    return wrong


def chair_instead(step: ReportStep) -> User | None:
    """Who chairs the board today and takes the chair's step, where its holder did and does not any more: their days of acting
    are over, or they have left the seat. None for every other step, for one that was handed over, and where the chair cannot."""
    version, board = step.version, step.version.report.board
    if not step.by_chair or step.handovers.exists():
        return None
    if Board.objects.chaired_by(step.holder).filter(pk=board.pk).exists():
        return None
    chair, others = chair_of(board), version.steps.exclude(pk=step.pk).values_list("holder", flat=True)
    return None if why_not(chair, version.report, others, version.made_by) else chair
