"""Files as people really send them: what becomes of each row."""

import time

import pytest

from partnership.files.limits import MOST_BYTES
from partnership.refusals import Refusal
from tests.assemblies.lists.import_people.files import ANN, added, csv, packed, read_people, refused, xlsx


@pytest.mark.parametrize(
    "heading",
    ["Email", "E-mail address", "e mail", "Mail", "EMAIL ADDRESS *", "Contact e-mail", "Your email (required)"],
)
def test_heading_of_the_address_is_known_by_many_names(heading):
    assert added(csv(f"Name,{heading}\nAnn Hill,ann@mind.example.org\n")) == [ANN]


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Organisation", "organisation"), ("Organization name", "organisation"), ("Org", "organisation"),
        ("Company", "organisation"), ("Charity", "organisation"), ("Name of organisation", "organisation"),
        ("Role", "role"), ("Job title", "role"), ("Position", "role"), ("Title", "role"),
        ("Type", "kind of organisation"), ("Sector", "kind of organisation"),
        ("Type of organisation", "kind of organisation"),
        ("Phone number", ""), ("Notes", ""), ("Date of birth", ""),
    ],
)  # fmt: skip
def test_heading_of_another_column_is_known(heading, what):
    reading = read_people(csv(f"Full name,{heading},Email\nAnn Hill,charity,ann@mind.example.org\n"))
    assert reading.columns[1] == [heading, what]


def test_first_and_last_name_in_two_columns_become_one_name():
    assert added(csv("Surname,Forename,Email\nHill,Ann,ann@mind.example.org\n")) == [ANN]


def test_title_column_of_honorifics_is_no_role():
    person = read_people(csv("Title,Name,Email\nDr,Ann Hill,a@x.org\nMs,Bo Lee,b@x.org\n")).people
    assert [(each.name, each.role) for each in person] == [("Dr Ann Hill", ""), ("Bo Lee", "")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator):
    text = "\n".join(separator.join(row) for row in (["Name", "Email", "Organisation"], ["Ann Hill", ANN[1], "Mind"]))
    assert added(csv(text)) == [ANN]


