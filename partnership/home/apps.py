from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HomeConfig(AppConfig):
    name = "partnership.home"

    def ready(self) -> None:
        """Imports what each app registers. This is the last app of the portal, so everything is loaded by now."""
        autodiscover_modules(
            "todo",
            "panels",
            "search",
            "retention",
            "inbound",
            "report_checks",
            "report_parts",
            "minutes_parts",
            "decision_links",
        )
