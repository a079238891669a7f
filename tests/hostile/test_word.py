"""Word documents made to break whoever opens them: each is read or gets a sentence, in bounded time and memory.

They are read as uploads are, in the child process of `partnership.files.safely`.
"""

import resource
import socket
import zipfile
from io import BytesIO

import pytest

from assemblies.papers.word import receiving
from partnership.files.limits import MEGABYTE
from partnership.refusals import Refusal
from tests.assemblies.papers.word.documents import asked, changed, document, finance, noted, paragraph, run, table
from tests.hostile.test_files import ENTITIES, seconds_of_readers

MOST_CPU_SECONDS = 10  # a reader is stopped after 15; nothing here should need it
DAMAGED, TOO_LONG, TOO_DEEP = "damaged", "too long for a cover report", "copy its text into a new document"
UNPACKS = "unpacks to more than we can read"
ATTRIBUTES = "<w:a " + " ".join(f"a{n}=''" for n in range(20_000)) + "/>"
BEGIN, SEPARATE = (f"<w:fldChar w:fldCharType='{kind}'/>" for kind in ("begin", "separate"))
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def in_document(old: str, new: str) -> bytes:
    return changed(document(), lambda name, part: part.replace(old, new, 1) if name == "word/document.xml" else part)


def before_root(text: bytes, name: str = "word/document.xml") -> bytes:
    def put(part: str, said: str) -> str | bytes:
        head, mark, rest = said.partition("?>")
        return f"{head}{mark}".encode() + text + rest.encode() if part == name else said

    return changed(document(), put)


def related(kind: str, target: str, mode: str = "External") -> bytes:
    link = f'<Relationship Id="bad" Type="{KINDS}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return changed(document(), lambda name, part: part.replace("</Relationships>", link))


def read_or_refused(data: bytes) -> tuple[receiving.Read | None, str]:
    """What was read and what was refused; fails where it takes long or grows this process."""
    began, before = seconds_of_readers(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        found, said = receiving.read(data), ""
    except Refusal as refusal:
        found, said = None, refusal.message
    assert seconds_of_readers() - began < MOST_CPU_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024
    return found, said


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"])
@pytest.mark.parametrize("before", [0, 300_000])
def test_document_type_is_refused_in_every_part_however_late(name, before):
    comment = b"<!--" + b" " * before + b"-->"
    assert DAMAGED in read_or_refused(before_root(comment + ENTITIES, name))[1]
    assert DAMAGED in read_or_refused(before_root(comment + b'<!DOCTYPE x SYSTEM "file:///etc/passwd">', name))[1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: document("<w:p/>" * 150_000), ""),
        (lambda: document(paragraph(run("Costs.")) * 100_000), TOO_LONG),
        (lambda: document(paragraph(run("Costs.")) * 30_000), ""),
        (lambda: document(paragraph(run("x") * 1_000_000)), UNPACKS),
        (lambda: document(paragraph("".join(run(f"{n:x}") for n in range(150_000)))), TOO_LONG),
        (lambda: document(paragraph(run("x", "<w:b/>") + run("x")) * 15_000), ""),
        (lambda: document(paragraph(run("x " * 200_000))), ""),
        (lambda: document(paragraph(run("x" * 2_000_000))), TOO_LONG),
        (lambda: document(paragraph(run("*_`[" * 100_000))), ""),
        (lambda: document(paragraph(run("\u0301" * 400_000))), ""),
        (lambda: document("<w:sdt><w:sdtContent>" * 300 + "</w:sdtContent></w:sdt>" * 300), TOO_DEEP),
        (lambda: document("<w:x>" * 300_000 + "</w:x>" * 300_000), TOO_DEEP),
        (lambda: document(paragraph(run("x", "<w:u w:val='single'/>")) * 25_000), ""),
        (lambda: document(section=table(*[(paragraph(run("x")),) * 60] * 500)), ""),
        (lambda: document(section=table((f"<w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{paragraph(run('x'))}",) * 999)), ""),
        (lambda: document(paragraph(f"<w:ins>{run('x')}</w:ins>") * 20_000), ""),
        (lambda: document(paragraph(run("x"), "<w:rPr><w:del/></w:rPr>") * 30_000), ""),
        (lambda: document(paragraph(f"<w:r>{BEGIN}<w:instrText>x</w:instrText></w:r>" * 20_000)), TOO_DEEP),
        (lambda: document(paragraph(f"<w:r>{BEGIN}{SEPARATE}<w:t>x</w:t></w:r>") * 20_000), TOO_DEEP),
        (lambda: document(paragraph(run("y", ATTRIBUTES))), ""),
        (lambda: document(f"<w:p><!--{'<w:p>' * 2_000_000}--></w:p>"), ""),
    ],
    ids=["empty paragraphs", "100,000 paragraphs", "paragraphs", "a million runs", "runs", "bold runs", "words", "one word",
         "marks", "accents", "deep", "deeper", "looks", "wide table", "spans", "insertions", "joined", "open fields",
         "shown fields", "attributes", "comment"],
)  # fmt: skip
def test_document_made_to_take_long_does_not(data, said):
    found, refused = read_or_refused(data())
    assert said in refused
    assert (found is None) == bool(said)