def test_separator_said_by_excel_is_used_and_is_no_row():
    reading = read_people(csv("sep=;\nName;Email\nAnn Hill;ann@mind.example.org\n"))
    assert [(each.number, each.name) for each in reading.people] == [(2, "Ann Hill")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encoding_is_found(encoding):
    text = "Name,Email,Organisation\r\nZoë O’Brien,zoe@example.org,Café – “Hub”\r\n"
    person = read_people(csv(text, encoding)).people[0]
    assert (person.name, person.organisation) == ("Zoë O’Brien", "Café – “Hub”")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(newline):
    assert added(csv(newline.join(["Name,Email", "Ann Hill,ann@mind.example.org", ""]))) == [ANN]


def test_line_break_inside_quotes_stays_in_its_row():
    text = 'Name,Organisation,Email\n"Ann\nHill","Mind\nin Leeds",ann@mind.example.org\nBo Lee,,b@x.org\n'
    reading = read_people(csv(text))
    assert [(each.number, each.name, each.organisation) for each in reading.people] == [
        (2, "Ann Hill", "Mind in Leeds"),
        (3, "Bo Lee", ""),
    ]


def test_quote_nobody_closed_loses_nobody():
    assert added(csv('Name,Email\n"Ann Hill,ann@mind.example.org\nBo Lee,b@x.org\nCy Ng,c@x.org\n')) == [
        ANN, ("Bo Lee", "b@x.org"), ("Cy Ng", "c@x.org"),
    ]  # fmt: skip


def test_rows_above_the_headings_are_skipped_and_said():
    text = "Assembly invitees\nPlease return to lists@x.org\n\nName,Email\nAnn Hill,ann@mind.example.org\n"
    reading = read_people(csv(text))
    assert reading.skipped == [[1, "above the headings"], [2, "above the headings"], [4, "headings"]]
    assert [(each.number, each.name) for each in reading.people] == [(5, "Ann Hill")]


def test_headings_repeated_lower_down_are_no_person():
    reading = read_people(csv("Name,Email\nAnn Hill,a@x.org\nName,Email\nBo Lee,b@x.org\n"))
    assert reading.skipped[-1] == [3, "headings again"]
    assert len(reading.people) == 2


@pytest.mark.parametrize(
    "row",
    [
        "ann.hill@x.org,Ann Hill,Leeds Mind,Manager",
        "Manager,Leeds Mind,Ann Hill,ann.hill@x.org",
        "Ann,Hill,Manager,Leeds Mind,ann.hill@x.org",
        "07700 900123,Leeds Mind,ann.hill@x.org,Manager,Ann Hill",
    ],
)
def test_no_headings_columns_are_told_by_what_they_hold(row):
    person = read_people(csv(row + "\n")).people[0]
    assert (person.number, person.name, person.organisation, person.role) == (1, "Ann Hill", "Leeds Mind", "Manager")


def test_headings_without_the_address_column_find_it_by_content():
    assert added(csv("Name,Contact details\nAnn Hill,ann@mind.example.org\n")) == [ANN]


def test_spaces_unseen_letters_and_capitals_are_tidied():
    text = "Name,Email\n\u00a0ANN\u00a0 HILL\u200b , \u00a0Ann@MIND.example.ORG \n"
    assert added(csv(text)) == [ANN]


@pytest.mark.parametrize(
    "cell",
    ["Ann Hill <ann@mind.example.org>", "ann@mind.example.org (Ann Hill)", "mailto:ann@mind.example.org",
     "'ann@mind.example.org'", "<ann@mind.example.org>;", "ann @mind.example.org", "Ann Hill ann@mind.example.org"],
)  # fmt: skip
def test_address_is_found_among_what_surrounds_it(cell):
    assert added(csv(f"Name,Email\nAnn Hill,{cell}\n")) == [ANN]


def test_name_written_in_the_address_cell_is_used():
    assert added(csv("Email\nAnn Hill <ann@mind.example.org>\n")) == [ANN]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("ann.mind.example.org", "it has no @"),
        ("ann@mind", "needs a dot"),
        ("ann..hill@mind.org", "two dots in a row"),
        ("ann hill@mind.org", "other words next to the address"),
        ("n/a", "There is no email address"),
        ("", "There is no email address"),
        ("ann@", "needs a dot"),
    ],
)
def test_address_that_cannot_be_used_is_refused_with_row_and_reason(cell, why):
    rows = refused(csv(f"Name,Email\nBo Lee,b@x.org\nAnn Hill,{cell}\n"))
    assert rows[0][0] == 3
    assert why in rows[0][1]


def test_same_person_twice_is_merged_and_completes_the_first():
    reading = read_people(csv("Name,Email,Role\nAnn Hill,ANN@x.org,\nBo Lee,b@x.org,\nAnn Hill,ann@x.org,Chair\n"))
    assert [(each.outcome, each.role) for each in reading.people] == [("add", "Chair"), ("add", ""), ("merge", "Chair")]
    assert reading.people[2].reason == "The same address as row 2"


def test_one_address_under_two_names_is_refused_not_swallowed():
    assert refused(csv("Name,Email\nAnn Hill,info@x.org\nBo Lee,info@x.org\n")) == [
        (3, "Row 2 has this address for Ann Hill: each person needs their own")
    ]


@pytest.mark.parametrize("separator", ["; ", " / ", "\n", " and ", " & ", ", "])
def test_two_people_in_one_cell_become_two(separator):
    data = xlsx([["Name", "Email"], [f"Ann Hill{separator}Bo Lee", f"ann@x.org{separator}bo@x.org"]])
    assert added(data) == [("Ann Hill", "ann@x.org"), ("Bo Lee", "bo@x.org")]


