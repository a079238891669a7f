"""Reports by chance, in the portal's own set."""

from hypothesis import strategies as st

from assemblies.papers.blocks import Heading, Item, Paragraph, Run, Table, normal
from assemblies.papers.markdown import canonical_report, one_line, to_markdown
from assemblies.papers.report_text import FIELDS, Appendix, ReportText, Section

MARKS = "\\`*_{}[]<>()#+-.!|&;:=~\"'/ \n\u00a0x1.–“é\u0301👩\u200d"
text = st.text(st.one_of(st.sampled_from(MARKS), st.characters(codec="utf-8")), max_size=12) | st.sampled_from(
    ["1. ", "- a", "| a | b |", "a|b\n---|---", "&amp;", "<b>x</b>", "**a**", "# x", "[a](http://b)", "http://x.org",
     "    code", "```", "a_b_c", "\\", "!", "> quote", "===", ":-:", "plain words"]
)  # fmt: skip
links = st.sampled_from(
    [
        "",
        "",
        "",
        "https://x.org/a_(b)?c=1&copy=2&d;#p*7",
        "mailto:a@x.org",
        "tel:+44",
        "appendix-1",
        "Appendix-2-page-22",
        "javascript:x",
        "http://é.org/ ü",
    ]
)
runs = st.lists(st.builds(Run, text, st.booleans(), st.booleans(), links), max_size=4).map(tuple)
blocks = st.lists(
    st.one_of(
        st.builds(Paragraph, runs),
        st.builds(Heading, st.integers(1, 2), runs),
        st.builds(Item, st.integers(1, 2), st.booleans(), runs),
        st.builds(Table, st.lists(st.lists(runs, max_size=3).map(tuple), max_size=3).map(tuple)),
    ),
    max_size=5,
).map(normal)
markdown = blocks.map(to_markdown)
titles = text.filter(one_line)
reports = st.builds(
    ReportText,
    title=text,
    fields=st.dictionaries(st.sampled_from(sorted(FIELDS)), markdown, max_size=3),
    recommendations=st.lists(markdown, max_size=3).map(tuple),
    sections=st.lists(st.builds(Section, titles, markdown), max_size=3).map(tuple),
    appendices=st.lists(st.builds(Appendix, text), max_size=3).map(tuple),
).map(canonical_report)
