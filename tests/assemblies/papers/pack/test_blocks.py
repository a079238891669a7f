"""Markdown as blocks: the portal's own set, and everything else as the words that were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblies.papers.pack.blocks import DEEPEST_LIST, blocks, plain


def runs(text: str) -> list[dict]:
    return blocks(text)[0]["runs"]


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


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "/here", "https://" + "x" * 2000])
def test_link_that_leads_nowhere_safe_is_its_words(address):
    assert all("link" not in run for run in runs(f"[words](<{address}>)"))


def test_lists_of_two_levels_keep_their_kind_and_start():
    outer = blocks("3. a\n   - b\n4. c")[0]
    assert (outer["ordered"], outer["start"], len(outer["items"])) == (True, 3, 2)
    inner = outer["items"][0][1]
    assert (inner["kind"], inner["ordered"], inner["items"][0][0]["runs"]) == ("list", False, [{"text": "b"}])


def test_lists_without_end_are_printed_without_loss():
    text = "".join(f"{'  ' * depth}- level{depth}\n" for depth in range(9))

    def depth(block: dict) -> int:
        return 1 + max((depth(each) for item in block["items"] for each in item if each["kind"] == "list"), default=0)

    assert depth(blocks(text)[0]) == DEEPEST_LIST
    assert all(f"level{number}" in plain(text) for number in range(9))


def test_headings_have_levels_without_gaps():
    found = blocks("##### a\n\n# b\n\n###### c\n\n### d\n\n#### e")
    assert [block["level"] for block in found] == [1, 1, 2, 3, 3]


def test_table_has_a_head_and_rows():
    table = blocks("| a | **b** |\n|---|---|\n| c |\n")[0]
    assert table == {
        "kind": "table",
        "head": [[{"text": "a"}], [{"text": "b", "bold": True}]],
        "rows": [[[{"text": "c"}], []]],
    }


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "a <b>c</b>", "```\n#set page()\n```", "    code", "![picture](x.png)", "> said"],
)
def test_what_is_not_of_the_set_is_its_words(text):
    words = text.strip("`\n> ").removeprefix("![").removesuffix("](x.png)") if "<" not in text else text
    assert plain(text) == words


@given(st.text(max_size=200))
def test_no_text_breaks_the_blocks(text):
    for block in blocks(text):
        assert block["kind"] in {"paragraph", "heading", "list", "table"}
