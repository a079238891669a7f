"""Who runs appointed posts."""

import rules

from partnership.accounts.rules import is_partnership_staff

rules.add_perm("posts.run_posts", is_partnership_staff)
