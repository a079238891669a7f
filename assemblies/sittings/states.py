"""What may follow what in the record of a meeting."""

from assemblies.sittings.models import Sitting
from partnership.states import Owner

S = Sitting.State

TRANSITIONS = {Sitting: {S.OPEN: {S.ENDED}, S.ENDED: set()}}
STARTS = {Sitting: {S.OPEN}}
OWNERS = {Sitting: {S.OPEN: Owner.CHAIR, S.ENDED: Owner.NOBODY}}
