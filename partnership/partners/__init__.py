"""Partner organisations, and the memberships of people in them."""
