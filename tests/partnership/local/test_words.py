"""Words that must not come back are found where people would read them, and nowhere else."""

from pathlib import Path

import pytest

from partnership.local import words
from partnership.local.check import words_found

REFUSED = {"whom": "who", "do nothing": "ignore this email"}


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
def test_found_leaves_names_code_and_docstrings_alone(path, text):
    assert list(words.found(Path(path), text, REFUSED)) == []


def test_refused_reads_every_form_of_a_word_from_the_glossary():
    refused = words.refused(words.GLOSSARY.read_text())
    assert refused["mended"] == refused["mend"] == "fix, correct"
    assert refused["whom"] == "who"
    assert "do not write" not in refused


def test_nothing_that_people_read_holds_a_refused_word():
    assert list(words_found()) == []
