"""Words that must not come back are found where people would read them, in comments, docstrings and names."""

from pathlib import Path

import pytest

from partnership.local import words
from partnership.local.check import words_found

REFUSED = {"whom": "who", "do nothing": "ignore this email"}
NAMES = {"second_editor": "edit_conflict"}


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("templates/emails/invitations/chase/body.txt", "Dear {{ name }},\n\nIf it was not you, do nothing.", 3),
        ("templates/places/place.html", "<p>\nWhom it serves</p>", 2),
        ("templates/places/place.html", '{% include "components/empty.html" with what="Ask whom you like" %}', 1),
        ("docs/guides/staff.md", "Then do\nnothing more.", 1),
        ("docs/guides/staff.md", "# Staff\n\nAsk whom you like.", 3),
        ("places/footprint/forms.py", "\nHINT = 'Say whom it serves'\n", 2),
        ("places/footprint/forms.py", "def hint(name):\n    return f'{name} serves whom?'\n", 2),
    ],
)
def test_found_says_file_line_and_what_to_write(path, text, line):
    said = list(words.found(Path(path), text, REFUSED))
    assert len(said) == 1
    assert said[0].startswith(f"{path}:{line} ")
    assert said[0].endswith(("write: who", "write: ignore this email"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/places/place.html", '<div class="whom">{{ whom }}{# whom #}</div>'),
        ("docs/architecture.md", "`whom` is a name, and `ask whom` too."),
        ("places/footprint/forms.py", '"""To whom it may concern."""\nKEY = "whom"\n'),
        ("docs/architecture.md", "Whomever"),
    ],
)
def test_found_leaves_names_code_and_docstrings_to_the_other(path, text):
    assert list(words.found(Path(path), text, REFUSED)) == []


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("places/rules.py", '"""To whom it may concern."""', 1),
        ("places/rules.py", 'def of(place):\n    """Two lines:\n\n    so do\n    nothing.\n    """', 4),
        ("places/rules.py", "x = 1\ny = 2  # whom it serves", 2),
        ("places/rules.py", "# here we do\n# nothing\nx = 1", 1),
        ("places/rules.py", "def do_nothing():\n    return 1", 1),
        ("places/rules.py", "class ToWhom:\n    x = 1", 1),
        ("places/rules.py", "def send(to, whom):\n    return to", 1),
        ("places/rules.py", "\nto_whom = 1", 2),
        ("places/rules.py", "\nplace.whom = 1", 2),
        ("places/rules.py", "import who as whom", 1),
        ("tests/places/test_whom.py", "", 1),
        ("Makefile", "run: ready ## says whom\n\t@do nothing", 1),
        ("partnership/local/setup.sh", "# whom\nwhom", 1),
    ],
)
def test_found_in_code_says_file_line_and_what_to_write(path, text, line):
    said = list(words.found_in_code(Path(path), text, REFUSED, NAMES))
    assert len(said) == 1
    assert said[0].startswith(f"{path}:{line} ")
    assert said[0].endswith(("write: who", "write: ignore this email"))


@pytest.mark.parametrize("text", ["class SecondEditorMixin:\n    x = 1", "def is_second_editor(): ..."])
def test_found_in_code_refuses_a_name_that_holds_a_refused_name(text):
    said = list(words.found_in_code(Path("places/rules.py"), text, REFUSED, NAMES))
    assert said == ["places/rules.py:1 says “second editor”; write: edit_conflict"]


@pytest.mark.parametrize(
    "text",
    [
        '"""The second editor is told; `whom` is a name."""',
        "say('to whom')",
        "call(whom)\nthing.whom()",
        "# a second editor\nx = 1",
        "# we do\nnothing = 1",
    ],
)
def test_found_in_code_leaves_strings_and_what_a_module_only_uses(text):
    assert list(words.found_in_code(Path("places/rules.py"), text, REFUSED, NAMES)) == []


def test_refused_reads_every_form_of_a_word_from_the_glossary():
    refused = words.refused(words.GLOSSARY.read_text())
    assert refused["mended"] == refused["mend"] == "fix, correct"
    assert refused["whom"] == "who"
    assert "do not write" not in refused


def test_refused_names_are_those_between_backticks():
    names = words.refused_names(words.GLOSSARY.read_text())
    assert names["second_editor"] == "edit_conflict"
    assert names["heard"] == "call_results"
    assert not {"seats", "needs", "imports", "record"} & set(names)


def test_nothing_that_people_or_programmers_read_holds_one():
    assert list(words_found()) == []
