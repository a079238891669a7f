"""Which column holds what: by its heading, or, where there is none, by its cells."""

import re
from dataclasses import dataclass, field

from assemblies.lists.import_people.kinds import kind_of_name, kind_of_word, plain, says_role
from partnership.refusals import Refusal

EMAIL, SPARE, NAME, FIRST, LAST, HONORIFIC, TITLE, ORGANISATION, ROLE, KIND, PLACE, IGNORED = (
    "email", "spare", "name", "first", "last", "honorific", "title", "organisation", "role", "kind", "place", "ignored",
)  # fmt: skip

# Every word that occurs in headings: a cell with any other word is no heading.
HEADING_WORDS = """
e mail email emails address addresses contact contacts details name names full first last given family sur
surname surnames forename forenames firstname lastname fname lname christian second known as preferred person
people delegate invitee attendee participant guest member nominee representative organisation organization
organisations organizations org orgs company charity employer agency institution group business partner body
trust practice team department role job title position post designation occupation function type sector kind
category work of the your their and or in at for is 1 2 3 4 primary main secondary other alternative alt
personal home backup cc phone telephone tel mobile number no postcode code notes comments salutation prefix
honorific id ref reference date place area region town please required optional mandatory lead electronic
electoral ward locality
"""
VOCABULARY = set(HEADING_WORDS.split())

ORGANISATION_WORDS = (
    r"\b(organi[sz]ations?|orgs?|company|charity|employer|agency|institution|body|trust|business|practice|team)\b"
    r"|\bdepartment\b|^(partner|group)( name)?$"
)
PERSON_WORDS = "contact|person|people|delegate|invitee|attendee|participant|guest|member|nominee|representative"
PATTERNS = [
    (
        SPARE,
        r"\b(alt|alternative|secondary|second|other|personal|home|backup)\b.*\bmail|mail\b.*\b(alternative|backup)",
    ),
    (IGNORED, r"\bmail (\d )?type\b"),
    (EMAIL, r"\be ?mails?\b|^mail\b|^electronic (mail|address)|\bmail address|^contact e ?mails?"),
    (IGNORED, r"\b(phone|telephone|tel|mobile|postcode|post code|notes|comments|date|ref|reference|id|number|no)\b"),
    (KIND, r"\b(type|sector|kind|category)\b"),
    (FIRST, r"\b(first|given|christian|preferred|known)\b|^fore ?names?|^firstname|^fname"),
    (LAST, r"\b(last|family|second) name|^sur ?names?\b|^lastname|^lname|^last$"),
    (HONORIFIC, r"^(salutation|prefix|honorific)"),
    (TITLE, r"^title$"),
    (ROLE, r"\b(role|job|position|post|designation|occupation|function)\b|. title$"),
    (ORGANISATION, ORGANISATION_WORDS),
    (NAME, rf"\bnames?\b|^({PERSON_WORDS})s?( person| details| name)?$"),
]
HEADINGS = [(what, re.compile(pattern)) for what, pattern in PATTERNS]
HONORIFICS = {"mr", "mrs", "ms", "miss", "mx", "dr", "cllr", "councillor", "rev", "revd", "prof", "professor", "sir",
              "dame", "lord", "lady", "father", "sister", "canon", "imam", "rabbi"}  # fmt: skip


@dataclass
class Columns:
    """What each column was read as, and which row held the headings (0: none did)."""

    what: dict[int, str]
    headings: list[str] = field(default_factory=list)
    heading_row: int = 0
    written: list[list[str]] = field(default_factory=list)  # the rows of headings as they are in the file

    def of(self, what: str) -> list[int]:
        return [column for column, is_what in self.what.items() if is_what == what]

    def called(self, column: int) -> str:
        """Returns the heading of a column, or the letter a spreadsheet gives it."""
        named = self.headings[column] if column < len(self.headings) else ""
        return named or f"Column {letter(column)}"

    def described(self) -> list[list[str]]:
        """Returns the name of each column as the person knows it, and what it was read as ("" for not used)."""
        return [[self.called(column), SAID.get(what, "")] for column, what in sorted(self.what.items())]


SAID = {EMAIL: "email address", SPARE: "email address, where the main one is missing", NAME: "name",
        FIRST: "first name", LAST: "last name", HONORIFIC: "title", ORGANISATION: "organisation", ROLE: "role",
        KIND: "kind of organisation", PLACE: "place"}  # fmt: skip
