"""Who a person is, before anything they hold."""

import rules


@rules.predicate
def is_staff(user) -> bool:
    """Works for the partnership."""
    return user.is_authenticated and user.is_staff
