"""Who may do what around a meeting."""

import rules

from assemblies.meetings.models import Meeting
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair_of


@rules.predicate
def organises(user, meeting) -> bool:
    """Staff help with every meeting: they see registrations and exports. What people need, its organisers alone see."""
    return is_partnership_staff(user)


@rules.predicate
def chairs(user, meeting) -> bool:
    """Holds the chair's seat of the host board today. Only the chair publishes the agenda."""
    return meeting is not None and is_chair_of(user, meeting.board)


@rules.predicate
def may_manage(user, meeting) -> bool:
    """Has something to do on the meeting's manage pages: staff, its chair, leads of places that take part."""
    return Meeting.objects.editable_by(user).filter(pk=meeting.pk).exists()


rules.add_perm("meetings.organise", organises)
rules.add_perm("meetings.manage", may_manage)
