from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "partnership.outbox"
    label = "outbox"

    def ready(self):
        from partnership import celery  # noqa: F401 - makes our Celery app the current one, also for the web and commands
