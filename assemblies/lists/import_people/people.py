"""From rows to people: each row is added, merged or refused, and says why. None is lost."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from assemblies.lists.import_people import cells
from assemblies.lists.import_people import columns as of_columns
from assemblies.lists.import_people.cells import Address
from assemblies.lists.import_people.columns import (
    EMAIL,
    HONORIFICS,
    NAME,
    SPARE,
    Columns,
    choose,
    find_columns,
    heading_score,
)
from assemblies.lists.import_people.found import ADD, REFUSE, Found, bounded
from assemblies.lists.import_people.kinds import kind_of_name, kind_of_word, plain
from assemblies.lists.import_people.names import tidy_name
from assemblies.lists.import_people.repeats import merge_repeats
from partnership.email_addresses import what_is_wrong
from partnership.files.cells import clean, is_nothing, short
from partnership.files.limits import LONGEST_CELL, MOST_ROWS
from partnership.files.tables import Table
from partnership.files.text_table import TOO_MANY_ROWS
from partnership.refusals import Refusal
from partnership.text import one_line

LONGEST_NOTE = 500
SAMPLES = 3  # cells shown of a column
UNSAID_HONORIFICS = {"mr", "mrs", "ms", "miss", "mx"}
SOMETHING = re.compile(r"[\w@]")  # a row of separators and dashes is an empty row
NO_PEOPLE = "We found no email addresses in the file: it needs a column with the email address of each person"


@dataclass
class Reading:
    """What a file holds: people, how its columns were read, rows we skipped, and notes for the person.

    `read_as` says of each column its number, what it is called, what it was read as, and how its cells begin. `sheet` is
    the one that was read of a workbook, `others` those that could be.
    """

    people: list[Found]
    columns: list[list[str]]
    skipped: list[list] = field(default_factory=list)
    read_as: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheet: str = ""
    others: list[str] = field(default_factory=list)


def read_people(table: Table, chosen: dict[int, str] | None = None, elsewhere: Iterable[str] = ()) -> Reading:
    """Returns the people in a table, its columns read as `chosen` where a person has said what they hold.

    Rows that name one of the places in `elsewhere` wait for a person to say that they belong here all the same.
    Raises Refusal, and nothing else, when it cannot be read, or not so; it names "file", or the column's field.
    """
    rows = [(number, [clean(_short_enough(number, cell)) for cell in row]) for number, row in table.rows]
    rows = [(number, row) for number, row in rows if any(cell and SOMETHING.search(cell) for cell in row)]
    columns = find_columns(rows)
    if chosen is not None:
        choose(columns, chosen)
        _refuse_without_addresses(rows, columns)
    if not columns.of(of_columns.EMAIL) and not columns.of(of_columns.SPARE):
        raise Refusal(NO_PEOPLE, "file")
    people: list[Found] = []
    skipped: list[list] = []
    for number, row in rows:
        if why := _no_person(number, row, columns):
            skipped.append([number, why])
        else:
            found = read_row(number, row, columns)
            before = people[-1].part + 1 if people and people[-1].number == number else 0
            people += [replace(person, part=before + person.part) for person in found] if before else found
        if len(people) > MOST_ROWS:
            raise Refusal(TOO_MANY_ROWS, "file")
    if not people:
        raise Refusal("The file has headings but no people under them", "file")
    _refuse_other_places(people, {plain(place): place for place in elsewhere})
    merge_repeats(people)
    read_as = _read_as(rows, columns)
    return Reading(people, columns.described(), skipped, read_as, table.notes, table.sheet, table.others)


def _refuse_other_places(people: list[Found], elsewhere: Mapping[str, str]) -> None:
    for person in people:
        if person.outcome == ADD and (place := elsewhere.get(plain(person.place))):
            person.outcome = REFUSE
            person.reason = f"The file says {place}: save the row if they belong on this list"


def _refuse_without_addresses(rows: list[tuple[int, list[str]]], columns: Columns) -> None:
    """Addresses are looked for elsewhere in a row only where its own cell has none: a whole column without is a slip."""
    for column in columns.of(of_columns.EMAIL):
        if not any("@" in row[column] for number, row in rows if number > columns.heading_row and column < len(row)):
            why = f"There is no email address in “{columns.called(column)}”. Choose the column that holds them"
            raise Refusal(why, f"column_{column}")


def _read_as(rows: list[tuple[int, list[str]]], columns: Columns) -> list[dict]:
    body = [row for number, row in rows if number > columns.heading_row]
    found = []
    for column, what in sorted(columns.what.items()):
        cells_of = (row[column] for row in body if column < len(row) and row[column])
        sample = [short(one_line(cell), 40) for cell in islice(cells_of, SAMPLES)]
        found.append({"column": column, "called": columns.called(column), "what": what, "sample": sample})
    return found


def _short_enough(number: int, cell: str) -> str:
    """The start of a long note; more than anybody would type where addresses are is refused."""
    if len(cell) <= LONGEST_NOTE:
        return cell
    if "@" not in cell:
        return cell[:LONGEST_NOTE]
    if len(cell) > LONGEST_CELL:
        raise Refusal(
            f"Row {number} has more than {LONGEST_CELL:,} characters in one cell: give each person a row", "file"
        )
    return cell


def _no_person(number: int, row: list[str], columns: Columns) -> str:
    if number == columns.heading_row:
        return "headings"
    if number < columns.heading_row:
        return "headings" if row in columns.written else "above the headings"
    return "headings again" if row in columns.written and heading_score(row) else ""


def read_row(number: int, row: list[str], columns: Columns) -> list[Found]:
    """Returns the people in one row, at least one, each to be added or refused."""
    if several := _pasted(row, columns):
        parts = (
            read_row(number, ["" if at != place else cell for at, cell in enumerate(row)], columns) for place in several
        )
        return [replace(person, part=part) for part, person in enumerate(chain.from_iterable(parts))]
    given = {what: _joined(row, columns.of(what)) for what in set(columns.what.values())}
    addresses, cell = _addresses(given, row)
    spare = given.get(of_columns.SPARE, "").split("; ")
    moved = bool(addresses) and cell not in [given.get(of_columns.EMAIL, ""), *spare]
    first, last = given.get(of_columns.FIRST, ""), given.get(of_columns.LAST, "")
    name = given.get(of_columns.NAME, "") or " ".join(filter(None, [first, last]))
    name = "" if is_nothing(name) or "@" in name else name
    organisation = one_line(given.get(of_columns.ORGANISATION, ""))
    organisation = "" if is_nothing(organisation) else organisation
    organisation = organisation or _organisation_aside(cells.aside_of(name))
    role = one_line(given.get(of_columns.ROLE, ""))
    role = "" if is_nothing(role) else role
    kind = kind_of_word(given.get(of_columns.KIND, "")) or kind_of_name(organisation)
    if not addresses:
        said = one_line(cell)
        why = "There is no email address" if is_nothing(cell) else what_is_wrong(said)
        said, name = short(said, 320), tidy_name(name)
        return [bounded(Found(number, 0, REFUSE, why, said, name, organisation, kind, role))]
    names, why = _names(addresses, name, first, last)
    roles = cells.split_into(given.get(of_columns.ROLE, ""), len(addresses)) if len(addresses) > 1 else []
    bodies = re.split(r"\s*[;\n]\s*", given.get(of_columns.ORGANISATION, "")) if len(addresses) > 1 else []
    people = []
    place = short(one_line(given.get(of_columns.PLACE, "")), 100)
    for part, address in enumerate(addresses):
        own = bodies[part] if len(bodies) == len(addresses) else organisation or _organisation_aside(address.aside)
        person = Found(
            number, part, ADD, "", address.email, names[part], own,
            kind if own == organisation else kind_of_name(own), roles[part] if roles else role, place,
        )  # fmt: skip
        wrong = address.wrong or (why if why and not (part == 0 and names[part]) else "")
        if wrong:
            person.outcome, person.reason = REFUSE, wrong
        _settle_name(person, given.get(of_columns.HONORIFIC, ""))
        if len(addresses) == 1 and not person.reason and cells.count_names(name) == 2:
            person.reason = "Two names, one address: they get one invitation together"
        if moved and not person.reason:
            person.reason = "The address was in another column: check that it is theirs"
        people.append(bounded(person))
    return people


def _pasted(row: list[str], columns: Columns) -> list[int]:
    """The places of a row whose every cell is somebody's address, and not each under a heading: a person each."""
    filled = [place for place, cell in enumerate(row) if cell]
    headed = {EMAIL, SPARE, NAME} if columns.heading_row else set()
    several = len(filled) > 1 and all("@" in row[place] for place in filled)
    return filled if several and not all(columns.what.get(place) in headed for place in filled) else []


