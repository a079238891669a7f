from django.core.management.base import BaseCommand, CommandError

from assemblies.meetings.models import Meeting
from partnership.demonstration import bench_data


class Command(BaseCommand):
    help = "Makes the data of the measurements: meetings bench-000 to bench-199."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--hundredth", action="store_true", help="a hundredth of it, to compare with")

    def handle(self, *args, **options) -> None:
        if Meeting.objects.filter(slug="bench-000").exists():
            raise CommandError("The data of the measurements is there already. Empty the database first.")
        bench_data.make(hundredth=options["hundredth"])
        self.stdout.write("Made the data of the measurements.")
