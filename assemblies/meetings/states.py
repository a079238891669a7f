"""What may follow what in the life of a meeting, and who moves it on."""

from assemblies.meetings.models import Meeting
from partnership.states import Owner

M = Meeting.State

TRANSITIONS = {
    Meeting: {
        M.DRAFT: {M.PUBLISHED},
        M.PUBLISHED: {M.HELD, M.CANCELLED},
        M.HELD: {M.CLOSED},
        M.CLOSED: set(),
        M.CANCELLED: set(),
    },
}
STARTS = {
    Meeting: {M.DRAFT},
}
OWNERS = {
    Meeting: {
        M.DRAFT: Owner.STAFF,
        M.PUBLISHED: Owner.STAFF,
        M.HELD: Owner.STAFF,
        M.CLOSED: Owner.NOBODY,
        M.CANCELLED: Owner.NOBODY,
    },
}
