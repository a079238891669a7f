"""What this app holds about people, and until when."""

from partnership import retention

READERS = "accepted members of partners, who sits on a board, and staff; what goes on the plan of a board may become public there"
RECORD = (
    "kept: what stood in the way of partners, who owned it and the outcome is part of the record of the partnership"
)

retention.personal(
    "blockers.Blocker",
    what="who raised what stands in the way of their organisation, and who owns it",
    fields=("title", "text", "tried", "raised_by", "raised_by_name", "owner", "owner_name", "outcome"),
    seen_by=READERS,
    until=RECORD,
)
retention.personal(
    "blockers.BlockerStep",
    what="who took a blocker on, handed it on, took it to a board or ended it, and what they said",
    fields=("words", "old_owner", "new_owner", "by"),
    seen_by=READERS,
    until=RECORD,
)
