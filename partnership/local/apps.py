from django.apps import AppConfig


class LocalConfig(AppConfig):
    name = "partnership.local"
    label = "local"

    def ready(self):
        from partnership.local import checks  # noqa: F401 - registers the check that refuses a demonstration in the open
