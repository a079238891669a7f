"""The spreadsheet the README offers to a place lead shows all that an upload can say of a row."""

from pathlib import Path

import pytest

from assemblies.lists.actions import list_import
from assemblies.lists.models import InvitationList

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[3] / "docs/guides/people-of-knowsley.csv"


def test_sample_list_has_people_to_add_merge_and_skip(demonstration):
    listed = InvitationList.objects.get(place__name="Knowsley", meeting__state="published", entries=None)
    batch = list_import.start(invitation_list=listed, by=None, filename=SAMPLE.name, data=SAMPLE.read_bytes())
    assert [(row.name, row.outcome) for row in batch.rows.order_by("number")] == [
        ("Adaeze Okoro", "add"),
        ("Martin Fairclough", "add"),
        ("Ruth Penhale", "add"),
        ("Ruth Penhale", "merge"),
        ("Sunil Varma", "refuse"),
        ("Billie Marsh", "refuse"),
        ("Tobias Lunt", "add"),
    ]
