from partnership.page_cache.models.page_stamp import PageStamp

__all__ = ["PageStamp"]
