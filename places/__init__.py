"""Places: what they cover, who leads them, who speaks for whom."""
