"""A sheet says itself how far down a row is; nobody counts to two thousand million for it."""

import io
import time
import zipfile

import openpyxl
import pytest

from assemblies.lists.import_people.columns import heading_score
from partnership.files import workbook
from partnership.refusals import Refusal


def test_row_beyond_the_end_of_a_sheet_is_refused_at_once():
    book, plain, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["Name", "Email"])
    book.save(plain)
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b'<row r="2000000000"><c><v>1</v></c></row></sheetData>')
            after.writestr(name, content)
    began = time.process_time()
    with pytest.raises(Refusal, match="damaged"):
        workbook.read_workbook(changed.getvalue(), heading_score)
    assert time.process_time() - began < 10
