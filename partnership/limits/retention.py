"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "limits.Bucket",
    what="how often somebody asked, so that nobody can try codes without end",
    fields=("key", "value"),
    seen_by="nobody: hashes of network and email addresses, and counts",
    until="its time is over, at most a day; deleted within five minutes of it",
)
