"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "closures.Closure",
    what="who closed something to the public, and who made it public",
    fields=("made_by", "released_by"),
    seen_by="staff, in the audit log",
    until="kept with the papers of the board",
)
