"""A file that breaks its reader gives a sentence, and the process that asked goes on."""

import io
import json
import subprocess
import sys
import time

import pytest
from openpyxl import Workbook

from assemblies.lists.import_people.columns import heading_score
from partnership.files import kinds, limits, safely
from partnership.files.tables import Table
from partnership.partners.headings import headings_named
from partnership.refusals import Refusal
from tests.partnership.files import readers


def workbook(*rows: list) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_kind_comes_back_from_the_child():
    assert safely.recognise(b"%PDF-1.7\n") is not kinds.PDF
    assert safely.recognise(b"%PDF-1.7\n") == kinds.PDF
    assert safely.recognise(b"MZ\x90\x00\x03\x00") == kinds.UNKNOWN


@pytest.mark.parametrize(
    "data", [b"Name,Email\nAnn,'=a@x.org\n", workbook(["Name", "Email"], ["Ann", "'=a@x.org"])], ids=["csv", "xlsx"]
)
@pytest.mark.parametrize("headings", [heading_score, headings_named])
def test_table_comes_back_from_the_child_clean(data, headings):
    table = safely.read_table(data, headings)
    assert (table.rows, table.notes) == ([(1, ["Name", "Email"]), (2, ["Ann", "=a@x.org"])], [])


def test_what_the_reader_refuses_is_said_in_its_words():
    with pytest.raises(Refusal, match="This is a picture: save the list as Excel") as caught:
        safely.read_table(b"\x89PNG\r\n\x1a\n", heading_score)
    assert caught.value.field == "file"


@pytest.mark.parametrize(("reader", "error"), [(readers.grow, "MemoryError"), (readers.write, "FileNotFoundError")])
def test_file_that_breaks_the_reader_gives_a_sentence(reader, error, caplog):
    with pytest.raises(Refusal, match="We cannot read this file"):
        safely.read_table(b"Name,Secret Person\n", reader)
    assert f"The reader of files ended early: 1 {error}" in caplog.text
    assert "Secret Person" not in caplog.text


def test_reader_that_never_ends_is_stopped():
    began = time.monotonic()
    with pytest.raises(Refusal, match="We cannot read this file"):
        safely.read_table(b"Name,Email\n", readers.spin, seconds=1)
    assert time.monotonic() - began < 20


def test_child_limits_itself_and_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for readers")
    code = (
        "import json, os, resource, sys; from partnership.files import child, reader; child.limit(**reader.LIMITS['table']);"
        "names = [resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE];"
        "print(json.dumps([[resource.getrlimit(what)[0] for what in names], 'django' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=safely.ROOT, capture_output=True, check=True)
    found, django = json.loads(done.stdout)
    assert found == [limits.MOST_CPU_SECONDS, limits.MOST_MEMORY, 0, 0]
    assert not django
    assert safely.read_table(b"Name,Email\n", readers.environment) == Table([(1, ["Name", "Email"])])


@pytest.mark.parametrize("headings", [heading_score, headings_named])
def test_readers_of_headings_load_no_django(headings):
    code = f"import sys, {headings.__module__}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=safely.ROOT, check=False).returncode == 0
