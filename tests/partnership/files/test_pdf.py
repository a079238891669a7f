"""A PDF is always made, whatever its text."""

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.files import pdf
from tests import pdfs


def badge(name: str) -> bytes:
    person = {"name": name, "organisation": "", "place": ""}
    return pdf.compile_pdf("registrations/print/badges", {"meeting": "Health", "people": [person]})


def test_fonts_for_every_script_are_installed():
    assert {"Noto Sans", "Noto Sans SC", "Noto Sans KR", "Noto Emoji", "Noto Sans Thai"} <= set(pdf.fonts().families())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann \U00010380 Hill", "Ann � Hill"),  # Ugaritic
        ("Ann \ue000 Hill", "Ann � Hill"),  # private use
        ("Ann \u0378 Hill", "Ann � Hill"),  # assigned to no character
        ("\U0001d4d0\U0001d4f7\U0001d4f7 Hill", "Ann Hill"),  # letters of mathematics
        ("\U00010380\U00010381\U00010382 \U00010383", "��� �"),
        ("Ann\ufeff\x01 Hill\ud800", "Ann Hill"),
        ("Ann \ufffe Hill", "Ann � Hill"),
    ],
)
def test_character_that_no_font_has_is_marked_in_a_pdf_for_all(name, shown):
    content = badge(name)
    assert shown in pdfs.text_of(content)
    assert not pdfs.empty_boxes(content)
    assert pdfs.meant_for_every_reader(content)


def test_characters_that_were_marked_are_logged_without_the_name(caplog):
    badge("Ann \U00010380 Hill")
    assert "U+10380" in caplog.text
    assert "Ann" not in caplog.text


def test_hundreds_of_characters_that_no_font_has_are_marked():
    name = "".join(chr(each) for each in range(0x12000, 0x12200))  # cuneiform
    assert pdfs.text_of(badge(name)).count("�") == 512


def test_pdf_that_cannot_be_for_every_reader_is_made_and_logged(tmp_path, monkeypatch, caplog):
    (tmp_path / "jump.typ").write_text('#set document(title: "Jump")\n= One\n=== Three\n#sys.inputs.data')
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    content = pdf.compile_pdf("jump", {"name": "Ann"})
    assert "Three" in pdfs.text_of(content)
    assert not pdfs.meant_for_every_reader(content)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=30))
def test_any_text_makes_a_pdf_without_empty_boxes(name):
    assert not pdfs.empty_boxes(badge(name))
