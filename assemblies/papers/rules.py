"""Who writes and publishes an agenda; who writes a report, takes a step of its chain, and says which chain a board has."""

import rules
from django.db.models import QuerySet

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.rules import chairs, chairs_in_common, organises
from assemblies.papers.models import Report, ReportStep
from partnership.accounts.rules import is_partnership_staff
from partnership.page_cache.memo import cached_until_changed

rules.add_perm("papers.publish_agenda", chairs)
rules.add_perm("papers.edit_agenda", organises | chairs)
rules.add_perm("papers.read_draft_agenda", organises | chairs | chairs_in_common)
rules.add_perm("papers.confirm_reading", chairs_in_common)


@rules.predicate
def writes_report(user, report) -> bool:
    """Its author, who leads its item, and staff."""
    return report is not None and Report.objects.editable_by(user).filter(pk=report.pk).exists()


def items_to_report_on(user) -> QuerySet[PlannedItem]:
    """Items whose report the person may start: those they lead; for staff all that need one."""
    if not user.is_authenticated:
        return PlannedItem.objects.none()
    rows = PlannedItem.objects.live().filter(needs_report=True)
    return rows if is_partnership_staff(user) else rows.filter(lead=user)


def has_to_do_with_reports(user) -> bool:
    """Whether the person may have one to start, write or sign off, or waits for one: most people have not, and nothing
    more is asked for them."""
    return user.pk in cached_until_changed("people of reports", people_of_reports)


def people_of_reports() -> set[int | None]:
    """The ids of who leads an item that needs a report, who wrote one, and who holds a step that is open."""
    items = PlannedItem.objects.live().filter(needs_report=True)
    return {
        *items.values_list("lead", flat=True),
        *Report.objects.values_list("author", flat=True),
        *ReportStep.objects.filter(state=ReportStep.State.OPEN).values_list("holder", flat=True),
    }


@rules.predicate
def starts_report(user, item) -> bool:
    return item is not None and items_to_report_on(user).filter(pk=item.pk).exists()


@rules.predicate
def holds_step(user, step) -> bool:
    return step is not None and user.is_authenticated and step.holder_id == user.pk


@rules.predicate
def works_for_the_partnership(user, step) -> bool:
    return is_partnership_staff(user)


rules.add_perm("papers.write_report", writes_report)
rules.add_perm("papers.start_report", starts_report)
rules.add_perm("papers.take_step", holds_step)
rules.add_perm("papers.hand_step_over", holds_step | works_for_the_partnership)
rules.add_perm("papers.edit_chain", is_partnership_staff)
