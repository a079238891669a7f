"""The two entrances: the start page, and a person's own home."""
