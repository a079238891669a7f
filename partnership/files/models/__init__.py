from partnership.files.models.preview import Preview, confirmed_has_time

__all__ = ["Preview", "confirmed_has_time"]
