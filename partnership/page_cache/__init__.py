"""Public pages kept in memory, never stale."""
