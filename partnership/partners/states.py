"""What may follow what, and who moves it on: partners, memberships and files of partners."""

from partnership.partners.models import DirectoryImport, Membership, Partner
from partnership.states import Owner

D, M, P = DirectoryImport.State, Membership.State, Partner.State

TRANSITIONS = {
    # Two are made one from every state; undone, each goes back to the state it had.
    Partner: {
        P.PROPOSED: {P.LISTED, P.MERGED},
        P.LISTED: {P.CLOSED, P.MERGED},
        P.CLOSED: {P.LISTED, P.MERGED},
        P.MERGED: {P.PROPOSED, P.LISTED, P.CLOSED},
    },
    # A membership that ended because two partners were made one comes back when that is undone.
    Membership: {
        M.WAITING: {M.ACCEPTED, M.REFUSED, M.ENDED},
        M.ACCEPTED: {M.ENDED},
        M.REFUSED: set(),
        M.ENDED: {M.WAITING, M.ACCEPTED},
    },
    DirectoryImport: {
        D.PREVIEW: {D.CONFIRMED, D.DISCARDED},
        D.CONFIRMED: set(),
        D.DISCARDED: set(),
    },
}
STARTS = {Partner: {P.PROPOSED, P.LISTED}, Membership: {M.WAITING}, DirectoryImport: {D.PREVIEW}}
OWNERS = {
    Partner: {P.PROPOSED: Owner.STAFF, P.LISTED: Owner.STAFF, P.CLOSED: Owner.STAFF, P.MERGED: Owner.STAFF},
    Membership: {
        M.WAITING: Owner.STAFF,
        M.ACCEPTED: Owner.PERSON,
        M.REFUSED: Owner.NOBODY,
        M.ENDED: Owner.STAFF,
    },
    DirectoryImport: {D.PREVIEW: Owner.STAFF, D.CONFIRMED: Owner.NOBODY, D.DISCARDED: Owner.NOBODY},
}
