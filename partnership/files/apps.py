from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "partnership.files"
    label = "files"