def test_addresses_pasted_from_a_mail_program_become_people():
    line = '"Hill, Ann <ann@x.org>; Lee, Bo <bo@x.org>, Cy Ng <cy@x.org>"'
    assert added(csv(f"Email\n{line}\n")) == [("Ann Hill", "ann@x.org"), ("Bo Lee", "bo@x.org"), ("Cy Ng", "cy@x.org")]


def test_nhs_directory_names_give_name_and_organisation():
    cell = '"HILL, Ann (MERSEY CARE NHS FOUNDATION TRUST) <ann@x.org>; O\'BRIEN, Bo (she/her) <bo@x.org>"'
    people = read_people(csv(f"Email\n{cell}\n")).people
    assert [(each.email, each.name, each.organisation, each.kind) for each in people] == [
        ("ann@x.org", "Ann Hill", "MERSEY CARE NHS FOUNDATION TRUST", "nhs_trust"),
        ("bo@x.org", "Bo O'Brien", "", ""),
    ]
    person = read_people(csv('Name,Email\n"HILL, Ann (Leeds Mind)",ann@x.org\n')).people[0]
    assert (person.name, person.organisation, person.kind) == ("Ann Hill", "Leeds Mind", "vcfse")


def test_two_names_with_one_address_are_one_invitation_and_it_is_said():
    person = read_people(csv("Name,Email\nAnn Hill and Bo Lee,office@x.org\n")).people[0]
    assert (person.outcome, person.name) == ("add", "Ann Hill and Bo Lee")
    assert "one invitation together" in person.reason


@pytest.mark.parametrize(
    "name", ["VAN DER BERG, JAN (he/him)", "Jan van der Berg he/him", "Jan van der Berg (Health and Care)"]
)
def test_pronouns_and_brackets_are_no_second_name(name):
    person = read_people(csv(f'Name,Email\n"{name}",jan@x.org\n')).people[0]
    assert (person.name, person.outcome, person.reason) == ("Jan van der Berg", "add", "")


def test_lines_of_two_encodings_in_one_file_are_both_read():
    data = "Name,Email\nZoë Day,z@x.org\n".encode() + "José Roe,j@x.org\n".encode("cp1252")
    assert [name for name, _ in added(data)] == ["Zoë Day", "José Roe"]


def test_contacts_exported_from_outlook_become_people():
    text = (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,E-mail Address,E-mail Type,"
        "E-mail Display Name,E-mail 2 Address,E-mail 2 Type\n"
        "Dr,Ann,,Hill,,Mind,,Chair,ann@x.org,SMTP,Ann Hill (ann@x.org),hill@home.org,SMTP\n"
        ",Bo,,Lee,,,,,,,,bo@home.org,SMTP\n"
    )
    people = read_people(csv(text)).people
    assert [(each.outcome, each.email, each.name, each.organisation, each.role) for each in people] == [
        ("add", "ann@x.org", "Dr Ann Hill", "Mind", "Chair"),
        ("add", "bo@home.org", "Bo Lee", "", ""),
    ]


def test_contacts_exported_from_google_become_people():
    text = (
        "Name,Given Name,Family Name,Organization 1 - Name,Organization 1 - Title,E-mail 1 - Type,E-mail 1 - Value\n"
        "Ann Hill,Ann,Hill,Mind,Chair,* Work,ann@x.org\n"
    )
    person = read_people(csv(text)).people[0]
    assert (person.email, person.name, person.organisation, person.role) == ("ann@x.org", "Ann Hill", "Mind", "Chair")


def test_two_people_in_one_row_with_columns_of_their_own_become_two():
    text = "Name 1,Email 1,Name 2,Email 2,Organisation\nAnn Hill,ann@x.org,Bo Lee,bo@x.org,Mind\n"
    assert added(csv(text)) == [("Ann Hill", "ann@x.org"), ("Bo Lee", "bo@x.org")]


def test_column_called_email_without_any_address_in_it_is_not_used():
    assert added(csv("Name,Email,Contact\nAnn Hill,yes,ann@mind.example.org\n")) == [ANN]


