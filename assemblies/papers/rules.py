"""Who writes and publishes an agenda."""

import rules

from assemblies.meetings.rules import chairs, organises

rules.add_perm("papers.publish_agenda", chairs)
rules.add_perm("papers.edit_agenda", organises | chairs)
