"""What may follow what in the life of a registration, and who moves it on."""

from assemblies.registrations.models import Registration
from partnership.states import Owner

R = Registration.State

TRANSITIONS = {
    Registration: {
        R.HELD: {R.REGISTERED, R.WAITING, R.CANCELLED, R.ATTENDED},
        R.REGISTERED: {R.CANCELLED, R.ATTENDED, R.ABSENT},
        R.WAITING: {R.OFFERED, R.REGISTERED, R.CANCELLED, R.ATTENDED},
        R.OFFERED: {R.REGISTERED, R.CANCELLED, R.ATTENDED},
        R.CANCELLED: {R.HELD, R.REGISTERED, R.WAITING, R.ATTENDED},
        R.ATTENDED: {R.HELD, R.REGISTERED, R.WAITING, R.OFFERED, R.CANCELLED, R.ABSENT},  # as before the check-in
        R.ABSENT: {R.ATTENDED},
    },
}
STARTS = {
    Registration: {R.HELD, R.REGISTERED, R.WAITING, R.ATTENDED},
}
OWNERS = {
    Registration: {
        R.HELD: Owner.PERSON,
        R.REGISTERED: Owner.PERSON,
        R.WAITING: Owner.CLOCK,
        R.OFFERED: Owner.PERSON,
        R.CANCELLED: Owner.PERSON,
        R.ATTENDED: Owner.STAFF,
        R.ABSENT: Owner.STAFF,
    },
}
