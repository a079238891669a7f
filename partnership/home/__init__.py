"""The start page, and a person's own home."""
