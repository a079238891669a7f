"""Who reads blockers and may own one: partners write frankly, so these are theirs and nobody else's."""

from datetime import date

from django.db.models import Q, QuerySet

from partnership.accounts.models import User
from partnership.accounts.rules import is_partnership_staff
from partnership.boards.models import ActingChair, Appointment, Seat
from partnership.boards.rules import boards_sat_on
from partnership.partners.models import Membership
from partnership.partners.rules import memberships_of


def takes_part(user) -> bool:
    """Whether the person is an accepted member of a partner, sits on a board or is staff. Asked once for each request, as
    `memberships_of`; for anybody who is not signed in without a query."""
    if not user.is_authenticated:
        return False
    if is_partnership_staff(user) or any(membership.is_accepted for membership in memberships_of(user)):
        return True
    return bool(boards_sat_on(user))


def who_may_own(on: date) -> QuerySet[User]:
    """Those who take part on the day and have an account: accepted members of partners, who sits on a board, deputises there
    or acts for its chair, and staff."""
    terms = Appointment.objects.current(on).filter(seat__in=Seat.objects.in_being(on).values("pk"))
    sits = Q(pk__in=terms.values("holder")) | Q(pk__in=terms.filter(deputy__isnull=False).values("deputy"))
    acts = Q(pk__in=ActingChair.objects.current(on).values("person"))
    belongs = Q(pk__in=Membership.objects.accepted().values("user"))
    staff = Q(pk__in=User.objects.staff().values("pk"))
    return User.objects.filter(sits | acts | belongs | staff, is_active=True)
