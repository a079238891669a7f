"""What may follow what, and who moves it on: invitation lists, and files read into them."""

from assemblies.lists.models import InvitationList, ListImport
from partnership.states import Owner

L, B = InvitationList.State, ListImport.State

TRANSITIONS = {
    InvitationList: {
        L.OPEN: {L.SIGNED_OFF},
        L.SIGNED_OFF: {L.OPEN},
    },
    ListImport: {
        B.PREVIEW: {B.CONFIRMED, B.DISCARDED},
        B.CONFIRMED: set(),
        B.DISCARDED: set(),
    },
}
STARTS = {
    InvitationList: {L.OPEN},
    ListImport: {B.PREVIEW},
}
OWNERS = {
    InvitationList: {L.OPEN: Owner.LEAD, L.SIGNED_OFF: Owner.LEAD},
    ListImport: {B.PREVIEW: Owner.LEAD, B.CONFIRMED: Owner.NOBODY, B.DISCARDED: Owner.NOBODY},
}