CHOICES = {
    NAME: "Name", FIRST: "First name", LAST: "Last name", HONORIFIC: "Title, like Dr", EMAIL: "Email address",
    SPARE: "Second email address", ORGANISATION: "Organisation", ROLE: "Role or job title",
    KIND: "Kind or sector of organisation", PLACE: "Place", IGNORED: "Nothing we need",
}  # fmt: skip


def letter(column: int) -> str:
    """Returns the letter a spreadsheet gives the column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def heading(cell: str) -> str:
    """Returns what a heading means; empty when the cell is no heading."""
    if not cell or "@" in cell or len(cell) > 60:
        return ""
    words = plain(cell)
    if not words or any(word not in VOCABULARY for word in words.split()):
        return ""
    return next((what for what, pattern in HEADINGS if pattern.search(words)), "")


def heading_score(row: list[str]) -> int:
    """Returns how many different things the row names; 0 when it is no row of headings."""
    if any("@" in cell for cell in row):
        return 0
    found = [what for cell in row if (what := heading(cell))]
    known = {what for what in found if what != IGNORED}
    return len(known) if EMAIL in known or (len(known) >= 2 and len(known & {NAME, FIRST, LAST}) >= 1) else 0


def find_columns(rows: list[tuple[int, list[str]]]) -> Columns:
    """Returns what the columns hold. Rows are cleaned already."""
    columns = _by_headings(rows) or Columns({})
    body = [row for number, row in rows if number > columns.heading_row][:300]
    width = max((len(row) for row in body), default=0)
    _settle_title(columns, body)
    _settle_emails(columns, body)
    if not columns.of(EMAIL):
        _email_by_content(columns, body, width)
    if not columns.heading_row:
        _rest_by_content(columns, body, width)
    for column in range(width):
        if column not in columns.what and any(column < len(row) and row[column] for row in body):
            columns.what[column] = IGNORED
    return columns


def choose(columns: Columns, chosen: dict[int, str]) -> None:
    """Reads each column as the person says. Raises Refusal where the choices do not go together."""
    guessed = columns.of(EMAIL)
    columns.what |= {column: what for column, what in chosen.items() if column in columns.what and what in CHOICES}
    emails, names = columns.of(EMAIL), max(len(columns.of(NAME)), len(columns.of(FIRST)))
    if not emails:
        raise Refusal("Say which column holds the email address: without it nobody can be invited", "file")
    if len(emails) > max(names, 1) and emails != guessed:
        said = " and ".join(f"“{columns.called(column)}”" for column in emails)
        raise Refusal(
            f"{said} cannot both be the email address. Choose “Second email address” or “Nothing we need” for the other",
            f"column_{emails[-1]}",
        )


def _by_headings(rows) -> Columns | None:
    top = rows[:25]
    scores = [(heading_score(row), number, row) for number, row in top]
    first_person = next((number for number, row in top if any("@" in cell for cell in row)), 0)
    named = [each for each in scores if any(heading(cell) == EMAIL for cell in each[2])]
    others = [each for each in scores if each[0] and (not first_person or each[1] < first_person)]
    for score, number, _ in named + others:
        if score:
            return _in_two_rows(top, next(place for place, each in enumerate(top) if each[0] == number))
    return None


def _in_two_rows(top: list[tuple[int, list[str]]], place: int) -> Columns:
    """The headings of the row at `place`, with those of a row of headings just above or just below it: "Organisation"
    over "Name" is the organisation's name. A cell above reaches as far as the next one."""
    number, row = top[place]
    if place and _only_headings(top[place - 1][1]):
        above, below = top[place - 1][1], row
    elif place + 1 < len(top) and _only_headings(top[place + 1][1]):
        above, (number, below) = row, top[place + 1]
    else:
        what = {column: found for column, cell in enumerate(row) if (found := heading(cell))}
        return Columns(what, row, number, [row])
    headings, what = [], {}
    reaching = ""
    for column in range(max(len(above), len(below))):
        over, under = (part[column] if column < len(part) else "" for part in (above, below))
        reaching = over or reaching
        said = f"{reaching} {under}" if under else over
        own = heading(under)
        found = own if own not in {"", NAME, EMAIL} else heading(said) or own
        headings.append(said)
        if found:
            what[column] = found
            if found == EMAIL and heading(reaching) == ORGANISATION:
                what[column] = SPARE  # an office's; a person's own comes first
    return Columns(what, headings, number, [above, below])


