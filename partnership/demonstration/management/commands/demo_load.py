from django.core.management.base import BaseCommand

from partnership.demonstration.load import is_empty, load


class Command(BaseCommand):
    help = "Loads the demonstration partnership when the database holds nobody yet."

    def handle(self, *args, **options) -> None:
        if not is_empty():
            self.stdout.write("The portal already holds people: the demonstration was not loaded again.")
            return
        load()
        self.stdout.write("Loaded the demonstration partnership.")
