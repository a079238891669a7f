"""A PDF from before the portal stays what it was, is cleaned of what acts, or is refused in words."""

import pytest
from pikepdf import Array, Dictionary, Name

from partnership.files import archived_pdf, limits, safely
from partnership.files.checked_pdf import CLEAN
from partnership.refusals import Refusal
from tests import made_pdfs as made


@pytest.fixture
def check(tmp_path):
    """Checks a PDF in this process, as the child does: what was found, and the file to keep where it had to change."""

    def checked(data: bytes):
        sent = tmp_path / "sent.pdf"
        sent.write_bytes(data)
        found, clean = archived_pdf.check(sent, tmp_path), tmp_path / CLEAN
        assert found.cleaned == clean.exists()
        return found, clean.read_bytes() if clean.exists() else None

    return checked


@pytest.mark.parametrize(
    "data",
    [
        made.words("Plain"),
        made.locked(owner_only=True),
        made.with_marks(made.filled_in("A value")),
        made.words("No size", size=(0, 0)),
        made.scanned(2),
        b"\n\n" + made.words("After an empty line"),
    ],
    ids=["plain", "protected", "form", "no size", "scan", "late head"],
)
def test_file_in_which_nothing_acts_stays_byte_for_byte(check, data):
    found, clean = check(data)
    assert (found.cleaned, clean) == (False, None)
    assert found.pages > 0


def test_what_acts_is_taken_out_and_the_rest_stays(check):
    found, clean = check(made.harmful())
    assert found.notes == (archived_pdf.CLEANED,)
    assert b"MARKER" not in clean
    assert b"https://example.org/" in clean


def test_comments_stay_and_are_pointed_out(check):
    found, clean = check(made.with_marks(made.drawn_mark("FreeText", "Too dear!"), form=False))
    assert (found.notes, clean) == ((archived_pdf.COMMENT,), None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made.locked(), "locked with a password"),
        (made.page_tree_without_end(), "The PDF is damaged"),
        (made.words("One", "Two")[:-400], "The PDF is damaged|The end of the PDF is missing"),
        (made.broken_contents(2), "Page 2 cannot be read"),
        (made.words(), "The PDF has no pages"),
        (b"%PDF-1.7\nnothing more", "The PDF is damaged"),
        (b"", "It is empty"),
        (b"\x89PNG\r\n\x1a\n", "This is a PNG picture file, not a PDF"),
        (b"MZ\x90\x00\x03\x00", "This is not a PDF"),
        (b"PK\x05\x06" + b"\0" * 18, "a zip inside the zip"),
    ],
    ids=["password", "endless", "cut", "page", "no pages", "no pdf", "empty", "picture", "program", "zip"],
)
def test_what_cannot_be_kept_is_refused_in_words(check, data, said):
    with pytest.raises(Refusal, match=said):
        check(data)


def test_redactions_that_nobody_applied_are_refused(check):
    with pytest.raises(Refusal, match="marked to be blacked out"):
        check(made.with_marks(made.mark("Redact"), form=False))


def test_form_of_one_program_alone_is_refused(check):
    data = made.words("Please wait", change=lambda pdf: pdf.Root.__setitem__("/NeedsRendering", True))
    with pytest.raises(Refusal, match="only in one program"):
        check(data)


def test_file_that_is_too_large_is_refused(check, monkeypatch):
    monkeypatch.setattr(archived_pdf, "MOST_BYTES_OF_A_PAST_PAPER", 100)
    with pytest.raises(Refusal, match="larger than 150 MB"):
        check(made.words("Large"))


def test_page_made_for_screen_readers_is_known(check):
    def tag(pdf):
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    assert check(made.words("Tagged", change=tag))[0].tagged
    assert not check(made.words("Not tagged"))[0].tagged


def test_files_come_back_from_the_child_many_at_a_time(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made.words("A"))
    (tmp_path / "b.pdf").write_bytes(made.harmful())
    (tmp_path / "out").mkdir()
    asked = [{"row": 7, "path": str(tmp_path / "a.pdf")}, {"row": 9, "path": str(tmp_path / "b.pdf")}]
    asked.append({"row": 8, "zip": str(tmp_path / "a.pdf"), "number": 0})
    plain, acts, no_zip = safely.read_papers(asked, tmp_path / "out")
    assert (plain["row"], plain["pages"], plain["left"], len(plain["sha256"])) == (7, 1, False, 64)
    assert (acts["row"], acts["cleaned"], acts["left"]) == (9, True, True)
    assert no_zip == {"row": 8, "refused": "The zip is damaged, or not all of it arrived: make it again"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["9.pdf"]


def test_page_that_unpacks_without_end_is_refused_the_next_is_read(tmp_path):
    (tmp_path / "bomb.pdf").write_bytes(made.bomb())
    (tmp_path / "a.pdf").write_bytes(made.words("A"))
    asked = [{"row": row, "path": str(tmp_path / name)} for row, name in enumerate(("bomb.pdf", "a.pdf"))]
    bomb, plain = safely.read_papers(asked, tmp_path)
    assert "Page 1 cannot be read" in bomb["refused"]
    assert plain["pages"] == 1
    assert limits.MOST_MEMORY_OF_A_PDF < 900 * limits.MEGABYTE