def _organisation_aside(aside: str) -> str:
    """What is in brackets beside a name, if it names an organisation: "HILL, Ann (MERSEY CARE NHS TRUST)"."""
    return aside if kind_of_name(aside) else ""


def _joined(row: list[str], places: list[int]) -> str:
    return "; ".join(row[place] for place in places if place < len(row) and row[place])


def _addresses(given: dict[str, str], row: list[str]) -> tuple[list[Address], str]:
    """The addresses of a row, and the cell they should be in."""
    cell = given.get(of_columns.EMAIL, "")
    addresses = [] if is_nothing(cell) else cells.find_addresses(cell)
    for other in [*given.get(of_columns.SPARE, "").split("; "), given.get(of_columns.NAME, ""), *row]:
        if not addresses and "@" in other and other != cell and (elsewhere := cells.find_addresses(other)):
            return elsewhere, other
    return addresses, cell


def _names(addresses: list[Address], name: str, first: str, last: str) -> tuple[list[str], str]:
    """The name of each address, and, where names and addresses do not match, why the unmatched are refused."""
    count = len(addresses)
    if count == 1:
        return [tidy_name(name) or addresses[0].name], ""
    if all(address.name for address in addresses) or not name:
        return [address.name for address in addresses], ""
    firsts, lasts = cells.split_into(first, count), cells.split_into(last, count)
    if firsts and last and not name.startswith(f"{first};"):
        lasts = lasts or [last] * count
        return [tidy_name(f"{one} {other}") for one, other in zip(firsts, lasts, strict=True)], ""
    if names := cells.split_names(name, count):
        return _in_order(addresses, names), ""
    said = cells.count_names(name)
    if said == 1:
        own = _closest(addresses, name)
        names = [tidy_name(name) if place == own else "" for place in range(count)]
        if own == 0:
            return names, "The row has two addresses and one name: if this is a second person, enter their name"
    return [""] * count, f"The row has {count} addresses but {said} name{'s' * (said > 1)}: enter who this is"


def _in_order(addresses: list[Address], names: list[str]) -> list[str]:
    """Names as they stand, unless the addresses plainly say the other way round."""

    def fits(order: list[str]) -> int:
        return sum(_is_like(name, address.email) for name, address in zip(order, addresses, strict=True))

    return names[::-1] if fits(names[::-1]) > fits(names) and fits(names) == 0 else names


def _closest(addresses: list[Address], name: str) -> int:
    return next((place for place, address in enumerate(addresses) if _is_like(name, address.email)), 0)


def _is_like(name: str, email: str) -> bool:
    local = email.partition("@")[0]
    return any(len(word) > 2 and word in local for word in plain(name).split())


def _settle_name(person: Found, honorific: str) -> None:
    title = plain(honorific)
    if person.name and title in HONORIFICS - UNSAID_HONORIFICS and plain(person.name).split()[:1] != [title]:
        person.name = f"{one_line(honorific)} {person.name}"
    if not person.name and person.outcome == ADD:
        person.name = cells.name_from_address(person.email) or person.organisation or person.email.partition("@")[0]
        person.name_guessed = True
        person.reason = "The file gives no name: check the one we made"
