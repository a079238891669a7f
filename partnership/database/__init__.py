"""How the portal talks to PostgreSQL: Django's own way, with less said on each request."""
