"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "closures.ClosureGround",
    what="why something is closed to the public, which can be about a person",
    fields=("reason", "interest_for", "interest_against"),
    seen_by="the reason, everybody; what speaks for and against it, the people who sit on the board, and staff",
    until="kept with the papers of the board",
)
