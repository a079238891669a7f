"""Who runs elections."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.elections.models import Election
from partnership.refusals import Refusal


def refuse_candidate(election: Election, by) -> None:
    """Who stands in an election takes no step in it as staff: raises Refusal."""
    if by is not None and election.nominations.live().filter(candidate=by).exists():
        raise Refusal("You stand in this election. Ask another member of staff to do this.")


rules.add_perm("elections.run_elections", is_partnership_staff)
