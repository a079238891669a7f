"""An uploaded PDF is accepted as it is, or cleaned and the uploader told, or refused in words."""

import io
import time

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from partnership.files import checked_pdf, safely, uploaded_pdf
from partnership.files.limits import MOST_SECONDS_OF_A_PDF
from partnership.refusals import Refusal
from tests import made_pdfs as made


@pytest.fixture
def check(tmp_path):
    """Checks a PDF in this process, as the child does."""

    def checked(data: bytes) -> tuple[checked_pdf.CheckedPdf, bytes | None]:
        found, clean = uploaded_pdf.check(data, tmp_path), tmp_path / checked_pdf.CLEAN
        return found, clean.read_bytes() if clean.exists() else None

    return checked


def text_of(data: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (made.words("Plain"), (595, 842)),
        (made.words("Landscape", size=(842, 595)), (842, 595)),
        (made.turned(90), (842, 595)),
        (made.turned(180), (595, 842)),
        (made.cropped(), (300, 200)),
        (made.words("No size", size=(0, 0)), (595.3, 841.9)),  # A4, as readers show it
        (made.words("A poster", size=(14400, 14400)), (14400, 14400)),
        (made.words("Packed", object_stream_mode=pikepdf.ObjectStreamMode.generate), (595, 842)),
        (made.words("For slow lines", linearize=True), (595, 842)),
    ],
    ids=["plain", "landscape", "turned", "on its head", "cropped", "no size", "poster", "packed", "linearised"],
)
def test_pdf_of_any_shape_is_accepted_as_it_is(check, data, size):
    found, clean = check(data)
    assert (found.sizes, found.notes, clean) == ((size,), (), None)


def test_protected_pdf_is_accepted_without_its_protection(check):
    found, clean = check(made.locked(owner_only=True))
    assert found.notes == ("We removed the protection against copying, which also keeps screen readers out",)
    assert not pypdf.PdfReader(io.BytesIO(clean)).is_encrypted
    assert "Locked" in text_of(clean)


def says_it_is_new(pdf):
    pdf.Root.Version = Name("/2.0")


@pytest.mark.parametrize(
    "data",
    [made.words("New", force_version="2.0"), made.words("New", change=says_it_is_new)],
    ids=["at its start", "in its root"],
)
def test_pdf_of_a_newer_version_is_kept_as_one_that_packs_hold(check, data):
    found, clean = check(data)
    assert found.notes == (uploaded_pdf.OLDER,)
    assert clean.startswith(b"%PDF-1.7")
    assert "New" in text_of(clean)


def test_white_page_of_a_scan_is_accepted(check):
    assert check(made.white_scan())[0].pages == 2


def test_empty_page_is_accepted(check):
    assert check(made.words("One", change=lambda pdf: pdf.add_blank_page()))[0].pages == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made.locked(), "locked with a password"),
        (made.page_tree_without_end(), "The PDF is damaged"),
        (made.page_tree_lost(), "The PDF"),
        (made.words("One", "Two")[:-400], "The PDF is damaged|The end of the PDF is missing"),
        (made.words("One", "Two", linearize=True)[:-600], "The PDF is damaged|The end of the PDF is missing"),
        (made.broken_contents(2), "Page 2 cannot be read"),
        (made.words(), "The PDF has no pages"),
        (made.words("Sea", size=(1e9, 1e9)), "Page 1 has no size"),
        (b"%PDF-1.7\nnothing more", "The PDF is damaged"),
    ],
    ids=["password", "endless", "no tree", "cut", "cut linearised", "page", "no pages", "sea", "no pdf"],
)
def test_pdf_that_cannot_be_read_is_refused_in_words(check, data, said):
    with pytest.raises(Refusal, match=said) as caught:
        check(data)
    assert caught.value.field == "file"


@pytest.mark.parametrize("data", [made.words("Something"), made.scanned(1)], ids=["words", "a scan"])
def test_page_that_would_be_empty_in_a_pack_is_refused(check, monkeypatch, tmp_path_factory, data):
    """Typst sets what pikepdf reads, so far; if it ever sets less, it is found."""
    template = tmp_path_factory.mktemp("templates") / "nothing.typ"
    template.write_text("#for each in range(int(sys.inputs.pages)) { page[] }")
    monkeypatch.setattr(uploaded_pdf, "TEMPLATE", template)
    with pytest.raises(Refusal, match="Page 1 would be empty in the pack"):
        check(data)


def test_damaged_file_that_can_be_repaired_is_repaired_and_said(check):
    data = made.words("Whole")
    at = data.rindex(b"startxref")
    found, clean = check(data[:at] + b"startxref\n7\n%%EOF\n")
    assert found.notes == (uploaded_pdf.REPAIRED,)
    assert "Whole" in text_of(clean)


# --- what is filled in and marked ---------------------------------------------------------------------------------


def test_form_fields_become_part_of_the_page(check):
    found, clean = check(made.with_marks(made.filled_in("Filled in: £5")))
    assert found.flattened
    assert found.notes == ("1 form field is now part of the page",)
    assert "Filled in: £5" in text_of(clean)
    assert "/AcroForm" not in pypdf.PdfReader(io.BytesIO(clean)).trailer["/Root"]


def test_letters_we_cannot_draw_in_a_form_are_refused_not_lost(check):
    with pytest.raises(Refusal, match="letters that we cannot print"):
        check(made.with_marks(made.filled_in("Łódź")))


