"""Pages only staff may open: written in `partnership.ui`, where the outbox and the audit record can reach it too."""

from partnership.ui.access import staff_only

__all__ = ["staff_only"]
