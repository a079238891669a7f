"""A document that points at what has moved is found; what it says of other things is left alone."""

import re
from pathlib import Path

import pytest

from partnership.local import pointers
from partnership.local.check import lost_pointers

PATHS, WORDS = pointers.known([Path("partnership/local/house.py"), Path("partnership/outbox/message_keys.py")])
DOCUMENT = Path("docs/architecture.md")


@pytest.mark.parametrize(
    "text",
    [
        "see [the check](../partnership/local/gone.py)",
        "see [why](decisions/9999-gone.md#context)",
        "`partnership/local/gone.py` says it",
        "`local/gone.py`, and\n`boards/`",
        "run `make test ARGS=tests/test_gone.py`",
        "`partnership.local.gone.imports` says it",
        "`partnership.local.house.gone_too`",
        "`local.gone.imports`",
        "`nobody_has_this_name()`",
    ],
)
def test_found_names_what_leads_nowhere(text):
    assert next(pointers.found(DOCUMENT, text, PATHS, WORDS)).startswith("docs/architecture.md:1 points to ")


@pytest.mark.parametrize(
    "text",
    [
        "see [the glossary](glossary.md#boards), [Django](https://www.djangoproject.com/), [below](#below)",
        "`local/house.py: state_writes`, `partnership.local.house.state_writes(path, text)`, `partnership/local`",
        "`house.roles`, `message_keys.py`, `<app>/models/<noun>.py`, `/meetings/<slug>/`, `var/log/`, `gc.freeze`",
        "gone/from_here.py without backticks is not a pointer",
        "```\nnobody_has_this_name\n```",
    ],
)
def test_found_leaves_what_is_there_alone(text):
    assert list(pointers.found(DOCUMENT, text, PATHS, WORDS)) == []


def test_found_says_the_line():
    assert ":3 points to nobody_has_it," in next(pointers.found(DOCUMENT, "\n\n`nobody_has_it`", PATHS, WORDS))


def test_documents_of_the_portal_lead_somewhere():
    assert list(lost_pointers()) == []


def test_every_decision_says_its_status_and_date_and_is_listed():
    listed = Path("docs/decisions/README.md").read_text()
    for path in Path("docs/decisions").glob("0*.md"):
        title, status, date = re.match(r"# (.+)\n\nStatus: (\S+).*\nDate: ([\d-]{10})\n", path.read_text()).groups()
        assert status in {"accepted", "superseded"}
        row = next(line for line in listed.splitlines() if f"[{title}]({path.name})" in line)
        assert status in row
        assert row.endswith(f"| {date} |")