def test_field_that_brings_its_picture_keeps_it(check):
    drawn = made.drawn_mark(
        "Widget", "As drawn", FT=Name.Tx, T=String("a"), V=String("Łódź"), DA=String("/Helv 12 Tf 0 g")
    )
    _, clean = check(made.with_marks(drawn))
    assert "As drawn" in text_of(clean)


def test_notes_become_part_of_the_page_and_their_words_go(check):
    note = made.mark("Text", Contents=String("MARKER-NOTE"))
    found, clean = check(made.with_marks(made.drawn_mark("FreeText", "Seen note"), note, form=False))
    assert found.notes == (
        "2 comments or marks are now part of the page",
        "1 of them has no picture and was removed",
    )
    assert "Seen note" in text_of(clean)
    assert all(words not in everything_in(clean) for words in (b"MARKER-NOTE", b"words of the mark"))


def test_hidden_note_is_not_shown(check):
    hidden = made.drawn_mark("FreeText", "Hidden note")

    def hide(pdf):
        made_mark = hidden(pdf)
        made_mark.F = 2
        return made_mark

    _, clean = check(made.with_marks(hide, form=False))
    assert "Hidden note" not in text_of(clean)


def test_note_that_is_seen_but_not_printed_is_shown_and_links_stay(check):
    def seen_on_screens(pdf):
        note = made.drawn_mark("FreeText", "Seen on screens")(pdf)
        note.F = 0
        return note

    link = made.mark("Link", A=made.action("URI", URI=String("https://example.org/")))
    _, clean = check(made.with_marks(seen_on_screens, link, form=False))
    assert "Seen on screens" in text_of(clean)
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert [str(each.Subtype) for each in pdf.pages[0].obj.Annots] == ["/Link"]


def test_signature_that_is_flattened_is_said(check):
    found, _ = check(made.with_marks(made.drawn_mark("Widget", "Signed", FT=Name.Sig, T=String("s"))))
    assert "A digital signature is shown, but can no longer be verified in this copy" in found.notes


def test_redactions_that_were_not_applied_are_refused(check):
    with pytest.raises(Refusal, match="apply the redactions"):
        check(made.with_marks(made.mark("Redact"), form=False))


def test_form_of_one_program_alone_is_refused(check):
    with pytest.raises(Refusal, match="shows itself only in one program"):
        check(made.words("Please wait", change=lambda pdf: setattr(pdf.Root, "NeedsRendering", True)))


# --- what acts or hides -------------------------------------------------------------------------------------------


def everything_in(data: bytes) -> bytes:
    """The bytes of the file with every stream unpacked."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return made.bytes_of(pdf, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)


def test_programs_actions_and_attached_files_are_removed(check):
    data = made.harmful()
    found, clean = check(data)
    assert found.notes == ("We removed programs, attached files, sounds or films: they cannot be published",)
    assert everything_in(data).count(b"MARKER") >= 7
    assert b"MARKER" not in everything_in(clean)
    assert "Harmless words" in text_of(clean)


def test_links_to_the_web_and_to_pages_stay(check):
    _, clean = check(made.harmful())
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        actions = [mark.get("/A") for mark in pdf.pages[0].obj.Annots]
        assert [str(each.S) if each else None for each in actions] == [None, "/GoTo", None, "/URI"]
        assert "/Next" not in actions[1]


@pytest.mark.parametrize("kind", ["FileAttachment", "Sound", "Movie", "Screen"])
def test_file_or_film_on_a_page_is_removed_and_said(check, kind):
    found, clean = check(made.with_marks(made.drawn_mark(kind, "A pin"), form=False))
    assert found.notes == ("We removed programs, attached files, sounds or films: they cannot be published",)
    assert "A pin" not in text_of(clean)


def test_pdf_that_opens_at_a_page_is_left_as_it_is(check):
    def open_there(pdf):
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])

    assert check(made.words("One", change=open_there)) == (checked_pdf.CheckedPdf(((595, 842),), False, False), None)


def test_pdf_made_for_screen_readers_is_known(check):
    def tag(pdf):
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
        pdf.Root.MarkInfo = Dictionary(Marked=True)

    assert check(made.words("One", change=tag))[0].tagged


# --- in the child -------------------------------------------------------------------------------------------------


def test_checked_pdf_comes_back_from_the_child():
    found = safely.check_pdf(made.with_marks(made.filled_in("Filled in")))
    assert (found.pages, found.sizes, found.flattened) == (1, ((595.0, 842.0),), True)
    assert found.notes == ("1 form field is now part of the page",)
    assert "Filled in" in text_of(found.clean)
    assert safely.check_pdf(made.words("Plain")).clean is None
    with pytest.raises(Refusal, match="locked with a password"):
        safely.check_pdf(made.locked())


def test_two_hundred_scanned_pages_are_accepted():
    found = safely.check_pdf(made.scanned(200))
    assert (found.pages, found.notes) == (200, ())


def test_pages_that_unpack_without_measure_are_refused():
    data, began = made.bomb(), time.monotonic()
    assert len(data) < 3_000_000
    with pytest.raises(Refusal, match="Page 1 cannot be read"):
        safely.check_pdf(data)
    assert time.monotonic() - began < MOST_SECONDS_OF_A_PDF


def test_pdf_that_takes_too_long_is_refused():
    with pytest.raises(Refusal, match="too large or too complex"):
        safely.check_pdf(made.words("Slow"), seconds=0.01)
