"""A pack, built and read back: its pages, numbers, contents, bookmarks, links and tags."""

import dataclasses
import hashlib
import subprocess
import sys

import pytest
import typst

from assemblies.papers.pack import child
from assemblies.papers.pack.build import build, prepare
from assemblies.papers.pack.layout import STEPS
from assemblies.papers.pack.parts import Elsewhere, PackItem, Paper, Position
from assemblies.papers.report_text import ReportText, Section
from partnership.files import limits
from partnership.files.child import ENVIRONMENT, ROOT
from partnership.files.pdf import TEMPLATES, fonts
from partnership.refusals import Refusal
from tests import made_pdfs, pdfs
from tests.assemblies.papers.pack import packs


@pytest.fixture(scope="module")
def members(tmp_path_factory):
    """The pack of members: with its closed part."""
    folder = tmp_path_factory.mktemp("members")
    return build(packs.whole(folder), folder)


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    folder = tmp_path_factory.mktemp("public")
    return build(packs.whole(folder).public, folder)


@pytest.fixture(scope="module")
def text_only(tmp_path_factory):
    return build(packs.text_only(), tmp_path_factory.mktemp("text"))


# --- pages and numbers --------------------------------------------------------------------------------------------


def test_pages_are_numbered_through_those_of_uploaded_files_too(members):
    numbers = [*map(str, range(1, 11)), *(f"E{number}" for number in range(1, 6))]
    assert packs.read(members.path).page_labels == numbers
    assert [text.split()[-1] for text in packs.texts(members.path)] == numbers
    assert (members.pages, members.first_page, members.last_page) == (15, 1, 10)
    assert (members.first_closed_page, members.last_closed_page) == (1, 5)


def test_positions_are_where_things_begin(members):
    assert members.positions == {
        "item-1": Position("3", 3),
        "item-3": Position("3", 3),
        "item-2": Position("4", 4),
        "paper-1": Position("4", 4),
        "slides": Position("5", 5),
        "tagged": Position("9", 9),
        "closed-3": Position("E3", 13),
        "paper-2": Position("E3", 13),
        "contract": Position("E4", 14),
    }
    texts = packs.texts(members.path)
    for key, words in {"slides": "File slides", "tagged": "A tagged file", "contract": "The contract"}.items():
        assert words in texts[members.positions[key].sheet - 1]


def test_uploaded_pages_follow_on_sheets_that_lie_as_they_do(members):
    reader, first = packs.read(members.path), members.positions["slides"].sheet
    for number, words in enumerate(("One", "Two", "Three"), first + 1):
        page = reader.pages[number - 1]
        assert words in page.extract_text()
        assert page.mediabox.width > page.mediabox.height
    upright = reader.pages[members.positions["tagged"].sheet]
    assert "Tagged page" in upright.extract_text()
    assert upright.mediabox.width < upright.mediabox.height


def test_public_and_members_packs_agree_on_every_public_page(members, public):
    assert public.last_page == members.last_page == public.pages
    theirs, ours = packs.read(members.path), packs.read(public.path)
    for number in range(1, public.pages + 1):
        page, same = ours.pages[number - 1], theirs.pages[number - 1]
        assert page.extract_text() == same.extract_text()
        assert page.mediabox == same.mediabox
        assert packs.links(ours, number) == packs.links(theirs, number)
    assert all(members.positions[key] == position for key, position in public.positions.items())


def test_nothing_of_the_closed_part_is_in_the_public_pack(members, public):
    marks = ("MARKER-CLOSED", "What the contract costs", "Contract page", "The contract")
    assert all(any(mark in text for text in packs.texts(members.path)) for mark in marks)
    everything = " ".join([*packs.texts(public.path), *packs.bookmarks(packs.read(public.path)), *public.positions])
    assert not any(mark in everything for mark in marks)
    assert "Exempt: paragraph 3" in packs.texts(public.path)[2]


def test_supplement_goes_on_where_the_pack_ended(tmp_path, members):
    released = packs.whole(tmp_path).closed_items
    more = packs.pack(*released, supplement=1, first_page=members.last_page + 1)
    built = build(more, tmp_path)
    assert packs.read(built.path).page_labels[0] == str(members.last_page + 1)
    assert (built.first_page, built.last_page) == (11, 10 + built.pages)
    assert "Supplementary papers 1" in packs.texts(built.path)[0]
    assert (built.first_closed_page, built.last_closed_page) == (1, 0)


