"""The same import sent or confirmed several times at the same moment."""

from uuid import uuid4

import pytest

from assemblies.past_papers.actions import paper_import
from assemblies.past_papers.models import ImportZip, PaperImport, PastMeeting, PastPaper
from tests import factories as make
from tests.assemblies.past_papers.archives import AGENDA, MINUTES, read, start, upload, zip_of
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FILES = {"2016-03-14 Agenda.pdf": AGENDA, "2016-03-14 Minutes.pdf": MINUTES}


def test_import_confirmed_at_once_brings_each_paper_once():
    batch = read(start(FILES))
    found = at_once(lambda: paper_import.confirm(batch=PaperImport.objects.get(pk=batch.pk), by=None))
    assert sorted(found) == [0, 0, 0, 2]
    assert (PastPaper.objects.count(), PastMeeting.objects.count()) == (2, 1)


def test_two_imports_of_the_same_files_bring_each_paper_once():
    board = make.BoardFactory()
    waiting = iter([read(start(FILES | {f"{n}.pdf": AGENDA}, board=board)) for n in range(4)])

    def confirm() -> int:
        try:
            return paper_import.confirm(batch=next(waiting), by=None)
        except paper_import.Refusal:
            return 0

    assert sorted(at_once(confirm)) == [0, 0, 0, 2]
    assert PastPaper.objects.count() == 2


def test_form_sent_at_once_makes_one_import():
    board, key = make.BoardFactory(), uuid4()
    made = at_once(
        lambda: paper_import.start(board=board, by=None, files=[upload(zip_of(FILES))], members_only=True, key=key).pk
    )
    assert len(set(made)) == 1
    assert ImportZip.objects.count() == 1
