"""Who a person is, before anything they hold. The one place that reads `is_staff`."""

import rules


@rules.predicate
def is_partnership_staff(user) -> bool:
    """Works for the partnership."""
    return user.is_active and user.is_staff


rules.add_perm("accounts.see_people", is_partnership_staff)
rules.add_perm("accounts.remove_second_step", is_partnership_staff)
# Of the apps below this one, which do not know who is who.
rules.add_perm("audit.read_log", is_partnership_staff)
rules.add_perm("outbox.read_messages", is_partnership_staff)
