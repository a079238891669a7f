"""What this app holds about people, and until when."""

from partnership import retention

retention.personal("accounts.User", fields=("email", "name"), seen_by="staff", until="kept while the account exists")
