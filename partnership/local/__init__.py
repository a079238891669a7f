"""Embedded services, the mail inbox and sign-in-as, for a laptop and for demonstrations; never in production."""
