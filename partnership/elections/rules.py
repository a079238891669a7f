"""Who runs elections."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.elections.models import Election, Nomination
from partnership.partners.models import Partner
from partnership.refusals import Refusal


def refuse_candidate(election: Election, by) -> None:
    """Who stands in an election takes no step in it as staff: raises Refusal."""
    if by is not None and election.nominations.live().filter(candidate=by).exists():
        raise Refusal("You stand in this election. Ask another member of staff to do this.")


def stands_where_it_votes(partner: Partner, by) -> str:
    """Returns why `by` leaves it to others who belongs to an organisation: it votes where they stand. Else ""."""
    standing = Nomination.objects.live().filter(candidate=by)
    rows = Election.objects.still_to_vote().filter(roll__partner=partner, nominations__in=standing)
    election = rows.order_by("voting_closes_at").first()
    if election is None:
        return ""
    return f"{partner} votes in “{election}”, and you stand in it. Ask another member of staff to do this."


rules.add_perm("elections.run_elections", is_partnership_staff)
