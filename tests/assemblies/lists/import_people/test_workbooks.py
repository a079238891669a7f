"""Workbooks as people keep them: sheets, hidden rows, merged cells, links and formulas."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from assemblies.lists.import_people import people as reading_people
from assemblies.lists.import_people.columns import heading_score
from partnership.files import tables
from partnership.refusals import Refusal
from tests.assemblies.lists.import_people.files import ANN, added, csv, read_people, refused, rewritten, xlsx


def test_workbook_reads_the_first_sheet_with_content_and_says_which():
    reading = read_people(xlsx([], [["Name", "Email"], list(ANN)], [["Other"]], titles=["Cover", "People", "More"]))
    assert [each.name for each in reading.people] == ["Ann Hill"]
    assert "“People”" in reading.notes[0]


def test_workbook_numbers_and_dates_are_read_as_shown():
    rows = [["Name", "Email", "Role"], ["Ann", "a@x.org", 5.0], ["Bo", "b@x.org", date(2026, 3, 1)]]
    reading = read_people(xlsx(rows))
    assert [each.role for each in reading.people] == ["5", "01/03/2026"]


def test_workbook_link_without_a_stored_value_still_gives_the_address():
    formula = '=HYPERLINK("mailto:ann@mind.example.org","ann@mind.example.org")'
    assert added(xlsx([["Name", "Email"], ["Ann Hill", formula]])) == [ANN]


def test_workbook_formula_not_worked_out_is_refused_not_lost():
    assert refused(xlsx([["Name", "Email"], [None, '=A9&"mail"'], ["Bo Lee", "b@x.org"]]))[0][0] == 2


def test_workbook_hidden_rows_are_read_and_said():
    book = Workbook()
    for row in [["Name", "Email"], list(ANN), ["Bo Lee", "b@x.org"]]:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    reading = read_people(out.getvalue())
    assert len(reading.people) == 2
    assert "1 row that is hidden" in reading.notes[0]


def test_workbook_with_a_wrong_size_written_in_it_is_read_whole():
    data = xlsx([["Name", "Email"], list(ANN), ["Bo Lee", "b@x.org"]])
    assert len(added(rewritten(data, b'ref="A1:B3"', b'ref="A1:A1"'))) == 2


def test_workbook_that_defines_entities_is_refused():
    data = rewritten(xlsx([["Name", "Email"], list(ANN)]), b"<worksheet ", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet ")
    with pytest.raises(Refusal, match="damaged"):
        read_people(data)


PEOPLE = [["Name", "Email"], ["Ann Hill", "ann@x.org"]]


LAST_YEAR = [["Name", "Email"], ["Old Hand", "old@x.org"]]


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheets(*sheets: tuple[str, list[list], str]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows, state in sheets:
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    return saved(book)


COVER = [["Assembly in September"], ["Questions to office@x.org"]]


EXAMPLE = [["Name", "Email"], ["as on the badge", "where we can reach them"]]


@pytest.mark.parametrize(
    "before", [("Last year", LAST_YEAR, "hidden"), ("Cover", COVER, "visible"), ("How to", EXAMPLE, "visible")]
)
def test_first_visible_sheet_that_holds_people_is_read_and_said(before):
    reading = read_people(with_sheets(before, ("People", PEOPLE, "visible"), ("More", LAST_YEAR, "visible")))
    assert [each.email for each in reading.people] == ["ann@x.org"]
    assert reading.notes == ["The file has 3 sheets. We read “People”."]
    assert (reading.sheet, reading.others) == ("People", [before[0], "More"])


def test_another_sheet_is_read_when_it_is_chosen():
    data = with_sheets(("People", PEOPLE, "visible"), ("Last year", LAST_YEAR, "hidden"))
    reading = reading_people.read_people(tables.parse(data, heading_score, sheet="Last year"))
    assert [each.email for each in reading.people] == ["old@x.org"]
    assert "The sheet “Last year” is hidden in the file." in reading.notes


def test_hidden_sheet_is_read_where_no_other_holds_anything():
    reading = read_people(with_sheets(("Front", [], "visible"), ("People", PEOPLE, "hidden")))
    assert [each.email for each in reading.people] == ["ann@x.org"]
    assert "The sheet “People” is hidden in the file." in reading.notes


def test_organisation_merged_over_three_people_is_theirs_all():
    book = Workbook()
    for row in (["Name", "Email", "Organisation"], ["Ann", "a@x.org", "Mind"], ["Bo", "b@x.org"], ["Cy", "c@x.org"],
                ["Di", "d@x.org"]):  # fmt: skip
        book.active.append(row)
    book.active.merge_cells("C2:C4")
    reading = read_people(saved(book))
    assert [each.organisation for each in reading.people] == ["Mind", "Mind", "Mind", ""]
    assert reading.notes == ["Some cells are merged over several rows. We read what they say in each of these rows."]


def test_error_of_a_spreadsheet_is_nothing_and_is_said():
    book = Workbook()
    for row in (["Name", "Email", "Organisation"], ["Ann Hill", "a@x.org", "#N/A"], ["#REF!", "bo.lee@x.org", "Mind"]):
        book.active.append(row)
    for data in (saved(book), csv("Name,Email,Organisation\nAnn Hill,a@x.org,#N/A\n#REF!,bo.lee@x.org,Mind\n")):
        reading = read_people(data)
        assert [(each.name, each.organisation) for each in reading.people] == [("Ann Hill", ""), ("Bo Lee", "Mind")]
        assert (
            "2 cells hold errors of the spreadsheet, like #N/A, in rows 2, 3. We read them as empty." in reading.notes
        )


@pytest.mark.parametrize(
    ("said", "target", "expected"),
    [
        ("Email Ann", "mailto:ann@x.org", ("Ann Hill", "ann@x.org")),
        ("click here", "mailto:ann@x.org?subject=Assembly", ("Ann Hill", "ann@x.org")),
        ("ann@x.org", "mailto:old@x.org", ("Ann Hill", "ann@x.org")),
    ],
)
def test_address_behind_other_text_is_read(said, target, expected):
    book = Workbook()
    book.active.append(["Name", "Contact"])
    book.active.append(["Ann Hill", said])
    book.active["B2"].hyperlink = target
    assert added(saved(book)) == [expected]


def test_address_behind_a_name_gives_the_person():
    book = Workbook()
    for name, address in (("Ann Hill", "ann@x.org"), ("LEE, BO", "bo@x.org")):
        book.active.append([name, "Mind"])
        book.active.cell(book.active.max_row, 1).hyperlink = f"mailto:{address}"
    assert added(saved(book)) == [("Ann Hill", "ann@x.org"), ("Bo Lee", "bo@x.org")]


def test_link_made_by_a_formula_gives_the_address_behind_its_words():
    data = xlsx([["Name", "Email"], ["Ann Hill", '=HYPERLINK("mailto:ann@x.org","Write to Ann")']])
    worked_out = rewritten(rewritten(data, b'<c r="B2">', b'<c r="B2" t="str">'), b"<v />", b"<v>Write to Ann</v>")
    assert worked_out != data
    assert added(data) == added(worked_out) == [("Ann Hill", "ann@x.org")]


def test_number_keeps_the_noughts_and_digits_a_person_sees():
    book = Workbook()
    for row in (["Name", "Email", "Role"], ["Ann", "a@x.org", 1514960000], ["Bo", "b@x.org", 123456789.25]):
        book.active.append(row)
    book.active["C2"].number_format = "00000000000"
    assert [each.role for each in read_people(saved(book)).people] == ["01514960000", "123456789.25"]


@pytest.mark.parametrize("address", ["ann.o’six@x.org", "ann.o'six@x.org\u200b", "ann.o‘six@x.org"])
def test_address_is_written_as_keyboards_write_it(address):
    assert added(csv(f"Name,Email\nAnn O’Six,{address}\n")) == [("Ann O’Six", "ann.o'six@x.org")]


def test_address_of_a_computers_number_is_refused_in_words():
    assert "names a computer by its number" in refused(csv("Name,Email\nAnn Hill,ann@[10.0.0.1]\n"))[0][1]
