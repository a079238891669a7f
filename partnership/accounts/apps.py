from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "partnership.accounts"

    def ready(self):
        from partnership.accounts import checks  # noqa: F401 - registers what `check --deploy` asks
