from partnership.about.models.page import Page

__all__ = ["Page"]
