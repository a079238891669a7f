"""What may follow what in a registration, as a table; every state can be reached and has a way on."""

import pytest

from assemblies.registrations.models import Registration
from partnership import states
from partnership.refusals import Refusal

HELD, REGISTERED, WAITING, OFFERED, CANCELLED, ATTENDED, ABSENT = Registration.State
MAY_FOLLOW = {
    HELD: {REGISTERED, WAITING, CANCELLED, ATTENDED},
    REGISTERED: {CANCELLED, ATTENDED, ABSENT},
    WAITING: {OFFERED, REGISTERED, CANCELLED, ATTENDED},
    OFFERED: {REGISTERED, CANCELLED, ATTENDED},
    CANCELLED: {HELD, REGISTERED, WAITING, ATTENDED},
    ATTENDED: {HELD, REGISTERED, WAITING, OFFERED, CANCELLED, ABSENT},
    ABSENT: {ATTENDED},
}


@pytest.mark.parametrize("now", Registration.State)
@pytest.mark.parametrize("to", Registration.State)
def test_a_registration_goes_only_where_the_table_says(now, to):
    person = Registration(state=now)
    if to in MAY_FOLLOW[now]:
        states.check(person, to)
    else:
        with pytest.raises(Refusal, match=f"already {now.label}, so it cannot become {to.label}"):
            states.check(person, to)


def test_every_state_can_be_left_and_reached():
    assert set(MAY_FOLLOW) == set(Registration.State)
    assert all(MAY_FOLLOW.values())
    assert set().union(*MAY_FOLLOW.values()) == set(Registration.State)
