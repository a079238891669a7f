"""Places: what they cover, who leads them, and who speaks for which organisations."""
