"""How much of a file is read."""

MEGABYTE = 1024 * 1024

# A packed office file; one that grows beyond these is refused unread
MOST_UNPACKED = 300 * MEGABYTE
MOST_PARTS = 10_000
MOST_OF_A_PART = 150 * MEGABYTE
NO_RATIO_BELOW = 10 * MEGABYTE  # a part that is smaller may be packed as tightly as it can be
MOST_RATIO = 200  # a part's size to its size when packed: a sheet of empty cells reaches about 60

# A table
MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 20_000
LAST_ROW = 1_048_576  # of a sheet, in every program that writes them; formats may reach that far
MOST_UNPACKED_TABLE = 60 * MEGABYTE  # a packed sheet of 20,000 rows unpacks to about 20 MB
MOST_CELLS = 1_000_000
MOST_COLUMNS = 300  # of a row, to its last cell with something in it
MOST_CHARACTERS = 40_000_000
TOO_WIDE = "The sheet is too wide: copy the list into a new sheet"
TOO_MUCH = "The file unpacks to far more than a list should: copy the list into a new sheet"
LONGEST_CELL = 20_000  # characters; a hundred people pasted into one cell are about 4,000

# The process that reads
MOST_CPU_SECONDS = 20
MOST_MEMORY = 768 * MEGABYTE  # a sheet of a million cells takes about 400
MOST_SECONDS = 40  # wall-clock seconds: a web process may wait for 60

# The process that only tells a kind
MOST_CPU_SECONDS_TO_TELL = 5
MOST_MEMORY_TO_TELL = 256 * MEGABYTE  # 20 MB of text in the widest letters take about 200

# The process that checks a PDF: it opens it, cleans it and sets every page once
MOST_SECONDS_OF_A_PDF = 60
MOST_MEMORY_OF_A_PDF = 700 * MEGABYTE
MOST_WRITTEN_OF_A_PDF = 200 * MEGABYTE

# A report in Word, and the process that reads it
MOST_CPU_SECONDS_OF_A_REPORT = 15
MOST_MEMORY_OF_A_REPORT = 512 * MEGABYTE
MOST_OF_A_PART_OF_A_REPORT = 40 * MEGABYTE
MOST_ELEMENTS = 200_000  # of XML, in all parts that are read: a report of 40 pages has about 20,000
DEEPEST_ELEMENT = 100
MOST_CHARACTERS_OF_A_REPORT = 500_000  # a report of 40 pages has about 120,000
MOST_FINDINGS = 200

# Papers of past meetings, which come as a zip or as many PDFs at once
MOST_BYTES_OF_A_PAST_PAPER = 150 * MEGABYTE  # a pack that was scanned
MOST_BYTES_OF_A_PAPER_IMPORT = 8 * 1024 * MEGABYTE  # as it is sent, and again when it is unpacked
MOST_FILES_OF_A_PAPER_IMPORT = 5_000  # ten years of monthly meetings with forty papers each
MOST_PAPERS_AT_ONCE = 20  # read by one child process, which takes longer to start than to read a small one
MOST_BYTES_AT_ONCE = 40 * MEGABYTE  # the same, but for one file that is larger
MOST_MEMORY_TO_LIST = 256 * MEGABYTE  # a hundred thousand names in a zip take about 100
