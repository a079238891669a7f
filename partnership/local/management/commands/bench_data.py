from django.core.management.base import BaseCommand, CommandError

from assemblies.models import Meeting
from partnership.local import bench_data


class Command(BaseCommand):
    help = "Makes the data of the measurements: meetings bench-000 to bench-199."

    def handle(self, *args, **options) -> None:
        if Meeting.objects.filter(slug="bench-000").exists():
            raise CommandError("The data of the measurements is there already. Empty the database first.")
        bench_data.make()
        self.stdout.write("Made 200 meetings: bench-000 to bench-199.")
