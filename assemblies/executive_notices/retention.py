"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "executive_notices.ExecutiveNotice",
    what="who sat on a council’s executive, and who was told or agreed for scrutiny, when it gave notice",
    fields=("members", "told"),
    seen_by="everybody",
    until="kept: who decides, and who agreed, is public record",
)
