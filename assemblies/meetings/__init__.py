"""Meetings, the places that take part, followers and calendar entries."""
