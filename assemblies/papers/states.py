"""What may follow what, and who moves it on: versions of agendas and programmes."""

from assemblies.papers.models import AgendaVersion, ProgrammeVersion
from partnership.states import Owner

A, P = AgendaVersion.State, ProgrammeVersion.State

TRANSITIONS = {
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
    AgendaVersion: {A.DRAFT},
    ProgrammeVersion: {P.DRAFT},
}
OWNERS = {
    AgendaVersion: {A.DRAFT: Owner.CHAIR, A.PUBLISHED: Owner.NOBODY},
    ProgrammeVersion: {P.DRAFT: Owner.STAFF, P.RELEASED: Owner.NOBODY},
}
