from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "partnership.partners"
    label = "partners"
