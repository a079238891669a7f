"""Reads lists of people from the files people really send. Knows nothing of the database."""