def test_lines_put_in_quotes_as_a_whole_are_read():
    assert added(csv('"Name,Email,Role"\n"Ann Hill,ann@mind.example.org,Chair"\n"Bo Lee,b@x.org,"\n')) == [
        ANN,
        ("Bo Lee", "b@x.org"),
    ]


def test_two_people_share_a_surname_said_once():
    data = csv("Name,Email\nAnn and Bo Hill,ann@x.org; bo@x.org\n")
    assert added(data) == [("Ann Hill", "ann@x.org"), ("Bo Hill", "bo@x.org")]


def test_two_people_whose_names_do_not_match_are_refused():
    rows = refused(csv("Name,Email\nAnn; Bo; Cy,d@x.org; e@x.org\n"))
    assert rows == [(2, "The row has 2 addresses but 3 names: enter who this is")] * 2


def test_kind_is_read_from_the_word_and_else_from_the_name():
    text = """Name,Email,Organisation,Type
A B,a@x.org,X,Charity
C D,c@x.org,Y,Local authority
E F,e@x.org,Z,GP Practice
G H,g@x.org,Mersey Care NHS Foundation Trust,
I J,i@x.org,Halton Borough Council,
K L,k@x.org,Council for Voluntary Service,
"""
    kinds = [each.kind for each in read_people(csv(text)).people]
    assert kinds == ["vcfse", "council", "gp_federation", "nhs_trust", "council", "vcfse"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty"),
        (b" \r\n\r\n", "The file is empty"),
        (b"%PDF-1.7 ...", "This is a PDF"),
        (b"\x89PNG\r\n\x1a\n...", "This is a picture"),
        (b"\xff\xd8\xff\xe0JFIF", "This is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This is an old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"<html><table><tr><td>a@x.org</td></tr></table></html>", "This is a web page"),
        (b"{\\rtf1 a@x.org}", "This is a text document"),
        (b"BEGIN:VCARD\nEMAIL:a@x.org", "These are contact cards"),
        (packed("word/document.xml", b"<w/>"), "This is a Word document"),
        (packed("people.csv", b"Name,Email"), "This is a packed archive"),
        (packed("xl/workbook.xml", b"<workbook/>"), "The file is damaged"),
        (b"PK\x03\x04 cut short", "The file is damaged"),
        (packed("xl/workbook.xml", b"\0" * 70_000_000), "unpacks to more than we can read"),
        (bytes(range(1, 32)) * 40, "This is not a list we can read"),
        (b"Name,Organisation\nAnn Hill,Mind\n", "We found no email addresses"),
        (b"Name,Email\n", "headings but no people"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
        (b"a@x.org\n" * 20_100, "more than 20,000 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_file_that_is_no_list_is_refused_with_what_it_is(data, why):
    with pytest.raises(Refusal, match=why):
        read_people(data)


@pytest.mark.parametrize(
    "cell",
    [
        "a" * 19_000 + "@x.org",
        "@" + "a" * 19_000,
        "(" * 19_000 + "a@x.org",
        "a@x.org " + "hospital " * 2_000,
        "a@b@" * 4_000,
        "and " * 4_000 + "a@x.org",
        "<" * 9_000 + "a@x.org" + ">" * 9_000,
    ],
    ids=["long", "at first", "brackets", "words", "ats", "ands", "angles"],
)
def test_cell_made_to_take_long_does_not(cell):
    started = time.monotonic()
    reading = read_people(
        csv(f"Name,Email,Organisation\nAnn Hill,ann@x.org,Mind\nBo,{cell},{cell}\n" + f",,{cell}\n" * 5)
    )
    assert reading.people[0].email == "ann@x.org"
    assert time.monotonic() - started < 5


def test_cell_beyond_all_measure_is_refused_with_its_row():
    with pytest.raises(Refusal, match="Row 2 has more than 20,000 characters in one cell"):
        read_people(csv("Name,Email\nAnn," + "a@x.org; " * 3_000))


def test_more_people_than_a_list_may_hold_are_refused():
    cell = "; ".join(f"person{n}@x.org" for n in range(900))
    with pytest.raises(Refusal, match="more than 20,000 rows"):
        read_people(csv("Name,Email\n" + f"Ann,{cell}\n" * 30))


# --- addresses pasted, headings in two rows, workbooks as people keep them


@pytest.mark.parametrize(
    "text",
    [
        "Ann Hill <ann@x.org>; Bob Lee <bob@x.org>; Cy Ng <cy@x.org>",
        "Ann Hill <ann@x.org>; Bob Lee <bob@x.org>;\r\nCy Ng <cy@x.org>;\r\n",
        "Email\nAnn Hill <ann@x.org>; Bob Lee <bob@x.org>; Cy Ng <cy@x.org>\n",
        '"Hill, Ann" <ann@x.org>; "Lee, Bob" <bob@x.org>; "Ng, Cy" <cy@x.org>',
        "Hill, Ann <ann@x.org>\nLee, Bob <bob@x.org>\nNg, Cy <cy@x.org>",
        "Ann Hill <ann@x.org>, Bob Lee <bob@x.org>, Cy Ng <cy@x.org>",
        "ann@x.org (Ann Hill); bob@x.org (Bob Lee); cy@x.org (Cy Ng)",
    ],
)
def test_addresses_pasted_are_a_person_each(text):
    assert added(csv(text)) == [("Ann Hill", "ann@x.org"), ("Bob Lee", "bob@x.org"), ("Cy Ng", "cy@x.org")]


def test_addresses_pasted_across_cells_are_a_person_each():
    data = xlsx([["Ann Hill <ann@x.org>", "Bob Lee <bob@x.org>", None, "Cy Ng <cy@x.org>"]])
    people = read_people(data).people
    assert [(each.number, each.part, each.name) for each in people] == [
        (1, 0, "Ann Hill"), (1, 1, "Bob Lee"), (1, 2, "Cy Ng"),
    ]  # fmt: skip


def test_addresses_pasted_in_a_line_have_its_number_and_parts():
    reading = read_people(csv("Email\nann@x.org; bob@x.org\n\ncy@x.org (Cy Ng); Di Oh <di@x.org>;\n"))
    assert [(each.number, each.part) for each in reading.people] == [(2, 0), (2, 1), (4, 0), (4, 1)]
    assert reading.skipped == [[1, "headings"]]


def test_bare_addresses_on_lines_keep_the_numbers_of_their_rows():
    people = read_people(csv("Email\nann@x.org\n\nbob@x.org\n")).people
    assert [(each.number, each.email) for each in people] == [(2, "ann@x.org"), (4, "bob@x.org")]


@pytest.mark.parametrize(
    "headings",
    [
        "Person,,Organisation,\nFirst,Last,Name,Email",
        "Person,,Organisation,Email\nFirst,Last,Name,",
        "Person,,Organisation,Contact details\nFirst name,Surname,Name,Email address",
    ],
)
def test_headings_in_two_rows_are_read_together(headings):
    reading = read_people(csv(f"{headings}\nAnn,Hill,Hill Trust,ann@x.org\n"))
    assert [(each.number, each.name, each.organisation) for each in reading.people] == [(3, "Ann Hill", "Hill Trust")]
    assert reading.skipped == [[1, "headings"], [2, "headings"]]


def test_office_address_comes_after_a_persons_own():
    text = "Contact,,Organisation,\nName,Email,Name,Email\nAnn Hill,ann@x.org,Hill Trust,info@x.org\nBo Lee,,Mind,bo@x.org\n"
    people = read_people(csv(text)).people
    assert [(each.name, each.email, each.organisation) for each in people] == [
        ("Ann Hill", "ann@x.org", "Hill Trust"), ("Bo Lee", "bo@x.org", "Mind"),
    ]  # fmt: skip