def test_closed_papers_alone_begin_where_those_before_ended(tmp_path):
    late = packs.pack(closed_items=packs.whole(tmp_path).closed_items, supplement=1, first_page=12, first_closed_page=6)
    built = build(late, tmp_path)
    assert packs.read(built.path).page_labels[0] == "E6"
    assert (built.last_page, built.last_closed_page) == (11, 5 + built.pages)


def test_poster_and_stamp_fit_on_one_sheet_each(tmp_path):
    sizes = {"poster": (5000, 9000), "stamp": (40, 30), "strip": (14000, 60)}
    files = [packs.attachment(tmp_path, key, key, size=size) for key, size in sizes.items()]
    built = build(packs.pack(PackItem("i", "1", "Pictures", papers=tuple(files))), tmp_path)
    assert built.pages == 3 + 2 * len(files)


# --- what stands on them ------------------------------------------------------------------------------------------


def test_cover_says_what_it_is(text_only):
    cover = packs.texts(text_only.path)[0]
    for words in (
        "Health Board",
        "Agenda and papers",
        "Monday 14 September 2020",
        "Town Hall",
        "Anybody present may film",
    ):
        assert words in cover


def test_what_was_withdrawn_stands_on_the_cover(tmp_path):
    pack = dataclasses.replace(packs.text_only(), notes=("Item 4 was withdrawn on 9 September 2020.",))
    assert "Item 4 was withdrawn on 9 September 2020." in packs.texts(build(pack, tmp_path).path)[0]


def test_report_is_set_with_its_numbers(text_only):
    text = " ".join(packs.texts(text_only.path)[3].split())
    said = (
        "2. Recovery Recovery plan",
        "Author Ann Hill",
        "Key risks and mitigations • one risk • another 1. inside it",
        "Recommendations 1. Agree the plan. 2. Note its risks.",
        "1. Background 1.1 First words, the plan. A heading 1.2 Second words.",
        "2. Next steps When What May Report 2.1 Third words.",
        "Appendices • Slides",
    )
    for words in said:
        assert words in text


def test_contents_name_the_page_of_each_part(members):
    contents = packs.texts(members.path)[1]
    for key, title in {"item-2": "2. Recovery", "paper-1": "Recovery plan", "tagged": "A tagged file"}.items():
        line = next(line for line in contents.splitlines() if line.startswith(title))
        assert line.split()[-1] == members.positions[key].number


def test_agenda_and_contents_lead_to_the_papers(members):
    reader = packs.read(members.path)
    to_papers = [members.positions[key].sheet for key in ("paper-1", "tagged")]
    assert packs.links(reader, 3) == to_papers
    assert set(to_papers) < set(packs.links(reader, 2))
    assert packs.links(reader, 4) == ["https://example.org/plan"]
    assert packs.links(reader, members.positions["slides"].sheet) == [members.positions["slides"].sheet + 2]


def test_link_to_an_appendix_leads_to_its_page_in_the_pack(tmp_path):
    text = "[slide 2](appendix-2-page-2), [the role](appendix-1), [page 9](appendix-1-page-9) and [none](appendix-3)."
    report = ReportText("Linked", {"risks": "[slide 3](appendix-2-page-3)"}, sections=(Section("Background", text),))
    role = packs.attachment(tmp_path, "role", "Role", appendix=1)
    slides = packs.attachment(tmp_path, "slides", "One", "Two", "Three", appendix=2, points=(("slide 2", 2),))
    paper = Paper("p", report, attachments=(slides, role))  # in another order, and one of three is not there
    built = build(packs.pack(PackItem("i", "1", "Item", papers=(paper,))), tmp_path)
    role_begins, slides_begin = (built.positions[key].sheet for key in ("role", "slides"))
    found = packs.links(packs.read(built.path), built.positions["p"].sheet)
    assert sorted(found) == sorted([slides_begin + 3, slides_begin + 2, role_begins])
    assert "none." in packs.texts(built.path)[built.positions["p"].sheet - 1]


