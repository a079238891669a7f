"""Invitations: sending them, asking again, and how far each has come."""