def styles(count: int) -> str:
    """Styles that are each based on the next, and the last on the first."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % count}"/></w:style>'
        for n in range(count)
    )


def test_styles_that_lead_in_a_ring_end():
    data = document(paragraph(run("Costs"), '<w:pStyle w:val="s0"/>'))
    data = changed(data, lambda name, part: part.replace("</w:styles>", f"{styles(5)}</w:styles>"))
    found, refused = read_or_refused(data)
    assert found, refused
    assert finance(found) == "Costs"


def test_list_that_is_linked_to_itself_ends():
    ring = '<w:style w:styleId="r"><w:pPr><w:numPr><w:numId w:val="88"/></w:numPr></w:pPr></w:style></w:styles>'
    kind = ('<w:abstractNum w:abstractNumId="88"><w:numStyleLink w:val="r"/></w:abstractNum><w:num w:numId="88">'
            '<w:abstractNumId w:val="88"/></w:num></w:numbering>')  # fmt: skip
    data = document(paragraph(run("Costs"), '<w:numPr><w:numId w:val="88"/></w:numPr>'))
    data = changed(data, lambda name, part: part.replace("</w:styles>", ring).replace("</w:numbering>", kind))
    found, refused = read_or_refused(data)
    assert found, refused
    assert finance(found) == "1. Costs"


@pytest.mark.parametrize("size", [35, 45])
def test_part_that_unpacks_beyond_measure_is_refused(size):
    bomb = in_document("<w:body>", f"<w:body>{' ' * size * MEGABYTE}")
    assert read_or_refused(bomb)[1]


def test_many_notes_are_cut():
    links = (f'<w:hyperlink w:anchor="a"><w:r><w:t>x{n}</w:t></w:r></w:hyperlink>' for n in range(5_000))
    found, refused = read_or_refused(document("".join(map(paragraph, links))))
    assert found, refused
    assert len(found.notes) == 201
    assert found.notes[-1].words == "We found 4,800 more things like these."


def test_words_of_notes_are_short():
    found, _ = read_or_refused(document(paragraph(run("word " * 10_000, "<w:strike/>"))))
    assert found
    assert max(len(note.words) for note in found.notes) < 300


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "styles", "header", "subDocument", "oleObject"])
def test_what_a_document_points_to_is_never_fetched(kind):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        found, refused = read_or_refused(related(kind, f"http://127.0.0.1:{server.getsockname()[1]}/x"))
        with pytest.raises(BlockingIOError):  # nobody has called
            server.accept()
    assert found, refused
    assert noted(found) == asked(found) == ""


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "../../var/x", "..%2f..%2fx", "word/../../../x", ""]
)
def test_path_that_leaves_the_archive_leads_nowhere(target):
    found, refused = read_or_refused(related("header", target, "Internal"))
    assert found, refused
    assert noted(found) == asked(found) == ""


def test_names_in_the_archive_touch_no_disk(tmp_path):
    data = changed(
        document(),
        lambda name, part: part,
        **{f"../../../../../..{tmp_path}/written.xml": b"<w/>", "/abs.xml": b"<w/>"},
    )
    assert read_or_refused(data)[0]
    assert list(tmp_path.iterdir()) == []


def test_part_that_is_there_twice_is_refused():
    out = BytesIO(document())
    with zipfile.ZipFile(out) as archive:
        other = archive.read("word/document.xml")
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", other)
    assert DAMAGED in read_or_refused(out.getvalue())[1]


def test_script_and_markup_in_every_text_stay_text():
    attack = "&lt;script&gt;alert(1)&lt;/script&gt; **x** [y](javascript:alert(1))"
    found, refused = read_or_refused(document(paragraph(run(attack)), paragraph(run(attack))))
    assert found, refused
    assert finance(found) == r"\<script>alert(1)\</script> \*\*x\*\* \[y\](javascript:alert(1))"
    assert found.text.sections[0].text == finance(found)


def test_reading_goes_on_after_a_reader_was_killed():
    assert read_or_refused(before_root(ENTITIES))[1]
    assert read_or_refused(document(paragraph(run("Costs"))))[0]
