"""Places, the areas they cover, and who leads them."""
