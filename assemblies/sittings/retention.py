"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "sittings.Entry",
    what="who came to a meeting of a board, how they voted, and interests they declared there",
    fields=("facts", "by"),
    seen_by="while the meeting runs, those on its boards and staff; then everybody, in its minutes and decisions",
    until="kept: minutes and decisions rest on it",
)
retention.personal(
    "sittings.Sitting",
    what="who opened and ended the record of a meeting",
    fields=("started_by", "ended_by"),
    seen_by="staff",
    until="kept with the record",
)
