"""The details of the audit log in sentences; no database."""

import ast
from pathlib import Path

import pytest

from partnership.audit import sentences
from partnership.audit.sentences import COUNTS, FLAGS, NOISE, WORDS

ROOT = Path(sentences.__file__).parents[2]


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"urgent": False, "told": 0, "released": 0, "revision": 4, "document": 17}, []),
        ({"deleted": 0}, ["There was nothing to delete"]),
        ({"deleted": 3}, ["3 deleted"]),
        ({"fields": ["groups"]}, ["What changed: groups"]),
        ({"fields": ["state"]}, []),
        ({"fields": ["starts_at", "title", "state"]}, ["What changed: starts at and title"]),
        ({"urgent": True, "told": 1}, ["Late, with a reason why it could not wait", "1 person told"]),
        ({"people": 2, "number": 3}, ["2 people", "Version: 3"]),
        ({"due_on": "2026-09-17"}, ["Last day to publish: 17 September 2026"]),
        ({"old": "2026-07-17T08:30:00Z"}, ["Before: 17 July 2026 at 9.30am"]),
        ({"source": "last_time", "places": ["Halton", "Wirral"]}, ["From: last time", "Places: Halton and Wirral"]),
        ({"vcfse": 30}, ["Vcfse: 30"]),
        ({"moved": {"voting_closes_at": "2026-09-17"}}, ["What moved: voting closes at 17 September 2026"]),
        ({"answer": "declines", "changed": True}, ["They said: declines", "Their answer was changed"]),
        ({"reason": "It names a patient."}, ["Reason: It names a patient"]),
        ({"reason": "Lost phone", "note": None, "scores": []}, ["Reason: Lost phone"]),
    ],
)  # fmt: skip
def test_details_are_said_in_sentences(details, said):
    assert sentences.sentences(details) == said


def test_every_detail_that_is_recorded_has_its_words():
    names = set()
    for app in ("assemblies", "partnership", "places"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                    names |= {each.arg for each in node.keywords if each.arg}
    names -= {"by", "verb", "subject"}
    assert len(names) > 50
    assert names - {*COUNTS, *FLAGS, *WORDS, *NOISE} == set()
