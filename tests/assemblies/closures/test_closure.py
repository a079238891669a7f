"""What the database holds of a closure and its grounds."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assemblies.closures.models import Closure, ClosureGround
from tests import factories as make

pytestmark = pytest.mark.django_db


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "facts",
    [
        {"interest_for": ""},
        {"interest_against": ""},
        {"ground": "department"},
        {"classification": "private", "ground": "exempt_3"},
        {"must_be_registered": True},
        {"must_be_registered": None},
        {"ground": "exempt_1"},  # the question is asked of paragraph 3 alone
    ],
)
def test_ground_that_does_not_fit_its_class_is_refused(facts):
    assert refused(lambda: make.ExemptGroundFactory(**facts))


def test_confidential_ground_takes_no_weighing():
    facts = {"classification": "confidential", "ground": "department", "reason": ""}
    assert not refused(lambda: make.ClosureGroundFactory(**facts))
    assert refused(lambda: make.ClosureGroundFactory(interest_for="It is better so.", **facts))


def test_private_ground_has_a_reason():
    assert refused(lambda: make.ClosureGroundFactory(reason=""))


def test_board_gives_one_ground():
    ground = make.ClosureGroundFactory()
    assert refused(lambda: make.ClosureGroundFactory(closure=ground.closure, board=ground.board))


def test_closure_is_changed_until_it_is_on_record():
    ground = make.ClosureGroundFactory()
    ClosureGround.objects.filter(pk=ground.pk).update(reason="It is about a person.")
    Closure.objects.filter(pk=ground.closure_id).update(public_title="A person")
    assert str(Closure.objects.get()).endswith("It is about a person.")


def test_closure_on_record_is_neither_changed_nor_deleted():
    ground = make.ClosureGroundFactory()
    rows = Closure.objects.filter(pk=ground.closure_id)
    rows.update(recorded_at=timezone.now())
    assert refused(lambda: rows.update(public_title="Another"))
    assert refused(lambda: rows.update(recorded_at=None))
    assert refused(lambda: ClosureGround.objects.update(reason="Another reason."))
    assert refused(lambda: ClosureGround.objects.all().delete())
    assert refused(lambda: make.ClosureGroundFactory(closure=ground.closure))
    assert refused(rows.delete)


def test_closure_on_record_is_released_once():
    ground, staff = make.ClosureGroundFactory(), make.StaffFactory()
    rows = Closure.objects.filter(pk=ground.closure_id)
    rows.update(recorded_at=timezone.now())
    assert not refused(
        lambda: rows.update(released_at=timezone.now(), released_by=staff, release_note="The contract is signed.")
    )
    assert refused(lambda: rows.update(released_at=None, released_by=None))
    assert refused(lambda: rows.update(release_note="Another note."))


def test_release_says_who_and_when():
    closure = make.ClosureFactory()
    assert refused(lambda: Closure.objects.filter(pk=closure.pk).update(released_at=timezone.now()))
