"""The limit for registering: the same six pages in plain Django, one form and one row, with no email, record or queue."""
