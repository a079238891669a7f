import time
from html import unescape

import pytest
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblies.papers import markdown
from assemblies.papers.blocks import (
    AppendixLink,
    Entry,
    Heading,
    Item,
    List,
    Paragraph,
    Run,
    Table,
    address,
    appendix,
    clean,
    listed,
    words,
)
from assemblies.papers.outside import beyond
from assemblies.papers.report_html import html
from assemblies.papers.report_text import ReportText, Section
from tests.assemblies.papers.word.reports import blocks, text


def squeezed(said: str) -> str:
    return "".join(said.split())


@settings(max_examples=60)
@given(blocks)
def test_blocks_printed_and_read_are_the_same(tree):
    assert markdown.parse(markdown.to_markdown(tree)) == tree


@settings(max_examples=60)
@given(blocks)
def test_page_shows_what_the_blocks_say(tree):
    assert squeezed(unescape(strip_tags(html(markdown.to_markdown(tree))))) == squeezed(words(tree))


@settings(max_examples=60)
@given(st.lists(text, max_size=6).map("\n".join))
def test_canonical_text_stays_as_it_is(typed):
    once = markdown.canonical(typed)
    assert markdown.canonical(once) == once


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("**Mitigation:** agree\nthe _plan_.", "**Mitigation:** agree\nthe _plan_."),
        ("a **b **c", r"a \*\*b \*\*c"),
        ("*see* __this__", "_see_ **this**"),
        ("* a\n* b\n\n  more\n    1) c\n       - d\n- e", "- a\n- b\n  more\n  1. c\n  - d\n- e"),
        ("# One\n\nTwo\n===\n#### Three", "### One\n\nTwo\n\\===\n\n#### Three"),
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        ("[a](javascript:alert) ![b](https://x.org/y.png) <https://z.org>",
         "a [b](https://x.org/y.png) [https://z.org](https://z.org)"),
        ("| a | b |\n|---|:-:|\n| 1 \\| 2 |", "| a | b |\n| --- | --- |\n| 1 \\| 2 |  |"),
        ("1986. A year\n\n2. Two", "1. A year\n2. Two"),
        ("> said\n\n    code", "\\> said\n\ncode"),
        ("- " * 30 + "words", "- words"),
        ("100% of a_b & 3 - 4 + 5 #6", "100% of a_b & 3 - 4 + 5 #6"),
    ],
)  # fmt: skip
def test_typed_text_is_printed_in_one_way(typed, said):
    assert markdown.canonical(typed) == said


def test_letter_too_close_to_a_mark_is_kept():
    runs = (Run("see"), Run("(this)", bold=True), Run("now"), Run("here", italic=True))
    printed = markdown.to_markdown([Paragraph(runs)])
    assert markdown.parse(printed) == (Paragraph(runs),)
    assert "<strong>(this)</strong>now<em>here</em>" in html(printed)


def test_tree_has_blocks_of_each_kind():
    assert markdown.parse("## H\n\np\n\n- a\n  1. b\n\n| t |\n|---|\n| u |") == (
        Heading(1, (Run("H"),)),
        Paragraph((Run("p"),)),
        Item(1, False, (Run("a"),)),
        Item(2, True, (Run("b"),)),
        Table((((Run("t"),),), ((Run("u"),),))),
    )


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("HTTPS://x.org/a b", "HTTPS://x.org/a%20b"),
        ("mailto:a@x.org", "mailto:a@x.org"),
        ("javascript:alert(1)", ""),
        ("Appendix-01-page-22 ", "appendix-1-page-22"),
        ("appendix-3-page-0", "appendix-3"),
        ("appendix-", ""),
        ("appendix-2/../x", ""),
        ("appendix-" + "9" * 5000, ""),
        ("https://" + "x" * 2000, ""),
        ("file:///etc/passwd", ""),
        ("//x.org", ""),
        ("https://", ""),
        ("java\nscript:x", ""),
    ],
)
def test_only_links_that_lead_somewhere_are_kept(link, kept):
    assert address(link) == kept == address(kept)


