"""What papers ask of people: agendas and packs, cover reports, and what has to be decided. One query for all of them."""

from collections.abc import Iterator

from django.utils import timezone

from assemblies.papers.rules import has_to_do_with_reports
from assemblies.papers.todo import agendas, decisions, reports
from partnership import todo
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by


@todo.provider
def kinds(user) -> Iterator[todo.Kind]:
    chaired = {board.pk for board in boards_chaired_by(user, timezone.localdate())}
    yield from agendas.of_chair(chaired)
    if is_partnership_staff(user):
        yield from agendas.of_staff(user)
        yield from reports.late(user)
    yield from decisions.closures(user, chaired)
    if has_to_do_with_reports(user):
        yield from reports.of_person(user)
    yield from decisions.withdrawals(user, chaired)
