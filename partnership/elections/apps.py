from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "partnership.elections"

    def ready(self) -> None:
        """The check of the folder of ballot keys is registered once everything is loaded."""
        from partnership.elections import checks  # noqa: F401 - registers it
