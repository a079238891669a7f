"""The one thing that goes wrong for a whole file, and the limits of a file."""

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_UNPACKED = 60 * 1024 * 1024  # a packed sheet of 20,000 rows unpacks to about 20 MB
MOST_CELLS = 1_000_000
LONGEST_CELL = 20_000  # characters; a hundred people pasted into one cell are about 4,000


class ImportRefused(ValueError):
    """A file cannot be read at all, or not as asked. The text says why and what to do; `column` which it is about."""

    def __init__(self, message: str, column: int | None = None) -> None:
        super().__init__(message)
        self.column = column


def too_many_rows() -> ImportRefused:
    return ImportRefused(f"The file has more than {MOST_ROWS:,} rows: split it into smaller files")
