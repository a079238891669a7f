"""Who records a meeting: staff, and the chairs of its boards or who acts for them."""

import rules

from assemblies.meetings.rules import chairs, chairs_in_common, organises
from assemblies.sittings.models import Entry
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import Board

rules.add_perm("sittings.record", organises | chairs | chairs_in_common)
rules.add_perm("sittings.end", organises | chairs)


def may_record(user, meeting) -> bool:
    """Asked again under the lock of the record, where what is remembered of a person does not count: their term may just have
    ended."""
    if is_partnership_staff(user):
        return True
    boards = [meeting.board_id, *meeting.boards_in_common.values_list("pk", flat=True)]
    return Board.objects.chaired_by(user).filter(pk__in=boards).exists()


def has_decided(meeting) -> bool:
    """Whether an outcome stands in the record of the meeting, so that it took place."""
    return Entry.objects.standing().filter(sitting__meeting=meeting, kind=Entry.Kind.OUTCOME).exists()
