"""Calls for views, and reports back."""
