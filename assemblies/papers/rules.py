"""Who writes and publishes an agenda, and withdraws its papers; who writes a report, takes a step of its chain, and says which
chain a board has."""

import rules
from django.db.models import Exists, Q
from django.utils import timezone

from assemblies.forward_plan.models import PlannedItem
from assemblies.forward_plan.models.planned_item import PlannedItemQuerySet
from assemblies.meetings.rules import chairs, chairs_in_common, organises
from assemblies.papers import closed_matters
from assemblies.papers.models import AgendaItem, AgendaVersion, Erasure, Report, ReportStep
from assemblies.papers.models.decided_by_two import DecidedByTwo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by, boards_sat_on, is_chair_of
from partnership.page_cache.memo import cached_until_changed

rules.add_perm("papers.publish_agenda", chairs)
rules.add_perm("papers.edit_agenda", organises | chairs)
rules.add_perm("papers.read_draft_agenda", organises | chairs | chairs_in_common)
rules.add_perm("papers.confirm_reading", chairs_in_common)
rules.add_perm("papers.withhold", organises | chairs | chairs_in_common)


@rules.predicate
def writes_report(user, report) -> bool:
    """Its author, who leads its item, and staff."""
    return report is not None and Report.objects.editable_by(user).filter(pk=report.pk).exists()


def items_to_report_on(user) -> PlannedItemQuerySet:
    """Items whose report the person may start: those they lead; for staff all that need one."""
    if not user.is_authenticated:
        return PlannedItem.objects.none()
    rows = PlannedItem.objects.live().filter(needs_report=True)
    return rows if is_partnership_staff(user) else rows.filter(lead=user)


def items_to_start(user, now) -> PlannedItemQuerySet:
    """Those of them whose report is still to come: of meetings to come, or of none yet, and not handed in as a file."""
    return items_to_report_on(user).ahead(now).filter(report=None, report_received_at=None)


def has_to_do_with_reports(user) -> bool:
    """Whether the person may have one to start, write or sign off, or waits for one: most people have not, and nothing
    more is asked for them."""
    return user.pk in cached_until_changed("people of reports", people_of_reports)


def people_of_reports() -> set[int | None]:
    """The ids of who leads an item that needs a report, who wrote one, and who holds a step that is open. One query."""
    items = PlannedItem.objects.live().filter(needs_report=True)
    authors = Report.objects.order_by().values_list("author", flat=True)
    holders = ReportStep.objects.filter(state=ReportStep.State.OPEN).order_by().values_list("holder", flat=True)
    return set(items.order_by().values_list("lead", flat=True).union(authors, holders))


@rules.predicate
def holds_step(user, step) -> bool:
    return step is not None and user.is_authenticated and step.holder_id == user.pk


@rules.predicate
def reads_closed(user, board) -> bool:
    """Knows what the board keeps from the public: staff, and who sits there, deputises, or acts for its chair."""
    return is_partnership_staff(user) or (board is not None and board.pk in boards_sat_on(user))


@rules.predicate
def classifies_item(user, item) -> bool:
    """Says who may read an item of the plan: staff, the chair of its board, and who writes its report, until it is submitted or
    on an agenda that is published."""
    if item is None:
        return False
    if is_partnership_staff(user):
        return True
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())} if user.is_authenticated else set()
    if chaired & {board.pk for board in closed_matters.boards_that_take(item)}:
        return True
    its = Q(planned=item) | Q(planned__topic=item.topic_id, version__meeting=item.meeting_id)
    out = AgendaItem.objects.filter(its, version__state=AgendaVersion.State.PUBLISHED)
    report = Report.objects.editable_by(user).filter(item=item, state__in=Report.OPEN)
    return report.filter(~Exists(out)).exists()


@rules.predicate
def classifies_appendix(user, appendix) -> bool:
    """Who writes the report, while it may be written; of one that was published with an earlier version, staff alone."""
    if appendix is None or not appendix.report.is_open or not writes_report(user, appendix.report):
        return False
    return appendix.document_id is None or is_partnership_staff(user)


@rules.predicate
def releases(user, closure) -> bool:
    """Makes public what was closed: staff, and the chair of a board that takes it, or who acts for that chair."""
    if closure is None or is_partnership_staff(user):
        return closure is not None
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())}
    return bool(chaired) and bool(chaired & closed_matters.boards_that_close(closure))


def is_second_person(user, withdrawal: DecidedByTwo | None) -> bool:
    """Whether the withdrawal waits for somebody, and they did not ask for it themselves."""
    return withdrawal is not None and withdrawal.is_held and withdrawal.asked_by_id != user.pk


@rules.predicate
def decides_withdrawal(user, withdrawal) -> bool:
    """The second person: the chair, who acts for them, or one of the staff, but never who took the paper out of view."""
    return is_second_person(user, withdrawal) and bool(withdraws(user, withdrawal.meeting))


@rules.predicate
def decides_erasure(user, erasure) -> bool:
    """As above, for files and words that are to be erased."""
    if erasure is None or erasure.state != Erasure.State.ASKED or erasure.asked_by_id == user.pk:
        return False
    return withdraws(user, erasure.withdrawal.meeting)


@rules.predicate
def opens_withdrawn(user, withdrawal) -> bool:
    """Who has to know what was withdrawn, until it is erased: staff, the chair, and who writes the report."""
    if withdrawal is None or not user.is_authenticated or withdrawal.is_erased:
        return False
    return bool(withdraws(user, withdrawal.meeting) or writes_report(user, withdrawal.report))


withdraws = organises | chairs
rules.add_perm("papers.withdraw", withdraws)
rules.add_perm("papers.decide_withdrawal", decides_withdrawal)
rules.add_perm("papers.decide_erasure", decides_erasure)
rules.add_perm("papers.open_withdrawn", opens_withdrawn)
rules.add_perm("papers.classify_item", classifies_item)
rules.add_perm("papers.classify_appendix", classifies_appendix)
rules.add_perm("papers.classify_document", organises | chairs)
rules.add_perm("papers.read_closed", reads_closed)
rules.add_perm("papers.release_closed", releases)
rules.add_perm("papers.see_openings", is_partnership_staff | is_chair_of)
rules.add_perm("papers.write_report", writes_report)
rules.add_perm("papers.take_step", holds_step)
rules.add_perm("papers.hand_step_over", holds_step | is_partnership_staff)
rules.add_perm("papers.edit_chain", is_partnership_staff)
