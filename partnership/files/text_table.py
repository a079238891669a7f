"""Reads text with separators, in any usual encoding and with any usual separator and quotes."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from itertools import chain, islice

from partnership.files.limits import MOST_ROWS
from partnership.refusals import Refusal

LONGEST_PIECE = 400
# "Hill, Ann" <ann@example.org>, Ann Hill <ann@example.org>, ann@example.org (Ann Hill), or the address alone
PASTED = re.compile(r"[^<>@\t|]{0,300}<\s*(?:mailto:)?[^<>@\s]{1,64}@[^<>@\s,;]{1,255}\s*>$"
                    r"|(?:mailto:)?[^<>@\s,;()]{1,64}@[^<>@\s,;()]{1,255}(?:\s*\([^()@]{0,200}\))?$")  # fmt: skip
SEPARATORS = ",;\t|"
SAMPLE = 60_000  # characters read to find the separator
BOMS = [
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
]
NOT_A_TABLE = "This is not a list we can read: save it as Excel (.xlsx) or CSV and send that"
TOO_MANY_ROWS = f"The file has more than {MOST_ROWS:,} rows: split it into smaller files"

Rows = list[tuple[int, list[str]]]
Score = Callable[[list[str]], int]  # how many headings a row names; 0 when it is no row of headings


def read_text(data: bytes, score: Score, *, long_cells: bool = False) -> Rows:
    """Returns each row with its number as a spreadsheet would count it. Raises Refusal.

    `long_cells`: a cell may hold lines of text, so that one with several lines is no sign of a quote nobody closed.
    """
    text = _unwrapped(decode(data), score)
    if pasted := _pasted(text):
        return pasted
    separator, text = _said_separator(text)
    separator = separator or find_separator(text[:SAMPLE], score)
    rows = _parse(text, separator)
    if not long_cells and any(_swallowed(row, separator) for row in rows):
        rows = [[cell.strip('"') for cell in row] for row in _parse(text, separator, quotes=False)]
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if len(numbered) > MOST_ROWS + 50:
        raise Refusal(TOO_MANY_ROWS, "file")
    return numbered


def _pasted(text: str) -> Rows:
    """Addresses as they are copied from a mail program, with or without names: a row for each. Empty for any other text.

    They are told by every piece between semicolons, or between commas, being one; a heading may stand above. Where a line
    holds several, their rows have its number.
    """
    lines, above = re.split(r"\r\n|\r|\n", text), ""
    if "@" not in lines[0] and len(lines[0]) <= LONGEST_PIECE and not re.search(r"[,;\t|]", lines[0].strip(" ,;")):
        above, lines[0] = lines[0].strip(" ,;"), ""
    heading = [(1, [above])] if above else []
    for between in (r";", r"(?<=>)\s*,|;", r"[,;]"):
        pieces = [[piece for each in re.split(between, line) if (piece := each.strip(" \t,"))] for line in lines]
        if sum(map(len, pieces)) > MOST_ROWS:
            if all(PASTED.match(piece) for piece in islice(chain.from_iterable(pieces), 100)):
                raise Refusal(TOO_MANY_ROWS, "file")
            continue
        if sum(map(len, pieces)) > 1 and all(PASTED.match(piece) for line in pieces for piece in line):
            return heading + [(number, [piece]) for number, line in enumerate(pieces, 1) for piece in line]
    return []


def decode(data: bytes) -> str:
    """Returns the text. Raises ValueError when the bytes are no text."""
    encoding = next((encoding for bom, encoding in BOMS if data.startswith(bom)), "") or _wide(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding not in {"", "utf-8-sig"}:
            raise
        text = data.decode("utf-8", WINDOWS)
    if "\x00" in text or len(re.findall("[\x01-\x08\x0e-\x1a\x1c-\x1f]", text[:SAMPLE])) > 3:
        raise ValueError("control characters")
    return text.removeprefix("\ufeff")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows as every second byte empty. The shortest address takes 12 bytes."""
    head = data[:4_000]
    if len(head) < 12:
        return ""
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.4 and head[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.4 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _windows(error: UnicodeError) -> tuple[str, int]:
    """Letters that are no UTF-8 are read as Windows-1252, to the next plain letter: so is a whole file in it, and a line pasted
    in among others."""
    assert isinstance(error, UnicodeDecodeError)  # used for decoding only
    found = NOT_PLAIN.match(error.object, error.start)
    end = found.end() if found else error.start + 1
    return error.object[error.start : end].decode("cp1252", "replace"), end


NOT_PLAIN = re.compile(rb"[\x80-\xff]{1,100000}")
WINDOWS = "portal-windows-1252"
codecs.register_error(WINDOWS, _windows)


def _unwrapped(text: str, score: Score) -> str:
    """Some programs put each line as a whole in quotes: the lines are then inside the only cell of each row."""
    if not text.startswith('"'):
        return text
    outer = text[:SAMPLE]
    inner = _inside(outer)
    return _inside(text) if _headings(inner, score) > _headings(outer, score) else text


def _headings(sample: str, score: Score) -> float:
    return _fit(sample, find_separator(sample, score), score)[0]


def _inside(text: str) -> str:
    return "\n".join("".join(row[:1]) for row in _parse(text, ","))


def _said_separator(text: str) -> tuple[str, str]:
    """Excel's first line "sep=;" is no row."""
    if match := re.match(r'"?sep=([,;\t|])"?[ ,;]*(\r\n|\r|\n)', text, re.IGNORECASE):
        return match.group(1), text[match.end() :]
    return "", text


def find_separator(sample: str, score: Score) -> str:
    """Returns the separator with which most headings are known and most rows have the same length."""
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator, score))


def _fit(sample: str, separator: str, score: Score) -> tuple[float, ...]:
    rows = [row for row in _parse(sample, separator)[:200] if any(cell.strip() for cell in row)]
    if not rows:
        return (0.0, 0.0)
    scored = [(score(row), len(row)) for row in rows[:25]]
    named, width = max(scored, key=lambda pair: pair[0])
    if named:
        wider = sum(len(row) > width for row in rows) / len(rows)
        return (named, 1 - wider, width)
    width, often = Counter(len(row) for row in rows).most_common(1)[0]
    return (0.0, often / len(rows) * (1.0 if width > 1 else 0.3), width)


def _parse(text: str, separator: str, *, quotes: bool = True) -> list[list[str]]:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
        skipinitialspace=True,
    )
    try:
        return list(reader)
    except csv.Error:
        if not quotes:
            raise Refusal(NOT_A_TABLE, "file") from None
        return _parse(text, separator, quotes=False)


def _swallowed(row: list[str], separator: str) -> bool:
    """A quote nobody closed takes the rows after it into one cell."""
    for cell in row:
        if cell.count("\n") + cell.count("\r") >= 2:
            lines = [line for line in re.split(r"[\r\n]+", cell) if "@" in line and separator in line.strip(" ;,|\t")]
            if len(lines) >= 2:
                return True
    return False