def test_link_to_an_appendix_is_known_by_its_number_and_page():
    assert appendix("appendix-1") == AppendixLink(1)
    assert appendix("appendix-2-page-22") == AppendixLink(2, 22)
    assert appendix("https://x.org/appendix-1") is None


def test_links_to_appendices_are_found_wherever_they_stand():
    text = ReportText(
        "A",
        {"risks": "[a](appendix-2)"},
        ("- [b](appendix-3-page-1)",),
        (Section("S", "[c](appendix-1)"), Section("T", "| a |\n| --- |\n| [d](appendix-4) |")),
    )
    assert markdown.appendix_links(text) == {AppendixLink(2), AppendixLink(3, 1), AppendixLink(1), AppendixLink(4)}


def test_headings_skip_no_level():
    found = markdown.parse("##### a\n\n# b\n\n###### c\n\n### d\n\n#### e\n\n#### f")
    assert [block.level for block in found] == [1, 1, 2, 1, 2, 2]
    assert [block.level for block in markdown.parse("#### a\n\n#### b")] == [1, 1]


@pytest.mark.parametrize(
    "typed",
    [
        "![" * 10_000,
        "![" + "_" * 38,
        "![" + "a\n" * 99,
        "[" * 9_990 + "a" + "]" * 9_990 + "(x)",
        "a\u0301\u0323" * 6_000,
    ],
)
def test_text_made_to_take_long_does_not(typed):
    began = time.process_time()
    markdown.canonical((typed * (20_000 // len(typed) + 1))[:20_000])
    assert time.process_time() - began < 1.5


def test_link_behind_many_open_brackets_is_a_link():
    (block,) = markdown.parse("[a " * 30 + "[b](https://x.org) c")
    assert [run.link for run in block.runs] == ["", "https://x.org", ""]


@pytest.mark.parametrize(
    "joined", ["é" + "\u200d" * 20_000 + "a", "é" + "\u200d" * 20_000 + "é", "é\u200d\u200b" * 7_000]
)
def test_many_joiners_take_no_time(joined):
    began = time.process_time()
    found = clean(joined)
    assert time.process_time() - began < 1
    assert clean(found) == found


def test_items_that_follow_one_another_are_a_list():
    a, b, c, d = ((Run(each),) for each in "abcd")
    tree = markdown.parse("- a\n  1. b\n  - c\n- d\n\nwords\n\n1. a")
    inner = (List(True, (Entry(b, ()),)), List(False, (Entry(c, ()),)))
    assert list(listed(tree)) == [
        List(False, (Entry(a, inner), Entry(d, ()))),
        Paragraph((Run("words"),)),
        List(True, (Entry(a, ()),)),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("- a\n  - b\n    - c", "two levels"),
        ("3. a\n4. b", "begins at 1, and one here begins at 3"),
        ("![a](b.png)", "picture"),
        ("```\ncode\n```", "Code"),
        ("[a](/calendar/)", "leads nowhere, “/calendar/”"),
        ("[a](javascript:x)", "leads nowhere"),
        ("| A |\n| --- |\n| 1 | lost | too", "“lost too” would be lost"),
        ("- a\n\n  | A | B |\r\n  | - | - |\r\n  | 1 | 2 |\r\n  1 | 2 | 3", "“3” would be lost"),
    ],
)
def test_what_is_outside_the_set_is_said(typed, said):
    assert said in beyond(typed)[0]


@pytest.mark.parametrize(
    "typed",
    [
        "- a\n  - b\n\n| A |\n| --- |\n| 1 |",
        "| A |\n| --- |\n| 1 | |\n1 \\| 2",
        "1. a\n2. b",
        r"so\![a](https://x.org)",
        "[a](appendix-1-page-22)",
        "> a",
    ],
)
def test_nothing_is_said_of_what_comes_out_as_it_was_meant(typed):
    assert beyond(typed) == []
