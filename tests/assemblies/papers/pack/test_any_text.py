"""No text breaks a pack: made in this process, without the child's limits."""

import json
import shutil
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblies.papers.pack import child, facts
from assemblies.papers.pack.build import _lay_out, prepare
from assemblies.papers.pack.layout import FACTS, PACK
from assemblies.papers.pack.parts import PackItem, Paper
from assemblies.papers.report_text import ReportText, Section
from tests import pdfs
from tests.assemblies.papers.pack import packs

PIECES = "# ## - 1. 999999999. ** * [ ](https://x.org) | --- > ` ``` <b> <!-- &amp; \\ word #panic() $ @ ~ é 王 https://x.org/"
MARKDOWN = st.lists(st.sampled_from([*PIECES.split(), " ", "  ", "\n", "\n\n", "\u200b"]), max_size=40).map("".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


def made(folder: Path, text: str) -> dict:
    """What is known of a pack that says this everywhere."""
    report = ReportText(text, {"author": text, "risks": text}, (text,), (Section(text, text), Section("", text)))
    item = PackItem("i", text, text, text, text, text, papers=(Paper("p", report, text),))
    pack = packs.pack(item, board=text, day=text, place=text, recording=text, notes=(text,), closed_items=())
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    _lay_out(prepare(pack), work)
    assert json.loads((work / FACTS).read_text()) == facts.of(pack)
    return child.make(work, lambda step: None)


@settings(max_examples=25)
@given(MARKDOWN | st.text(max_size=60))
def test_any_text_makes_a_pack_for_every_reader(folder, text):
    found = made(folder, text)
    assert found["strict"]
    assert [each["key"] for each in found["begins"]] == ["i", "p"]
    assert pdfs.meant_for_every_reader((folder / "work" / PACK).read_bytes())


@pytest.mark.parametrize("text", ["w" * 900, f"*{'w' * 900}*", f"**{'w' * 900}**"])
def test_no_line_of_a_long_word_runs_off_the_page(folder, text):
    made(folder, text)
    pages = pypdf.PdfReader(folder / "work" / PACK).pages
    longest = max(
        (line for page in pages for line in page.extract_text().splitlines()), key=lambda line: line.count("w")
    )
    assert longest.count("w") < 90
