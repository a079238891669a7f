"""Forms about boards that somebody submits several times at the same moment: it happens once, and nothing breaks."""

import pytest
from django.test import Client

from partnership.boards.actions import induction
from partnership.boards.models import InductionStep, JargonTerm, Seat
from tests import factories as make
from tests.at_once import at_once
from tests.signed_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
STATE = {302, 200}  # done, or the form again with a sentence


def statuses(address: str, answers: dict) -> list[int]:
    staff = make.StaffFactory()
    browsers = [sign_in(Client(raise_request_exception=False), staff) for _ in range(4)]
    return at_once(lambda: browsers.pop().post(address, answers).status_code)


def test_word_is_explained_once():
    found = statuses("/jargon/new/", {"term": "Zebra", "meaning": "A crossing."})
    assert (found.count(302), set(found) - STATE) == (1, set())
    assert JargonTerm.objects.filter(term="Zebra").count() == 1


def test_seat_is_added_once():
    board = make.BoardFactory(slug="forum")
    found = statuses("/boards/forum/seats/new/", {"title": "Representative", "voting": "on"})
    assert (found.count(302), set(found) - STATE) == (1, set())
    assert Seat.objects.filter(board=board).count() == 1


def test_step_of_the_induction_is_added_once():
    make.InductionStepFactory()
    facts = {"title": "Read the terms", "words": "They are short.", "days_after": 7}
    at_once(lambda: induction.save_step(step=None, by=None, **facts))
    assert InductionStep.objects.filter(title="Read the terms").count() == 1
