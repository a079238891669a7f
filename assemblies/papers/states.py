"""What may follow what, and who moves it on: versions of agendas and programmes, reports, the steps of their chains, packs,
files that were sent, withdrawals."""

from assemblies.papers.models import (
    AgendaVersion,
    Erasure,
    MeetingPack,
    PdfCheck,
    ProgrammeVersion,
    Report,
    ReportStep,
    Withdrawal,
    WordFile,
)
from partnership.states import Owner

A, P = AgendaVersion.State, ProgrammeVersion.State
R, S, K = Report.State, ReportStep.State, MeetingPack.State
C, W = PdfCheck.State, WordFile.State
D, E = Withdrawal.State, Erasure.State

TRANSITIONS = {
    AgendaVersion: {
        A.DRAFT: {A.PUBLISHED},
        A.PUBLISHED: set(),
    },
    ProgrammeVersion: {
        P.DRAFT: {P.RELEASED},
        P.RELEASED: set(),
    },
    Report: {
        R.DRAFT: {R.SUBMITTED, R.SIGNED},
        R.SUBMITTED: {R.DRAFT, R.RETURNED, R.SIGNED},
        R.RETURNED: {R.SUBMITTED, R.SIGNED},
        R.SIGNED: {R.DRAFT, R.PUBLISHED},
        R.PUBLISHED: {R.DRAFT},
    },
    ReportStep: {
        S.WAITING: {S.OPEN, S.STOPPED},
        S.OPEN: {S.APPROVED, S.RETURNED, S.STOPPED},
        S.APPROVED: set(),
        S.RETURNED: set(),
        S.STOPPED: set(),
    },
    MeetingPack: {
        K.WAITING: {K.READY, K.FAILED},
        K.FAILED: {K.WAITING},
        K.READY: {K.WAITING},
    },
    Withdrawal: {
        D.HELD: {D.WITHDRAWN, D.BACK},
        D.WITHDRAWN: set(),
        D.BACK: set(),
    },
    Erasure: {
        E.ASKED: {E.DONE, E.REFUSED},
        E.DONE: set(),
        E.REFUSED: set(),
    },
    PdfCheck: {
        C.WAITING: {C.PASSED, C.REFUSED},
        C.PASSED: set(),
        C.REFUSED: set(),
    },
    WordFile: {
        W.PREVIEW: {W.CONFIRMED, W.DISCARDED},
        W.CONFIRMED: set(),
        W.DISCARDED: set(),
    },
}
STARTS = {
    AgendaVersion: {A.DRAFT},
    ProgrammeVersion: {P.DRAFT},
    Report: {R.DRAFT},
    ReportStep: {S.WAITING},
    MeetingPack: {K.WAITING},
    PdfCheck: {C.WAITING},
    WordFile: {W.PREVIEW},
    Withdrawal: {D.HELD, D.WITHDRAWN},
    Erasure: {E.ASKED},
}
OWNERS = {
    AgendaVersion: {A.DRAFT: Owner.CHAIR, A.PUBLISHED: Owner.NOBODY},
    ProgrammeVersion: {P.DRAFT: Owner.STAFF, P.RELEASED: Owner.NOBODY},
    Report: {
        R.DRAFT: Owner.AUTHOR,
        R.SUBMITTED: Owner.HOLDER,
        R.RETURNED: Owner.AUTHOR,
        R.SIGNED: Owner.CHAIR,
        R.PUBLISHED: Owner.AUTHOR,
    },
    ReportStep: {
        S.WAITING: Owner.HOLDER,
        S.OPEN: Owner.HOLDER,
        S.APPROVED: Owner.NOBODY,
        S.RETURNED: Owner.NOBODY,
        S.STOPPED: Owner.NOBODY,
    },
    MeetingPack: {K.WAITING: Owner.WORKER, K.FAILED: Owner.STAFF, K.READY: Owner.CHAIR},
    PdfCheck: {C.WAITING: Owner.WORKER, C.PASSED: Owner.NOBODY, C.REFUSED: Owner.NOBODY},
    WordFile: {W.PREVIEW: Owner.AUTHOR, W.CONFIRMED: Owner.NOBODY, W.DISCARDED: Owner.NOBODY},
    Withdrawal: {D.HELD: Owner.CHAIR, D.WITHDRAWN: Owner.NOBODY, D.BACK: Owner.NOBODY},
    Erasure: {E.ASKED: Owner.CHAIR, E.DONE: Owner.NOBODY, E.REFUSED: Owner.NOBODY},
}
