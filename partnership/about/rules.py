"""Who may change what the partnership says about this portal."""

import rules

from partnership.accounts.rules import is_partnership_staff

rules.add_perm("about.edit_page", is_partnership_staff)