def test_file_that_is_no_pdf_is_listed_with_its_address(tmp_path):
    sheet = Elsewhere("sheet", "The figures", "https://example.org/figures", "XLSX, 2 MB", appendix=1)
    report = ReportText("Linked", sections=(Section("Background", "See [the figures](appendix-1-page-2)."),))
    paper = Paper("p", report, attachments=(sheet,))
    item = PackItem("i", "1", "Item", papers=(paper, dataclasses.replace(sheet, key="again")))
    built = build(packs.pack(item), tmp_path)
    sheets = [built.positions[key].sheet for key in ("p", "sheet", "again")]
    assert sheets == [4, 4, 4]
    assert "no pages in this PDF (XLSX, 2 MB). Open it at https://example.org/figures" in " ".join(
        packs.texts(built.path)[3].split()
    )
    assert packs.links(packs.read(built.path), 4) == ["https://example.org/figures"]
    assert built.strict


def test_blocks_of_other_apps_follow_the_sections(tmp_path):
    report = ReportText("With a block", sections=(Section("Background", "Words."),))
    paper = Paper("p", report, parts=(Section("Risks it changes", "- one\n- two"),))
    built = build(packs.pack(PackItem("i", "1", "Item", papers=(paper,))), tmp_path)
    text = " ".join(packs.texts(built.path)[3].split())
    assert "1.1 Words. Risks it changes • one • two" in text


def test_bookmarks_lead_to_every_part(members):
    marks = packs.bookmarks(packs.read(members.path))
    assert marks["Agenda"] == 3
    assert marks["A tagged file"] == members.positions["tagged"].sheet
    assert marks["The contract"] == members.positions["contract"].sheet
    assert {"Agenda and papers", "Contents", "1. Background", "Recommendations", "Closed papers"} <= set(marks)


def test_file_that_may_not_be_accessible_says_who_to_ask(members):
    texts = packs.texts(members.path)
    assert (
        "may not be accessible. If you cannot read it, ask papers@example.org."
        in (texts[members.positions["slides"].sheet - 1])
    )
    assert "With a screen reader, open the file itself" in texts[members.positions["tagged"].sheet - 1]


# --- for every reader ---------------------------------------------------------------------------------------------


def test_pack_of_our_own_words_keeps_to_the_standard(text_only, members):
    assert text_only.strict
    assert pdfs.meant_for_every_reader(text_only.path.read_bytes())
    assert not members.strict


def test_pack_is_tagged_with_uploaded_pages_too(members):
    reader = packs.read(members.path)
    found = packs.tags(reader)
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Link", "/TOC", "/TOCI", "/Em"} <= set(
        found
    )
    assert packs.alternatives(reader) == [
        *(f"File slides, page {number} of 3" for number in (1, 2, 3)),
        "A tagged file, page 1 of 1",
        "The contract, page 1 of 1",
    ]


HOSTILE = '#set page(fill: red) #image("/etc/passwd") $x^2$ <first-part> @begins \\ // * _ ` ] } #pagebreak() #panic()'


def test_markup_of_typst_is_printed_as_it_was_typed(tmp_path):
    report = ReportText(HOSTILE, {"author": HOSTILE}, (HOSTILE,), (Section(HOSTILE, f"{HOSTILE}\n\n- {HOSTILE}"),))
    item = PackItem("i", "#1", HOSTILE, HOSTILE, HOSTILE, papers=(Paper("p", report, HOSTILE),))
    pack = packs.pack(
        item, board=HOSTILE, meeting=HOSTILE, day=HOSTILE, place=HOSTILE, contact=HOSTILE, notes=(HOSTILE,)
    )
    built = build(pack, tmp_path)
    text = "".join(packs.texts(built.path))
    assert text.count("#panic()") >= 10
    assert text.count("/etc/passwd") >= 10
    assert built.strict


@pytest.mark.parametrize(
    ("typed", "shown"), [("Ann 王小明 สมชาย", "王小明"), ("Old \U00010380 letter", "Old � letter")]
)
def test_every_script_prints_beside_uploaded_pages(tmp_path, typed, shown):
    report = ReportText("Names", sections=(Section("Who", typed),))
    file = packs.attachment(tmp_path, "f", "Page")
    built = build(packs.pack(PackItem("i", "1", "Names", papers=(Paper("p", report, attachments=(file,)),))), tmp_path)
    assert shown in "".join(packs.texts(built.path)).replace("\u200b", "")


