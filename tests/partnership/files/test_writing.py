"""Files to take away are safe to open."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.files import writing as spreadsheets
from partnership.files.tables import parse
from partnership.text import legible

DANGEROUS = ["=1+1", "+44 151", "-2", "@SUM(A1)", "\t=1", "\r=1", " =HYPERLINK(1)", "＝1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_cell_that_looks_like_a_formula_is_written_as_text(text):
    assert spreadsheets.safe(text) == f"'{text}"


@given(st.text())
def test_no_cell_begins_like_a_formula(text):
    assert not spreadsheets.safe(text).lstrip(" \xa0").startswith(spreadsheets.FORMULA_STARTS)


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\x85", "\u200b", "\u2028", "\ufeff"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sign_that_nobody_sees_hides_no_formula(sign, kind):
    content = spreadsheets.table(["Name"], [[f'{sign}=HYPERLINK("http://elsewhere.example")']], kind)
    if kind == "xlsx":
        cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
        assert (cell.data_type, cell.quotePrefix, cell.value[:2]) == ("s", True, "=H")
    else:
        assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1][0].startswith("'=")


def test_csv_opens_in_excel_with_accents_and_commas():
    content = spreadsheets.table(["Name"], [["Zoë, of Wirral"]], "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [["Name"], ["Zoë, of Wirral"]]


def test_xlsx_holds_text_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.table(["Name"], [["=cmd|' /C calc'!A0"]], "xlsx")))
    cell = book.active["A2"]
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("text", ["+44 151 496 0000", "-", "@home", "'quoted'", "O'Neill"])
def test_xlsx_shows_what_was_typed_without_an_apostrophe(text):
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.table(["Phone"], [[text]], "xlsx")))
    assert book.active["A2"].value == text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("text", [*DANGEROUS, "'=1+1", "''+44", "'quoted'"])
def test_what_was_typed_comes_back_from_either_kind(kind, text):
    content = spreadsheets.table(["Name"], [[text]], kind)
    assert parse(content, lambda row: 0).rows[1][1] == [legible(text)]
