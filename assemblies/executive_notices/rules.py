"""Who publishes the notices of a council's executive: its chair, or who acts for them, and staff."""

import rules

from partnership.accounts.rules import is_partnership_staff
from partnership.boards.rules import is_chair_of

rules.add_perm("executive_notices.publish", is_partnership_staff | is_chair_of)
