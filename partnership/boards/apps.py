from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "partnership.boards"
    label = "boards"
