"""Whatever the file: the same people come out, nobody is lost, and nothing but Refusal is raised."""

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assemblies.lists.import_people import people as reading_people
from assemblies.lists.import_people.columns import heading_score
from partnership.files import tables
from partnership.refusals import Refusal


def read_people(data: bytes) -> reading_people.Reading:
    return reading_people.read_people(tables.parse(data, heading_score))


LETTERS = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "éèüöñçåø"
HEADINGS = {
    "name": ["Name", "Full name", "Contact name", "NAME", "Delegate"],
    "email": ["Email", "E-mail address", "e mail", "Mail", " EMAIL "],
    "organisation": ["Organisation", "Organization", "Org", "Company", "Charity"],
    "role": ["Role", "Job title", "Position", "Job Role"],
    "notes": ["Notes", "Phone", "Postcode"],
}
word = st.text(LETTERS + ACCENTED, min_size=2, max_size=9).map(str.capitalize)
ascii_word = st.text(LETTERS, min_size=2, max_size=9)
name = st.builds("{} {}".format, word, word)
organisation = st.one_of(
    st.just(""), st.builds("{} {} {}".format, word, st.sampled_from(["&", "Hub,", 'and "the"', "of;", "|", "–"]), word)
)
# Years and other numbers in roles; line breaks inside quotes.
role = st.one_of(st.just(""), st.builds("{}{}{}".format, word, st.sampled_from([" ", "\n", " 2, ", "\r\n"]), word))
person = st.fixed_dictionaries(
    {"name": name, "organisation": organisation, "role": role, "notes": st.sampled_from(["", "01 23", "x"])}
)
people = st.lists(st.tuples(person, ascii_word), min_size=1, max_size=25, unique_by=lambda pair: pair[1]).map(
    lambda pairs: [{**row, "email": f"{local}@example.org"} for row, local in pairs]
)
usual = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def expected(rows: list[dict]) -> list[tuple]:
    return [(row["email"], row["name"], flat(row["organisation"]), flat(row["role"])) for row in rows]


def flat(text: str) -> str:
    return " ".join(text.split())


def read(data: bytes) -> list[tuple]:
    reading = read_people(data)
    assert [each.outcome for each in reading.people] == ["add"] * len(reading.people)
    return [(each.email, each.name, each.organisation, each.role) for each in reading.people]


@usual
@given(
    rows=people,
    order=st.permutations(list(HEADINGS)),
    choose=st.integers(0, 3),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    newline=st.sampled_from(["\n", "\r\n"]),
    shout=st.booleans(),
    empty_rows=st.integers(0, 2),
)
def test_any_encoding_separator_and_column_order_give_the_same_people(  # noqa: PLR0917 - hypothesis names each fact
    rows, order, choose, separator, encoding, quoting, newline, shout, empty_rows
):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=newline)
    writer.writerow([HEADINGS[what][choose % len(HEADINGS[what])] for what in order])
    for row in rows:
        for _ in range(empty_rows):
            writer.writerow([""] * len(order))
        writer.writerow([row[what].upper() + "  " if shout and what == "email" else f" {row[what]}" for what in order])
    assert read(out.getvalue().encode(encoding, "replace")) == expected(rows)


@usual
@given(rows=people, order=st.permutations(list(HEADINGS)), choose=st.integers(0, 3), above=st.integers(0, 3))
def test_any_order_of_columns_in_a_workbook_gives_the_same_people(rows, order, choose, above):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    for _ in range(above):
        sheet.append(["Invited to the assembly"])
    sheet.append([HEADINGS[what][choose % len(HEADINGS[what])] for what in order])
    for row in rows:
        sheet.append([row[what] or None for what in order])
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()) == expected(rows)


between = st.sampled_from(["", ";", " / ", "\n", " and "])
messy = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Name", "Email", "a@x.org", "a@x.org; b@x.org", "Ann and Bo Hill", "n/a", '"', "@", "A <a@x.org>", "\0"]
    ),
    st.builds("{}@x.org{}{}".format, ascii_word, between, st.text("ab@.;,<>() \n", max_size=12)),
)


@usual
@given(rows=st.lists(st.lists(messy, max_size=5), max_size=12), separator=st.sampled_from(",;\t|"))
def test_nobody_is_lost_whatever_stands_in_the_cells(rows, separator):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerows(rows)
    try:
        reading = read_people(out.getvalue().encode("utf-8", "replace"))
    except Refusal:
        return
    check_account(reading)


def check_account(reading) -> None:
    """Each row is reported once, in order, as people or as skipped; who is refused or merged is told why."""
    keys = [(each.number, each.part) for each in reading.people]
    assert keys == sorted(set(keys))
    assert not {number for number, _ in keys} & {number for number, _ in reading.skipped}
    for each in reading.people:
        assert each.outcome in {"add", "merge", "refuse"}
        assert each.outcome == "add" or each.reason
        assert len(each.reason) <= 300
        assert len(each.name) <= 200
        assert len(each.organisation) <= 200
        assert len(each.role) <= 120
        assert len(each.email) <= 320
        assert each.outcome != "add" or (each.name and each.email == each.email.lower())
        assert "\0" not in each.name + each.email + each.organisation + each.role
    emails = [each.email for each in reading.people if each.outcome == "add"]
    assert len(emails) == len(set(emails))


def check_account_or_refusal(data: bytes) -> None:
    try:
        reading = read_people(data)
    except Refusal:
        return
    check_account(reading)


few = st.sampled_from(["", "x", "a@x.org", "Ann", "b@", " "])


@usual
@given(rows=st.lists(st.lists(few, min_size=1, max_size=4), min_size=1))
def test_every_row_with_something_in_it_is_accounted_for(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    try:
        reading = read_people(out.getvalue().encode())
    except Refusal:
        return
    check_account(reading)
    told = {each.number for each in reading.people} | {number for number, _ in reading.skipped}
    assert told == {number for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)}


@usual
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_raise_nothing_but_a_refusal(data):
    check_account_or_refusal(data)


def good_workbook() -> bytes:
    book = Workbook()
    for row in [["Name", "Email"], ["Ann Hill", "a@x.org"], ["Bo Lee", '=HYPERLINK("mailto:b@x.org")']]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOK = good_workbook()


@usual
@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), max_size=12), st.integers(0, 1))
def test_workbook_with_broken_bytes_raises_nothing_but_a_refusal(changes, cut):
    data = bytearray(WORKBOOK)
    for place, value in changes:
        data[place] = value
    check_account_or_refusal(bytes(data[: len(data) - cut * 50]))
