"""Two who withdraw, decide or publish a paper at the same moment: it happens once, and nothing withdrawn comes out."""

import pytest

from assemblies.papers.actions import erasure, report_publication, withdrawal
from assemblies.papers.models import Erasure, MeetingPack, ReplacedPack, ReportVersion, Withdrawal
from partnership.refusals import Refusal
from tests.assemblies.papers.withdrawing import corrected, publish_papers, withdraw
from tests.at_once import at_once
from tests.factories import ChairFactory, MeetingFactory, StaffFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]


def said(act):
    """What an act returned, or the words with which it was refused."""
    try:
        return act()
    except Refusal as refusal:
        return refusal.message


@pytest.fixture
def meeting():
    return MeetingFactory()


@pytest.fixture
def chair(meeting):
    return ChairFactory(seat__board=meeting.board).holder


@pytest.fixture
def papers(meeting, chair):
    return publish_papers(meeting, chair)


def test_withdrawn_at_once_by_several_is_one_withdrawal(papers, chair):
    people = [StaffFactory(), StaffFactory(), StaffFactory(), chair]
    at_once(lambda: withdraw(papers[1], people.pop()))
    made = Withdrawal.objects.get()
    assert made.state == "withdrawn", "the chair was one of them"
    assert ReplacedPack.objects.count() == 1
    assert MeetingPack.objects.get().edition == 2


def test_confirmed_and_put_back_at_once_is_one_of_them(papers):
    held = withdraw(papers[1], StaffFactory())
    first, second = StaffFactory(), StaffFactory()
    acts = [
        lambda: withdrawal.confirm(withdrawal=held, by=first),
        lambda: withdrawal.bring_back(withdrawal=held, by=second, because="It is right."),
    ]
    at_once(lambda: said(acts.pop()), 2)
    held.refresh_from_db()
    papers[1].refresh_from_db()
    assert (held.state, papers[1].withdrawn_at is None) in {("withdrawn", False), ("back", True)}


def test_report_withdrawn_while_the_next_comes_out_is_not_read(papers, meeting, chair):
    report = corrected(papers[0])
    by = StaffFactory()
    acts = [
        lambda: report_publication.publish(report=report, meeting=meeting, by=chair),
        lambda: withdraw(report, by),
    ]
    at_once(lambda: said(acts.pop()), 2)
    assert Withdrawal.objects.get().up_to == 3
    assert not ReportVersion.objects.public().exists()


def test_erasure_confirmed_and_refused_at_once_is_one_of_them(papers, chair):
    asked = erasure.ask(withdrawal=withdraw(papers[1], chair), by=StaffFactory())
    first, second = StaffFactory(), StaffFactory()
    acts = [
        lambda: erasure.confirm(erasure=asked, by=first),
        lambda: erasure.refuse(erasure=asked, by=second),
    ]
    at_once(lambda: said(acts.pop()), 2)
    papers[1].refresh_from_db()
    assert (Erasure.objects.get().state, bool(papers[1].file)) in {("done", False), ("refused", True)}
