"""Cover reports: the one of 14 September 2020 by its public paper, in our own words; and for the boards ahead one in every
state, all invented."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from assemblies.forward_plan.actions import planned_item
from assemblies.forward_plan.actions import topic as topics
from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.models import Meeting
from assemblies.papers.actions import (
    agenda,
    board_chain,
    report,
    report_appendix,
    report_publication,
    report_step,
    word_file,
)
from assemblies.papers.models import Report, ReportStep, ReportVersion
from assemblies.papers.report_text import FIELDS, ReportText, Section
from assemblies.papers.word.facts import facts_of
from assemblies.papers.word.writing import write
from partnership.accounts.models import User
from partnership.boards.models import Board
from partnership.demonstration import papers, report_words, who
from partnership.demonstration.days import at

RECOVERY_PLAN = "Partnership Southwark Recovery Plan"
OF_2020 = "southwark-health-and-wellbeing-board-september-2020"
SUBMITTED_ON = date(2020, 9, 2)
PUBLISHED_ON = date(2020, 9, 4)
ITEM = 9  # of the board's agenda that day
FINANCE, LEGAL = who.COLLEAGUE, who.SOLICITOR
WRITER, LEGAL_FOR = who.WORKSTREAM_LEAD, who.PARTNER_OFFICER  # who takes the legal step of one report over
BEDS = "Beds in each ward"
COSTS = "£60,000 in the first year and £25,000 in the second, from what the places put together. Illustrative."


def load(people: dict[str, User], board: Board, ahead: Meeting, coming_out: Meeting) -> None:
    """Adds the chain of a board, and its reports: four for its meeting ahead, and one that comes out with an agenda."""
    staff = people[who.STAFF]
    for name, holder in (("Finance", people[FINANCE]), ("Legal", people[LEGAL]), ("Chair", None)):
        board_chain.write_step(
            board=board, by=staff, step=None, name=name, by_chair=holder is None, holder=holder, working_days=3
        )
    board_chain.set_checks(board=board, by=staff, keys=["meeting"])
    _first_words(people, board, ahead)
    _with_finance(people, board, ahead)
    _returned(people, board, ahead)
    _signed_off(_changed(_submitted(people, board, ahead, "Step-free ways in: what they cost"), people[LEGAL_FOR]))
    agenda.fill_from_plan(meeting=ahead, by=staff)
    _signed_off(_with_appendix(people, coming_out))


def of_2020(people: dict[str, User], meeting: Meeting) -> ReportVersion:
    """Two recommendations and two appendices, as the public paper has them; for the meeting whose agenda comes out next."""
    author = people[who.PARTNER_OFFICER]
    item = _planned(people, meeting, RECOVERY_PLAN, author)
    row = report.start(item=item, by=author)
    for title, lines in report_words.APPENDICES.items():
        file = papers.file(title, lines, slides=report_words.SLIDES if title == report_words.PLAN else 1)
        report_appendix.add(report=row, by=author, title=title, file=file, made_by_portal=True)
    row = report.write(report=row, by=author, text=report_words.recovery_plan(RECOVERY_PLAN))
    report.submit(report=row, by=author, now=at(SUBMITTED_ON, "11:00"))
    chair = agenda.chair_of(meeting, on=PUBLISHED_ON) or people[who.STAFF]
    return report_publication.publish(
        report=row, meeting=meeting, by=chair, item_number=ITEM, now=at(PUBLISHED_ON, "10:00")
    )


def _first_words(people: dict[str, User], board: Board, meeting: Meeting) -> None:
    """Started, with most of it still to be written, and more that came back from Word and waits to be used."""
    author = people[WRITER]
    row = report.start(item=_planned(people, meeting, "Young carers: a first look", author), by=author)
    text = replace(row.working_text, recommendations=("Note what young carers told us.",))
    row = report.write(report=row, by=author, text=text)
    more = replace(text, fields=text.fields | {"groups_affected": "Young carers, aged 8 to 18. Illustrative."})
    document = write(more, facts_of(row))
    word_file.send(report=row, by=author, filename="young-carers-a-first-look.docx", data=document)


def _with_finance(people: dict[str, User], board: Board, meeting: Meeting) -> None:
    _submitted(people, board, meeting, "A shared fund for small grants")


def _returned(people: dict[str, User], board: Board, meeting: Meeting) -> None:
    row = _submitted(people, board, meeting, "Transport to clinics")
    _return(row, "The cost for the second year is not there yet.")


def _changed(row: Report, colleague: User) -> Report:
    """Returned once, changed and submitted again: its two versions can be compared. A colleague takes the second step over."""
    _return(row, "Say what it costs in the second year, too.")
    text = replace(row.working_text, fields=row.working_text.fields | {"finance": COSTS})
    report.write(report=row, by=row.author, text=text)
    report.submit(report=row, by=row.author, what_changed="The cost of the second year, which finance had asked for.")
    row.refresh_from_db()
    legal = ReportStep.objects.get(version__report=row, name="Legal", state=ReportStep.State.WAITING)
    report_step.hand_over(step=legal, by=legal.holder, to=colleague, reason="Away until the board meets.")
    return row


def _with_appendix(people: dict[str, User], meeting: Meeting) -> Report:
    """A report whose text leads into its appendix."""
    author = people[WRITER]
    row = report.start(item=_planned(people, meeting, "Ready for winter", author), by=author)
    file = papers.file(BEDS, ["Ward one: 14 beds.", "Ward two: 11 beds.", "All figures are invented."])
    report_appendix.add(report=row, by=author, title=BEDS, file=file, made_by_portal=True)
    text = invented(row.title, author)
    beds = Section("Beds", f"How many there are, ward by ward: [{BEDS.lower()}](appendix-1-page-1).")
    report.write(report=row, by=author, text=replace(text, sections=(*text.sections, beds)))
    report.submit(report=row, by=author)
    row.refresh_from_db()
    return row


def _return(row: Report, why: str) -> None:
    step = _open_step(row)
    report_step.send_back(step=step, by=step.holder, seen=step.version.sha256, comment=why)
    row.refresh_from_db()


def _signed_off(row: Report) -> None:
    while step := _open_step(row):
        report_step.approve(step=step, by=step.holder, seen=step.version.sha256, comment="Agreed.")
    row.refresh_from_db()


def _submitted(
    people: dict[str, User], board: Board, meeting: Meeting, title: str, now: datetime | None = None
) -> Report:
    author = people[WRITER]
    row = report.start(item=_planned(people, meeting, title, author), by=author)
    report.write(report=row, by=author, text=invented(title, author))
    report.submit(report=row, by=author, now=now or timezone.now())
    row.refresh_from_db()
    return row


def _open_step(row: Report):
    steps = ReportStep.objects.filter(version__report=row, state=ReportStep.State.OPEN)
    return steps.select_related("holder", "version").first()


def _planned(people: dict[str, User], meeting: Meeting, title: str, lead: User) -> PlannedItem:
    """The item for the report: planned already, or planned now."""
    found = PlannedItem.objects.for_meeting(meeting).filter(topic__title__iexact=title).first()
    if found:
        return found
    staff = people[who.STAFF]
    topic = topics.add(board=meeting.board, by=staff, title=title, about="Illustrative.", illustrative=True)
    return planned_item.plan(
        topic=topic, board=meeting.board, by=staff, meeting=meeting, purpose="decision", role="decisive", lead=lead
    )


def invented(title: str, author: User) -> ReportText:
    """The text of a report that says it is invented."""
    fields = dict.fromkeys(FIELDS, "Illustrative: written for this demonstration.")
    fields |= {"author": f"{author}, workstream lead", "finance": "£40,000 a year for two years. Illustrative."}
    return ReportText(
        title=title,
        fields=fields,
        recommendations=("Agree the proposal in section 2.", "Ask for a report on what it achieved in a year."),
        sections=(
            Section("Background", "This is an invented report.\n\nIt shows how a report reads once it is written."),
            Section("What is proposed", "A first year that is small:\n\n- two places\n- one team\n\nThen a review."),
            Section("Next steps", "If the board agrees, work starts the month after."),
        ),
    )
