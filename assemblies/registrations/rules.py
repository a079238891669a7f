"""Who may see what came from people's calendars."""

import rules

from partnership.accounts.rules import is_partnership_staff

rules.add_perm("registrations.read_calendar_replies", is_partnership_staff)
