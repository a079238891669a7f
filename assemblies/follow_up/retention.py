"""What this app holds about people, and until when."""

from partnership import retention

RECORD = "kept: who took on what at a meeting, and the outcome, is part of its record"

retention.personal(
    "follow_up.FollowUp",
    what="who took on what at a meeting, by when, and what shows that it is done",
    fields=("owner", "owner_name", "text", "evidence", "evidence_link", "dropped_because", "created_by"),
    seen_by="name, day and what is to be done: everybody, where the meeting is public and the matter not closed; the rest: who "
    "has it, who sits on the board, and staff",
    until=RECORD,
)
retention.personal(
    "follow_up.FollowUpChange",
    what="who handed an action on, put it off or closed it, and why",
    fields=("words", "link", "file", "old_owner", "new_owner", "by"),
    seen_by="who has it, who sits on the board, and staff",
    until=RECORD,
)
