"""The blocks of a text as data for the template: looks, lists, tables, and where links lead."""

import pytest

from assemblies.papers.pack.blocks import blocks

FILES = {1: {"key": "slides", "file": 4, "pages": [{}] * 30}}


def runs(text: str) -> list[dict]:
    return blocks(text, FILES)[0]["runs"]


def test_bold_italics_and_links_are_runs():
    assert runs("a **b** *c* ***d*** [e *f*](https://x.org)") == [
        {"text": "a "},
        {"text": "b", "bold": True},
        {"text": " "},
        {"text": "c", "italic": True},
        {"text": " "},
        {"text": "d", "italic": True, "bold": True},
        {"text": " "},
        {"text": "e ", "link": "https://x.org"},
        {"text": "f", "link": "https://x.org", "italic": True},
    ]


def test_line_ends_where_it_was_typed():
    assert runs("a\n**b**") == [{"text": "a"}, {"break": True}, {"text": "b", "bold": True}]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("appendix-1-page-22", {"file": 4, "page": 22}),
        ("appendix-1", {"key": "slides"}),
        ("appendix-1-page-31", {"key": "slides"}),
    ],
)
def test_link_to_an_appendix_leads_to_its_page_in_the_pack(link, target):
    assert runs(f"[words]({link})") == [{"text": "words", "to": target}]


@pytest.mark.parametrize("link", ["appendix-2", "javascript:alert(1)", "/here"])
def test_link_that_leads_nowhere_in_a_pack_is_its_words(link):
    assert runs(f"[words]({link})") == [{"text": "words"}]


def test_lists_of_two_levels_keep_their_kind():
    outer = blocks("1. a\n   - b\n2. c", FILES)[0]
    assert (outer["ordered"], len(outer["items"])) == (True, 2)
    inner = outer["items"][0][1]
    assert (inner["kind"], inner["ordered"], inner["items"][0][0]["runs"]) == ("list", False, [{"text": "b"}])


def test_table_has_a_head_and_rows():
    table = blocks("| a | **b** |\n|---|---|\n| c |\n", FILES)[0]
    assert table == {
        "kind": "table",
        "head": [[{"text": "a"}], [{"text": "b", "bold": True}]],
        "rows": [[[{"text": "c"}], []]],
    }
