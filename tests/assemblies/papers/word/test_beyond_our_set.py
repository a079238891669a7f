"""What Word holds beyond the portal's own set is listed, with the place where it stands."""

import pytest

from tests.assemblies.papers.word.documents import changed, document, finance, noted, paragraph, read, run, table

PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="A map of the borough"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic></wp:inline></w:drawing></w:r>'
)


def cell(words: str, properties: str = "") -> str:
    return f"{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{paragraph(run(words))}"


def field(does: str, shows: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{does}</w:instrText></w:r>{separate}{shows}{end}"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (PICTURE, "A picture, described as “A map of the borough”."),
        (PICTURE.replace("2006/picture", "2006/chart"), "A chart, described as"),
        (PICTURE.replace("2006/picture", "2006/diagram"), "A diagram, described as"),
        ("<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>", "A picture."),
        ("<w:r><w:object/></w:r>", "An embedded object."),
        ("<m:oMath><m:r><m:t>E=mc2</m:t></m:r></m:oMath>", "An equation: “E=mc2”."),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "A footnote: “See the accounts.”."),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "A symbol of the font “Wingdings”."),
        ('<w:hyperlink w:anchor="later"><w:r><w:t>below</w:t></w:r></w:hyperlink>', "another place of the document: “below”"),
        (run("x", '<w:u w:val="single"/>'), "We did not keep underlining: “x”."),
        (run("x", "<w:strike/>"), "strikethrough"),
        (run("2", '<w:vertAlign w:val="subscript"/>'), "raised or lowered letters: “2”"),
        (run("x", '<w:highlight w:val="yellow"/>'), "highlighting"),
        (run("x", '<w:color w:val="FF0000"/>'), "coloured text"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>", "We could not read this: “above”."),
        ("<w:unheardOf><w:r><w:t>new thing</w:t></w:r></w:unheardOf>", "We could not read this: “new thing”."),
    ],
    ids=["picture", "chart", "diagram", "old picture", "object", "equation", "footnote", "symbol", "inner link", "underline",
         "strike", "subscript", "highlight", "colour", "ruby", "unknown"],
)  # fmt: skip
def test_thing_beyond_our_set_is_listed_where_it_stands(inside, said):
    footnotes = f'<w:footnote w:id="2">{paragraph(run("See the accounts."))}</w:footnote>'
    found = read(document(paragraph(run("Costs ") + inside), footnotes=footnotes))
    assert finance(found).startswith("Costs")
    assert [note.where for note in found.notes] == ["Financial impact"]
    assert said in noted(found)
    assert found.questions == ()


@pytest.mark.parametrize(
    "look", ['<w:u w:val="none"/>', '<w:color w:val="auto"/>', '<w:strike w:val="0"/>', "<w:sz w:val='40'/>"]
)
def test_look_that_says_nothing_is_not_listed(look):
    assert noted(read(document(paragraph(run("x", look))))) == ""


def test_many_words_of_one_look_are_one_note():
    words = "".join(run(f"w{n} ", "<w:strike/>") for n in range(9))
    assert noted(read(document(paragraph(words)))) == (
        "Financial impact: We did not keep strikethrough: “w0”, “w1”, “w2” and 6 more."
    )


def test_look_of_a_link_is_not_listed():
    look = '<w:color w:val="0000FF"/><w:u w:val="single"/>'
    link = f"<w:fldSimple w:instr='HYPERLINK \"https://x.org\"'>{run('site', look)}</w:fldSimple>"
    assert noted(read(document(paragraph(link)))) == ""


def test_embedded_document_and_table_of_contents_are_listed():
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run('Background 1'))}</w:sdtContent></w:sdt>"
    )
    found = read(document(section=f"{contents}<w:altChunk/>{paragraph(run('Words.'))}"))
    assert found.text.sections[0].text == "Words."
    assert noted(found) == (
        "Section 1, Background: A table of contents: the portal makes its own.\n"
        "Section 1, Background: Another document that is embedded in this one."
    )


def test_table_in_a_table_is_one_cell_and_listed():
    inner = table((cell("in"), cell("side")), (cell("and"), cell("more")))
    found = read(document(section=table((cell("a"), cell("b")), (inner + paragraph(), cell("c")))))
    assert found.text.sections[0].text == "| a | b |\n| --- | --- |\n| in side and more | c |"
    assert "A table inside a table: “in side and more”" in noted(found)


def test_merged_cells_keep_their_words_and_are_listed():
    rows = table(
        (cell("wide", '<w:gridSpan w:val="2"/>'),),
        (cell("tall", '<w:vMerge w:val="restart"/>'), cell("x")),
        (cell("", "<w:vMerge/>"), cell("y")),
    )
    found = read(document(section=rows))
    assert found.text.sections[0].text == "| wide |  |\n| --- | --- |\n| tall | x |\n|  | y |"
    assert "Merged cells in a table, near “wide”" in noted(found)
    assert "near “tall”" in noted(found)


