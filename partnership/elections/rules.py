"""Who runs elections."""

import rules

from partnership.accounts.rules import is_partnership_staff

rules.add_perm("elections.run_elections", is_partnership_staff)
