"""What this app holds about people, and until when."""

from partnership import retention

retention.personal(
    "accounts.User",
    fields=("email", "name", "password"),
    seen_by="staff; the password, of which only a hash is kept, nobody",
    until="kept while the account exists",
)
