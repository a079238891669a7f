"""How much of a file is read."""

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 300 * MEGABYTE  # a packed office file that grows beyond this is refused unread

# A table
MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 20_000
LAST_ROW = 1_048_576  # of a sheet, in every program that writes them; formats may reach that far
MOST_UNPACKED_TABLE = 60 * MEGABYTE  # a packed sheet of 20,000 rows unpacks to about 20 MB
MOST_CELLS = 1_000_000
MOST_CHARACTERS = 40_000_000
LONGEST_CELL = 20_000  # characters; a hundred people pasted into one cell are about 4,000

# The process that reads
MOST_CPU_SECONDS = 20
MOST_MEMORY = 768 * MEGABYTE  # a sheet of a million cells takes about 400
MOST_SECONDS = 40  # wall-clock seconds: a web process may wait for 60