def test_paragraphs_in_a_cell_become_one_line_and_are_listed():
    found = read(document(section=table((cell("a") + cell("b"),))))
    assert found.text.sections[0].text == "| a b |\n| --- |"
    assert "Paragraphs, a list or a heading in a cell of a table, near “a”" in noted(found)


def test_content_controls_are_read_through():
    box = '<w:sdt><w:sdtPr><w:alias w:val="Cost"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    hint = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Choose an item')}</w:sdtContent></w:sdt>"
    rows = (
        table((cell("a"),))
        .replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>")
        .replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>")
    )
    found = read(document(box.format(paragraph(run("It ") + box.format(run("costs")) + hint)), box.format(rows)))
    assert finance(found) == "It costs"
    assert found.text.sections[0].text == "| a |\n| --- |"
    assert (found.notes, found.questions) == ((), ())


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<w:fldSimple w:instr=\'HYPERLINK "https://x.org"\'><w:r><w:t>site</w:t></w:r></w:fldSimple>', "[site](https://x.org)"),
        (field(' HYPERLINK "https://x.org" ', run("site")) + run("."), "[site](https://x.org)."),
        (field("DATE", run("3 May")), "3 May"),
        ('<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type="page"/><w:noBreakHyphen/></w:r>', "a b\nc ‑"),
        ('<w:hyperlink w:anchor="appendix_1_page_22"><w:r><w:t>here</w:t></w:r></w:hyperlink>', "[here](appendix-1-page-22)"),
        (field(' HYPERLINK \\l "appendix_2" ', run("there")), "[there](appendix-2)"),
        (field(' HYPERLINK "Appendix-1" ', run("there")), "[there](appendix-1)"),
        (field(' HYPERLINK "https://x.org/a" \\l "part" ', run("there")), "[there](https://x.org/a#part)"),
        ("<w:smartTag><w:r><w:t>London</w:t></w:r></w:smartTag>", "London"),
        ('<w:r><w:rPr><w:rStyle w:val="Bold"/></w:rPr><w:t>b</w:t></w:r>', "**b**"),
    ],
    ids=["simple field", "field", "date", "breaks", "appendix", "field of an appendix", "typed appendix", "part of a page",
         "smart tag", "style"],
)  # fmt: skip
def test_words_of_fields_and_breaks_are_read(xml, text):
    style = '<w:style w:type="character" w:styleId="Bold"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    data = changed(document(paragraph(xml)), lambda name, part: part.replace("</w:styles>", style))
    found = read(data)
    assert finance(found) == text
    assert (found.notes, found.questions) == ((), ())


def test_field_that_never_ends_hides_nothing():
    begins = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>swallowed</w:t></w:r>'
    found = read(document(paragraph(begins) + paragraph(run("Costs"))))
    assert finance(found) == "Costs"
    assert "swallowed" in found.questions[0].words


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\share"])
def test_link_that_leads_nowhere_good_is_listed(target):
    found = read(linked(target))
    assert finance(found) == "click"
    assert "A link that does not lead to the web, an email or an appendix" in noted(found)


def test_part_of_a_page_stays_in_its_address():
    """Word keeps what follows the # apart."""
    assert finance(read(linked("https://x.org/a", ' w:anchor="part"'))) == "[click](https://x.org/a#part)"
    assert finance(read(linked("https://x.org/a#b", ' w:anchor="part"'))) == "[click](https://x.org/a#b)"


def linked(target: str, more: str = "") -> bytes:
    data = document(paragraph(f'<w:hyperlink r:id="link"{more}><w:r><w:t>click</w:t></w:r></w:hyperlink>'))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    link = f'<Relationship Id="link" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    spaces = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    return changed(
        data,
        lambda name, part: part.replace("</Relationships>", link).replace(
            "<w:document ", f"<w:document {'' if 'xmlns:r=' in part else spaces}"
        ),
    )


def test_lists_of_three_levels_and_deep_headings_are_listed():
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="3"/></w:numPr>'
    lines = (
        paragraph(run("one"), item.format(0))
        + paragraph(run("two"), item.format(1))
        + paragraph(run("three"), item.format(2))
    )
    headings = "".join(
        paragraph(run(said), f'<w:outlineLvl w:val="{level}"/>') for said, level in (("Top", 1), ("Deep", 4))
    )
    found = read(document(lines, headings))
    assert finance(found) == "- one\n  - two\n  1. three"
    assert found.text.sections[0].text == "### Top\n\n#### Deep"
    assert "lists of 2 levels: “three”" in noted(found)
    assert "headings of 2 levels: “Deep”" in noted(found)


def test_numbers_that_go_on_after_other_words_are_listed():
    item = '<w:pStyle w:val="ListNumber"/>'
    found = read(document(paragraph(run("a"), item) + paragraph(run("then")) + paragraph(run("b"), item)))
    assert finance(found) == "1. a\n\nthen\n\n1. b"
    assert "A numbered list that goes on at “b”" in noted(found)
