"""Reads lists of people from the files people really send. Knows nothing of the database."""

from assemblies.imports.columns import CHOICES
from assemblies.imports.people import Found, Reading, read_people
from partnership.ui.sheets.refused import MOST_BYTES, MOST_ROWS, ImportRefused

__all__ = ["CHOICES", "MOST_BYTES", "MOST_ROWS", "Found", "ImportRefused", "Reading", "read_people"]
