"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "boards.Appointment",
    fields=("holder", "deputy"),
    seen_by="everybody",
    until="kept: who held a seat is public record",
)
