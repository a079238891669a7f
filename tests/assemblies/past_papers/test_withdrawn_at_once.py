"""Two who withdraw or decide about a past paper at the same moment: it happens once."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from assemblies.past_papers.actions import paper_import, withdrawal
from assemblies.past_papers.models import PastPaper, PastPaperWithdrawal
from partnership.refusals import Refusal
from tests import factories as make
from tests.assemblies.past_papers.archives import AGENDA
from tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def said(act):
    """What an act returned, or the words with which it was refused."""
    try:
        return act()
    except Refusal as refusal:
        return refusal.message


@pytest.fixture
def paper(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make.PastPaperFactory(file=ContentFile(AGENDA, name="x.pdf"))


def test_withdrawn_at_once_by_several_is_one_withdrawal(paper):
    chair = make.ChairFactory(seat__board=paper.meeting.board).holder
    people = [make.StaffFactory(), make.StaffFactory(), chair]
    at_once(lambda: withdrawal.withdraw(paper=paper, by=people.pop(), because="It names a child."), 3)
    assert PastPaperWithdrawal.objects.get().state == "withdrawn", "the chair was one of them"


def test_confirmed_and_put_back_at_once_is_one_of_them(paper):
    held = withdrawal.withdraw(paper=paper, by=make.StaffFactory(), because="It names a child.")
    first, second = make.StaffFactory(), make.StaffFactory()
    acts = [
        lambda: withdrawal.confirm(withdrawal=held, by=first),
        lambda: withdrawal.bring_back(withdrawal=held, by=second, because="It is right."),
    ]
    at_once(lambda: said(acts.pop()), 2)
    held.refresh_from_db()
    paper.refresh_from_db()
    assert (held.state, paper.withdrawn_at is None) in {("withdrawn", False), ("back", True)}


def test_put_back_while_its_import_goes_leaves_nothing_to_read(paper):
    batch = make.PaperImportFactory(board=paper.meeting.board, state="confirmed", confirmed_at=timezone.now())
    PastPaper.objects.filter(pk=paper.pk).update(batch=batch)
    first, second = make.StaffFactory(), make.StaffFactory()
    held = withdrawal.withdraw(paper=paper, by=first, because="It names a child.")
    acts = [
        lambda: paper_import.undo(batch=batch, by=second),
        lambda: withdrawal.bring_back(withdrawal=held, by=first),
    ]
    at_once(lambda: said(acts.pop()), 2)
    assert not PastPaper.objects.in_view().exists()
