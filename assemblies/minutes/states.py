"""What may follow what in the life of minutes. Who reopens them begins again with a draft of the next version."""

from assemblies.minutes.models import Minutes
from partnership.states import Owner

S = Minutes.State

TRANSITIONS = {
    Minutes: {
        S.DRAFT: {S.CIRCULATED},
        S.CIRCULATED: {S.AGREED},
        S.AGREED: {S.CONFIRMED, S.DRAFT},
        S.CONFIRMED: {S.DRAFT},
    }
}
STARTS = {Minutes: {S.DRAFT}}
OWNERS = {Minutes: {S.DRAFT: Owner.STAFF, S.CIRCULATED: Owner.CHAIR, S.AGREED: Owner.CHAIR, S.CONFIRMED: Owner.CHAIR}}
