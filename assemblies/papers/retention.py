"""What this app holds about people, and until when."""

from partnership import retention

PUBLIC_RECORD = "kept: who spoke at a public meeting is public record"

retention.personal(
    "papers.AgendaItem",
    what="who presents an item of an agenda",
    fields=("presenter",),
    seen_by="everybody, once it is published",
    until=PUBLIC_RECORD,
)
retention.personal(
    "papers.Session",
    what="who speaks in a session of a programme",
    fields=("speakers",),
    seen_by="everybody, once it is released",
    until=PUBLIC_RECORD,
)
