"""What may follow what, for each thing in a meeting that has states, and who moves it on."""

from assemblies.models import AgendaVersion, InvitationList, ListImport, Meeting, ProgrammeVersion, Registration
from partnership.states import Owner, check

__all__ = ["OWNERS", "STARTS", "TRANSITIONS", "check"]  # registering asks `check` here

A, B, L = AgendaVersion.State, ListImport.State, InvitationList.State
M, P, R = Meeting.State, ProgrammeVersion.State, Registration.State

TRANSITIONS = {
    Meeting: {
        M.DRAFT: {M.PUBLISHED},
        M.PUBLISHED: {M.HELD, M.CANCELLED},
        M.HELD: {M.CLOSED},
        M.CLOSED: set(),
        M.CANCELLED: set(),
    },
    InvitationList: {
        L.OPEN: {L.SIGNED_OFF},
        L.SIGNED_OFF: {L.OPEN},
    },
    ListImport: {
        B.PREVIEW: {B.CONFIRMED, B.DISCARDED},
        B.CONFIRMED: set(),
        B.DISCARDED: set(),
    },
    Registration: {
        R.HELD: {R.REGISTERED, R.CANCELLED},
        R.REGISTERED: {R.CANCELLED, R.ATTENDED, R.ABSENT},
        R.WAITING: {R.OFFERED, R.REGISTERED, R.CANCELLED, R.ATTENDED},
        R.OFFERED: {R.REGISTERED, R.CANCELLED, R.ATTENDED},
        R.CANCELLED: {R.HELD, R.REGISTERED, R.WAITING, R.ATTENDED},
        R.ATTENDED: {R.REGISTERED, R.ABSENT},
        R.ABSENT: {R.ATTENDED},
    },
    AgendaVersion: {
        A.DRAFT: {A.PUBLISHED},
        A.PUBLISHED: set(),
    },
    ProgrammeVersion: {
        P.DRAFT: {P.RELEASED},
        P.RELEASED: set(),
    },
}
STARTS = {
    Meeting: {M.DRAFT},
    InvitationList: {L.OPEN},
    ListImport: {B.PREVIEW},
    Registration: {R.HELD, R.REGISTERED, R.WAITING, R.ATTENDED},
    AgendaVersion: {A.DRAFT},
    ProgrammeVersion: {P.DRAFT},
}
OWNERS = {
    Meeting: {
        M.DRAFT: Owner.STAFF,
        M.PUBLISHED: Owner.STAFF,
        M.HELD: Owner.STAFF,
        M.CLOSED: Owner.NOBODY,
        M.CANCELLED: Owner.NOBODY,
    },
    InvitationList: {L.OPEN: Owner.LEAD, L.SIGNED_OFF: Owner.LEAD},
    ListImport: {B.PREVIEW: Owner.LEAD, B.CONFIRMED: Owner.NOBODY, B.DISCARDED: Owner.NOBODY},
    Registration: {
        R.HELD: Owner.PERSON,
        R.REGISTERED: Owner.PERSON,
        R.WAITING: Owner.CLOCK,
        R.OFFERED: Owner.PERSON,
        R.CANCELLED: Owner.PERSON,
        R.ATTENDED: Owner.STAFF,
        R.ABSENT: Owner.STAFF,
    },
    AgendaVersion: {A.DRAFT: Owner.CHAIR, A.PUBLISHED: Owner.NOBODY},
    ProgrammeVersion: {P.DRAFT: Owner.STAFF, P.RELEASED: Owner.NOBODY},
}