def test_our_fonts_have_the_letters_that_are_not_tried_first():
    letters = "".join(chr(each) for each in range(0x20, 0x3000) if child.SURE.fullmatch(chr(each)))
    assert {"é", "Ł", "’", "–", "•", "€"} <= set(letters)
    assert not {"王", "\u0e2a", "\U00010380", "\U0001f600"} & set(letters)
    source = b'#import "/print/scripts.typ": every-script\n#show: every-script\n#set document(title: "Letters")\n'
    source += b"#par(sys.inputs.letters)\n#par(strong(sys.inputs.letters))"  # PDF/UA-1 refuses what no font has
    made = typst.compile(
        source, root=TEMPLATES, font_paths=fonts(), sys_inputs={"letters": letters}, pdf_standards="ua-1"
    )
    assert pdfs.meant_for_every_reader(made)


# --- made once, in bounds -----------------------------------------------------------------------------------------


def test_same_content_makes_the_same_bytes(tmp_path, members):
    (tmp_path / "again").mkdir()
    again = build(packs.whole(tmp_path), tmp_path / "again")
    assert (again.key, again.sha256) == (members.key, members.sha256)
    assert hashlib.sha256(again.path.read_bytes()).hexdigest() == again.sha256


def test_each_step_is_told_when_it_is_done(tmp_path):
    steps = []
    prepared = prepare(packs.whole(tmp_path))
    built = build(prepared, tmp_path, progress=lambda done, of, words: steps.append((done, of, words)))
    assert steps == [(number, 3, words) for number, words in enumerate(STEPS, 1)]
    assert built.path == tmp_path / f"{prepared.key}.pdf"


def test_key_changes_with_everything_that_is_printed(tmp_path):
    pack = packs.whole(tmp_path)
    others = [
        pack.public,
        dataclasses.replace(pack, first_page=2),
        dataclasses.replace(pack, notes=("Withdrawn",)),
        dataclasses.replace(pack, items=pack.items[:2]),
    ]
    keys = {prepare(each).key for each in (pack, *others)}
    pack.attachments[0].path.write_bytes(made_pdfs.words("Other", "Two", "Three", size=(842, 595)))
    assert len(keys | {prepare(pack).key}) == len(others) + 2


def test_key_is_the_same_where_the_fingerprint_of_a_file_is_known(tmp_path):
    file = packs.attachment(tmp_path, "f", "Page")
    known = dataclasses.replace(file, sha256=hashlib.sha256(file.path.read_bytes()).hexdigest())
    found = {prepare(packs.pack(PackItem("i", "1", "One", papers=(each,)))).key for each in (file, known)}
    assert len(found) == 1


def test_two_parts_with_one_key_are_an_error():
    with pytest.raises(ValueError, match="one key: i"):
        prepare(packs.pack(PackItem("i", "1", "One"), PackItem("i", "2", "Two")))
    files = (Elsewhere("f", "One", "https://example.org/1"), Elsewhere("f", "Two", "https://example.org/2"))
    with pytest.raises(ValueError, match="one key: f"):
        prepare(packs.pack(PackItem("i", "1", "One", papers=files)))


def test_nothing_is_left_behind_when_a_pack_cannot_be_made(tmp_path, caplog):
    file = packs.attachment(tmp_path, "f", "Page")
    file.path.write_bytes(b"no PDF, and MARKER-WORDS")
    folder = tmp_path / "packs"
    folder.mkdir()
    with pytest.raises(Refusal, match="could not make this pack"):
        build(packs.pack(PackItem("i", "1", "One", papers=(file,))), folder)
    assert list(folder.iterdir()) == []
    assert "The child that makes packs ended early: 1 typst.TypstError" in caplog.text
    assert "MARKER" not in caplog.text


def test_child_limits_itself_and_loads_no_django():
    code = (
        "import resource, sys; from assemblies.papers.pack import child; child.make = lambda *them: {};"
        "child.main('.'); print([resource.getrlimit(each)[0] for each in (resource.RLIMIT_CPU, resource.RLIMIT_AS)],"
        "'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True, text=True
    )
    assert done.stdout.splitlines()[-1] == f"[{child.MOST_CPU_SECONDS}, {child.MOST_MEMORY}] False"
    assert child.MOST_MEMORY > 400 * limits.MEGABYTE


def test_process_that_asks_for_a_pack_loads_nothing_that_makes_it():
    code = (
        "import sys, assemblies.papers.pack.build, partnership.files.safely;"
        "sys.exit(bool({'typst', 'pikepdf', 'django'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
