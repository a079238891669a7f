from partnership.files.models.preview import Preview, PreviewFile, confirmed_has_time

__all__ = ["Preview", "PreviewFile", "confirmed_has_time"]
