from partnership.drafts.models.draft import Draft

__all__ = ["Draft"]
