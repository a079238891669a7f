"""Who keeps the register of interests: staff. Everybody declares for themselves."""

import rules

from partnership.accounts.rules import is_partnership_staff

rules.add_perm("interests.keep_register", is_partnership_staff)
