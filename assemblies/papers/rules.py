"""Who writes and publishes an agenda; who writes a report, takes a step of its chain, and says which chain a board has."""

import rules
from django.db.models import QuerySet

from assemblies.forward_plan.models import PlannedItem
from assemblies.meetings.rules import chairs, organises
from assemblies.papers.models import Report
from partnership.accounts.rules import is_partnership_staff

rules.add_perm("papers.publish_agenda", chairs)
rules.add_perm("papers.edit_agenda", organises | chairs)


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
