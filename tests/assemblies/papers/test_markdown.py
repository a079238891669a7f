from html import unescape

import pytest
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblies.papers import markdown
from assemblies.papers.blocks import Heading, Item, Paragraph, Run, Table, address, words
from partnership.ui.templatetags.portal import rich
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
    assert squeezed(unescape(strip_tags(rich(markdown.to_markdown(tree))))) == squeezed(words(tree))


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
    assert "<strong>(this)</strong>now<em>here</em>" in rich(printed).replace("&#110;", "n")


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
        ("file:///etc/passwd", ""),
        ("//x.org", ""),
        ("https://", ""),
        ("java\nscript:x", ""),
    ],
)
def test_only_links_that_lead_to_the_web_email_or_telephone_are_kept(link, kept):
    assert address(link) == kept == address(kept)
