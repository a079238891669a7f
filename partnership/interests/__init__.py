"""The register of interests: what those who sit on boards declare, when, and what the public reads of it."""
