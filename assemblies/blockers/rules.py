"""Who reads blockers and raises one, and who may take which step. Pages ask only for blockers that the person may read."""

import rules
from django.conf import settings
from django.utils import timezone

from assemblies.blockers.models import Blocker, takes_part
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import boards_chaired_by
from partnership.partners.models import Partner
from partnership.partners.rules import memberships_of

S = Blocker.State


def partners_to_speak_for(user):
    """The organisations for which the person may raise a blocker: staff every listed one, members those they belong to."""
    listed = Partner.objects.public()
    if is_partnership_staff(user):
        return listed
    return listed.filter(pk__in=user.memberships.accepted().values("partner"))


@rules.predicate
def reads(user, _blocker=None) -> bool:
    """An accepted member of a partner, who sits on a board, and staff."""
    return takes_part(user)


@rules.predicate
def raises(user) -> bool:
    """An accepted member of a listed partner, and staff."""
    return is_partnership_staff(user) or (
        user.is_authenticated and any(each.is_accepted and each.partner.is_listed for each in memberships_of(user))
    )


@rules.predicate
def owns(user, blocker) -> bool:
    return blocker is not None and user.is_authenticated and blocker.owner_id == user.pk


@rules.predicate
def raised(user, blocker) -> bool:
    """Raised it."""
    return blocker is not None and user.is_authenticated and blocker.raised_by_id == user.pk


@rules.predicate
def is_officer_there(user, blocker) -> bool:
    """Keeps the page of the organisation that raised it."""
    return blocker is not None and any(
        each.is_officer and each.partner_id == blocker.partner_id for each in memberships_of(user)
    )


@rules.predicate
def chairs_its_board(user, blocker) -> bool:
    """Chairs the board with which it waits, or acts for who does."""
    if blocker is None or blocker.board_id is None:
        return False
    return blocker.board_id in {board.pk for board in boards_chaired_by(user, timezone.localdate())}


@rules.predicate
def has_waited(user, blocker) -> bool:
    """Raised it so long ago that they do not have to wait for its owner any more."""
    if blocker is None or not raised(user, blocker):
        return False
    return blocker.days_old(timezone.now()) >= settings.ESCALATE_OLD_BLOCKERS_DAYS


works = owns | is_partnership_staff

rules.add_perm("blockers.read", reads)
rules.add_perm("blockers.raise_blocker", raises)
rules.add_perm("blockers.take_on", reads)
rules.add_perm("blockers.ask", is_partnership_staff | is_officer_there)
rules.add_perm("blockers.hand_on", works)
rules.add_perm("blockers.hand_back", owns)
rules.add_perm("blockers.note", works | raised)
rules.add_perm("blockers.escalate", works | has_waited)
rules.add_perm("blockers.bring_back", works | chairs_its_board)
rules.add_perm("blockers.resolve", works)
rules.add_perm("blockers.withdraw", is_partnership_staff | raised)
rules.add_perm("blockers.reopen", works | raised)

# In which states a step can be taken. Who may take it says its permission, "blockers." and its name.
TAKEN_IN = {
    "take_on": {S.RAISED},
    "ask": {S.RAISED},
    "hand_on": {S.OWNED, S.ESCALATED},
    "hand_back": {S.OWNED},
    "note": set(S),
    "escalate": {S.RAISED, S.OWNED},
    "bring_back": {S.ESCALATED},
    "resolve": {S.OWNED, S.ESCALATED},
    "withdraw": {S.RAISED, S.OWNED, S.ESCALATED},
    "reopen": {S.RESOLVED, S.WITHDRAWN},
}


def steps_open_to(user, blocker: Blocker) -> set[str]:
    """The steps that the person may take now: what its page offers them."""
    return {
        name for name, states in TAKEN_IN.items()
        if blocker.state in states and rules.has_perm(f"blockers.{name}", user, blocker)
    }  # fmt: skip
