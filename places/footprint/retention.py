"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "places.PlaceLead",
    what="who leads a place",
    fields=("user", "title"),
    seen_by="everybody",
    until="kept: who led a place is public record",
)
