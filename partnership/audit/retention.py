"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "audit.Entry",
    what="the audit log: who did what, and when",
    fields=("actor", "actor_label", "subject_label", "details"),
    seen_by="staff",
    until="kept: the record names staff and chairs, and speaks of private people by number",
)
