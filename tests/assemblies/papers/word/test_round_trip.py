"""Within our own set, Word out and in is the identity, and nothing is told that is not there."""

from hypothesis import given, settings

from assemblies.papers.word import reading
from assemblies.papers.word.layout import Facts
from assemblies.papers.word.receiving import as_read
from assemblies.papers.word.writing import write
from tests.assemblies.papers.word.reports import reports

FACTS = Facts("Health and Wellbeing Board", "14 September 2020", "9", "Open")


@settings(max_examples=40)
@given(reports)
def test_report_written_and_read_is_the_same(report):
    found = as_read(reading.read(write(report, FACTS, written_from="12_3")))
    assert found.text == report == found.without_changes
    assert found.questions == ()
    assert all(note.words.startswith("It has no section") for note in found.notes)
    assert found.facts == vars(FACTS)
    assert found.written_from == "12_3"
