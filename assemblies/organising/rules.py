"""Who writes the chair's letter, and how a place introduces itself."""

import rules

from assemblies.meetings.rules import chairs, organises
from partnership.accounts.rules import is_partnership_staff
from places.footprint.rules import leads


@rules.predicate
def writes_introduction(user, meeting_place) -> bool:
    """Staff, and the leads of the place that is introduced."""
    return is_partnership_staff(user) or leads(user, meeting_place.place)


rules.add_perm("organising.edit_letter", organises | chairs)
rules.add_perm("organising.write_introduction", writes_introduction)
rules.add_perm("organising.create_meeting", is_partnership_staff)
