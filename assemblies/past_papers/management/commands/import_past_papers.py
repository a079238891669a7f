from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assemblies.past_papers.access import is_usually_closed
from assemblies.past_papers.actions import file_reading, paper_import
from assemblies.past_papers.models import ImportedFile
from partnership.boards.models import Board
from partnership.refusals import Refusal

Outcome = ImportedFile.Outcome


class Command(BaseCommand):
    help = (
        "Reads the past papers of a board from a folder of this machine, with all below it, and says what it understood. Staff "
        "then look at them in the portal and import them; with --confirm what is understood is imported at once."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("folder", type=Path, help="a folder with PDFs or zips")
        parser.add_argument("--board", required=True, help="the word for the board in its address, /boards/…/")
        readers = parser.add_mutually_exclusive_group()
        readers.add_argument("--open", action="store_true", help="everybody may read them")
        readers.add_argument(
            "--members", action="store_true", help="members of the board and staff alone may read them"
        )
        parser.add_argument("--confirm", action="store_true", help="import what is understood, and leave out the rest")

    def handle(self, *args, folder: Path, **options) -> None:
        board = Board.objects.filter(slug=options["board"]).first()
        if board is None:
            raise CommandError(f"There is no board {options['board']}.")
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        members_only = options["members"] or (is_usually_closed(board) and not options["open"])
        try:
            batch = paper_import.start_from_folder(
                board=board, by=None, folder=folder.resolve(), members_only=members_only
            )
            while file_reading.read_some(batch.pk):
                self._say_how_far(batch)
            self._say_what_was_understood(batch)
            if options["confirm"]:
                papers = paper_import.confirm(batch=batch, by=None)
                self.stdout.write(f"{papers:,} papers are imported. Nobody was emailed.")
                return
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Look at them at {batch.get_absolute_url()} within a day; nothing is imported yet.")

    def _say_how_far(self, batch) -> None:
        waiting = batch.rows.filter(outcome=Outcome.WAITING).count()
        self.stderr.write(f"{waiting:,} files are still to be read.")

    def _say_what_was_understood(self, batch) -> None:
        readers = "members of the board and staff alone" if batch.members_only else "everybody"
        self.stdout.write(f"{batch.board}: for {readers}.")
        for row in batch.rows.all():
            if row.outcome == Outcome.READY:
                closed = f" For members alone, by the word “{row.closed_by}”." if row.closed_by else ""
                self.stdout.write(f"{row.held_on}  {row.get_kind_display()}  {row.title}  ({row.path}).{closed}")
        for row in batch.rows.exclude(outcome=Outcome.READY):
            self.stdout.write(f"{row.get_outcome_display()}: {row.path}. {row.reason}.")
