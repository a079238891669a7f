"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "executive_notices.ExecutiveNotice",
    what="who sat on a council’s executive when it gave notice, who was told or agreed for scrutiny, what people said about it",
    fields=("members", "told", "representations"),
    seen_by="everybody",
    until="kept: who decides, and who agreed, is public record",
)
