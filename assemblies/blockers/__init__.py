"""Blockers: what stands in the way of partners, who owns it, and which board is asked to help."""
