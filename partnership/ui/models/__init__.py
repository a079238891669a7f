from partnership.ui.models.page_stamp import PageStamp

__all__ = ["PageStamp"]
