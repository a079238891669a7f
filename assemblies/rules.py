"""Who may do what around a meeting."""

import rules

from assemblies.models import Meeting
from assemblies.models.call import seats_of
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair_of
from places.rules import leads


@rules.predicate
def organises(user, meeting) -> bool:
    """Staff organise every meeting: they see access needs, registrations and exports."""
    return is_partnership_staff(user)


@rules.predicate
def chairs(user, meeting) -> bool:
    """Holds the chair's seat of the host board today. Only the chair publishes the agenda."""
    return meeting is not None and is_chair_of(user, meeting.board)


@rules.predicate
def may_manage(user, meeting) -> bool:
    """Has something to do on the meeting's manage pages: staff, its chair, leads of places that take part."""
    return Meeting.objects.editable_by(user).filter(pk=meeting.pk).exists()


@rules.predicate
def edits_list(user, invitation_list) -> bool:
    """Staff, and the leads of the list's own place."""
    return is_partnership_staff(user) or leads(user, invitation_list.place)


@rules.predicate
def writes_introduction(user, meeting_place) -> bool:
    """Staff, and the leads of the place that is introduced."""
    return is_partnership_staff(user) or leads(user, meeting_place.place)


@rules.predicate
def marks_items(user, meeting) -> bool:
    """Staff, and whoever holds or deputises for a seat of the host board today."""
    return is_partnership_staff(user) or (
        user.is_authenticated and seats_of(user).filter(board=meeting.board_id).exists()
    )


rules.add_perm("assemblies.mark_items", marks_items)
rules.add_perm("assemblies.organise", organises)
rules.add_perm("assemblies.publish_agenda", chairs)
rules.add_perm("assemblies.edit_agenda", organises | chairs)
rules.add_perm("assemblies.edit_letter", organises | chairs)
rules.add_perm("assemblies.manage", may_manage)
rules.add_perm("assemblies.edit_list", edits_list)
rules.add_perm("assemblies.write_introduction", writes_introduction)
rules.add_perm("assemblies.create_meeting", is_partnership_staff)
