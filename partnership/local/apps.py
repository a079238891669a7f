from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "partnership.local"
    label = "local"
