from django.apps import AppConfig


class FootprintConfig(AppConfig):
    name = "places.footprint"
    label = "places"
