"""Meetings, from the first draft to the closed file."""
