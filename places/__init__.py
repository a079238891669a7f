"""Places: their footprint over time, and who leads them."""