def _only_headings(row: list[str]) -> bool:
    """Whether each word of the row is one of headings, and one cell at least is a heading: then it is no person."""
    words = [plain(cell).split() for cell in row if cell]
    return all(word in VOCABULARY for cell in words for word in cell) and any(heading(cell) for cell in row)


def _settle_title(columns: Columns, body) -> None:
    """ "Title" may be Ms and Dr, or a job title: what stands below says which."""
    for column in columns.of(TITLE):
        cells = [plain(cell) for cell in _cells(body, column)]
        honorific = sum(cell in HONORIFICS for cell in cells)
        columns.what[column] = HONORIFIC if honorific * 2 > len(cells) else ROLE


def _settle_emails(columns: Columns, body) -> None:
    """A column said to hold addresses but holding none does not; beside one name, one address is the person's."""
    for column in columns.of(EMAIL):
        if not any("@" in cell for cell in _cells(body, column)) and any("@" in cell for row in body for cell in row):
            columns.what[column] = IGNORED
    names = max(len(columns.of(NAME)), len(columns.of(FIRST)))
    for column in columns.of(EMAIL)[1:]:
        if names == 1:
            columns.what[column] = SPARE


def _cells(body, column: int) -> list[str]:
    return [row[column] for row in body if column < len(row) and row[column]]


def _email_by_content(columns: Columns, body, width: int) -> None:
    shares = {column: sum("@" in cell for cell in _cells(body, column)) for column in range(width)}
    best = max(shares, key=lambda column: shares[column], default=None)
    if best is not None and shares[best]:
        columns.what[best] = EMAIL


def _rest_by_content(columns: Columns, body, width: int) -> None:
    email = columns.of(EMAIL)
    left = [column for column in range(width) if column not in email and _cells(body, column)]
    scores = []
    for column in left:
        cells = _cells(body, column)
        scores += [
            (sum(bool(kind_of_word(cell)) for cell in cells) / len(cells), KIND, column),
            (sum(plain(cell) in HONORIFICS for cell in cells) / len(cells) * 2, HONORIFIC, column),
            (sum(says_role(cell) for cell in cells) / len(cells), ROLE, column),
            (sum(bool(kind_of_name(cell)) for cell in cells) / len(cells) * 0.9, ORGANISATION, column),
            (_like_address(body, column, email, part=0) * 1.5, NAME, column),
            (_like_address(body, column, email, part=2) * 0.8, ORGANISATION, column),
        ]
    for score, what, column in sorted(scores, key=lambda each: -each[0]):
        if score >= 0.3 and column in left and not columns.of(what):
            columns.what[column] = what
            left.remove(column)
    _names_in_two(columns, body, email, left)
    for what in (NAME, ORGANISATION, ROLE):
        usable = [column for column in left if any(any(map(str.isalpha, cell)) for cell in _cells(body, column))]
        if usable and not columns.of(what) and not (what == NAME and columns.of(FIRST)):
            columns.what[usable[0]] = what
            left.remove(usable[0])


def _names_in_two(columns: Columns, body, email: list[int], left: list[int]) -> None:
    """Single words beside single words, both like the address: a first and a last name."""
    name = next(iter(columns.of(NAME)), None)
    if name is None or any(" " in cell for cell in _cells(body, name)):
        return
    for other in (name + 1, name - 1):
        if other in left and _cells(body, other) and _like_address(body, other, email, part=0) >= 0.3:
            first, last = sorted((name, other))
            columns.what[first], columns.what[last] = FIRST, LAST
            left.remove(other)
            return


def _like_address(body, column: int, email: list[int], *, part: int) -> float:
    """Returns the share of cells with a word that is also in the address: before the @ (0) or after it (2)."""
    pairs = [(row[column][:300], row[email[0]][:300]) for row in body if email and max(column, email[0]) < len(row)]
    pairs = [(cell, address) for cell, address in pairs if cell and "@" in address]
    if not pairs:
        return 0.0
    hits = sum(
        any(len(word) > 2 and word in address.lower().partition("@")[part] for word in plain(cell).split())
        for cell, address in pairs
    )
    return hits / len(pairs)
