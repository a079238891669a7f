"""What a document holds beside its plain text is asked about, and never taken in silence."""

import pytest

from tests.assemblies.papers.word.documents import asked, changed, document, finance, noted, paragraph, read, run, table

BY = 'w:id="1" w:author="Ann Hill" w:date="2020-09-03T10:00:00Z"'
INS, DEL = f"<w:ins {BY}>", f"<w:del {BY}>"
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><wp:docPr id='1' name='Box'/><a:graphic>"
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
    "<w:txbxContent><w:p><w:r><w:t>Not for the press</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData>"
    "</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>"
    "<w:t>Not for the press</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_tracked_words_have_both_readings_and_are_asked_about():
    deleted = f"{DEL}<w:r><w:delText>two</w:delText></w:r></w:del>"
    found = read(document(paragraph(f"{run('It costs ')}{INS}{run('three')}</w:ins>{deleted}{run(' million.')}")))
    assert finance(found) == "It costs three million."
    assert found.without_changes.fields["finance"] == "It costs two million."
    assert "tracked change, Financial impact: Ann Hill, on 3 September 2020, inserted “three”." in asked(found)
    assert "deleted “two”" in asked(found)
    assert found.has_tracked_changes


def test_words_inserted_and_deleted_again_are_in_neither_reading():
    both = f"{INS}{DEL}<w:r><w:delText>gone</w:delText></w:r></w:del></w:ins>"
    found = read(document(paragraph(f"{run('Stays')}{both}")))
    assert finance(found) == found.without_changes.fields["finance"] == "Stays"
    assert asked(found).count("gone") == 2


def test_moved_words_stand_in_one_place_of_each_reading():
    moved = f"<w:moveFrom {BY}>{run('Moved.')}</w:moveFrom>"
    to = f"<w:moveTo {BY}>{run('Moved.')}</w:moveTo>"
    found = read(document(paragraph(moved) + paragraph(run("Here.")) + paragraph(to)))
    assert finance(found) == "Here.\n\nMoved."
    assert found.without_changes.fields["finance"] == "Moved.\n\nHere."


@pytest.mark.parametrize(
    ("mark", "accepted", "rejected"), [("ins", "One\n\nTwo", "OneTwo"), ("del", "OneTwo", "One\n\nTwo")]
)
def test_tracked_end_of_a_paragraph_is_asked_about(mark, accepted, rejected):
    found = read(document(paragraph(run("One"), f"<w:rPr><w:{mark} {BY}/></w:rPr>") + paragraph(run("Two"))))
    assert (finance(found), found.without_changes.fields["finance"]) == (accepted, rejected)
    assert "tracked change, Financial impact" in asked(found)


def test_tracked_row_of_a_table_is_asked_about():
    rows = table((paragraph(run("a")),), (paragraph(run("b")),), (paragraph(run("c")),))
    rows = rows.replace(
        '<w:tr><w:tc><w:p><w:r><w:t xml:space="preserve">b',
        f"<w:tr><w:trPr>{INS}</w:ins></w:trPr><w:tc><w:p><w:r><w:t>b",
    )
    found = read(document(section=rows))
    assert found.text.sections[0].text == "| a |\n| --- |\n| b |\n| c |"
    assert found.without_changes.sections[0].text == "| a |\n| --- |\n| c |"
    assert "inserted the row “b”" in asked(found)


def test_whole_section_that_was_inserted_is_in_one_reading_only():
    heading = paragraph(f"{INS}{run('Extra')}</w:ins>", f'<w:pStyle w:val="Heading1"/><w:rPr>{INS}</w:ins></w:rPr>')
    inserted = paragraph(f"{INS}{run('More.')}</w:ins>", f"<w:rPr>{INS}</w:ins></w:rPr>")
    found = read(document(section=paragraph(run("First.")) + heading + inserted))
    assert [each.title for each in found.text.sections] == ["Background", "Extra"]
    assert [each.title for each in found.without_changes.sections] == ["Background"]
    assert found.without_changes.sections[0].text == "First."


def test_last_words_of_a_section_stay_though_their_end_is_deleted():
    found = read(document(section=paragraph(run("Last."), f"<w:rPr><w:del {BY}/></w:rPr>")))
    assert found.text.sections[0].text == found.without_changes.sections[0].text == "Last."


def test_tracked_look_is_noted():
    look = f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>"
    found = read(document(paragraph(run("Costs", look))))
    assert finance(found) == "**Costs**"
    assert "The look of “Costs” is a tracked change" in noted(found)


def test_comments_are_asked_about_where_they_stand():
    comments = f"<w:comment {BY.replace('1', '7', 1)}><w:p>{run('Is this right?')}</w:p></w:comment>"
    comments += f'<w:comment w:id="8"><w:p>{run("Lost")}</w:p></w:comment>'
    found = read(document(paragraph(run("Costs") + '<w:r><w:commentReference w:id="7"/></w:r>'), comments=comments))
    assert finance(found) == "Costs"
    assert "comment, Financial impact: Ann Hill, on 3 September 2020, commented “Is this right?”." in asked(found)
    assert "comment, The document: A comment says “Lost”." in asked(found)


@pytest.mark.parametrize("look", ["<w:vanish/>", '<w:rStyle w:val="Secret"/>', '<w:vanish w:val="true"/>'])
def test_hidden_text_is_asked_about_and_not_read(look):
    data = document(paragraph(run("Seen ") + run("and not seen", look)))

    secret = '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    found = read(
        changed(data, lambda name, part: part.replace("</w:styles>", secret) if name.endswith("styles.xml") else part)
    )
    assert finance(found) == "Seen"
    assert "hidden text, Financial impact: Hidden text: “and not seen”. It was not read." in asked(found)


def test_text_that_is_not_hidden_after_all_is_read():
    found = read(document(paragraph(run("Seen", '<w:vanish w:val="0"/>'))))
    assert (finance(found), found.questions) == ("Seen", ())


def test_text_box_is_asked_about_once():
    found = read(document(paragraph(run("Costs") + BOX)))
    assert finance(found) == "Costs"
    assert asked(found) == "text box, Financial impact: A text box says “Not for the press”. It was not read."
    assert noted(found) == ""


def test_of_alternatives_the_one_that_word_shows_is_read():
    other = BOX.replace('Requires="wps"', 'Requires="unheard"').replace("Not for the press", "Fallback", 1)
    assert "Not for the press" in asked(read(document(paragraph(other))))


@pytest.mark.parametrize(
    ("kind", "xml"),
    [
        ("header", paragraph(run("EXEMPT: paragraph 3"))),
        ("footer", paragraph(run("Strictly ") + run("confi") + run("dential"))),
        ("header", paragraph(run("Private session"))),
        ("header", '<w:p><w:r><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r></w:p>'),
        ("header", paragraph(run("Not for  publication"))),
        ("header", paragraph(run("Item 9_EXEMPT_"))),
        ("footer", paragraph(run("Part 2, in confidence"))),
    ],
)
def test_marking_in_the_margin_is_asked_about(kind, xml):
    found = read(document(**{kind: xml}))
    assert asked(found).startswith(f"marking, Page {kind}: The page {kind} says “")
    assert "Check the classification" in asked(found)


def test_other_words_in_the_margin_are_noted():
    found = read(document(header=paragraph(run("Partnership Southwark")), footer=paragraph()))
    assert found.questions == ()
    assert noted(found) == "Page header: The page header says “Partnership Southwark”."
